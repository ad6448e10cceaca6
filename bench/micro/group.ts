import fc from 'fast-check'
import type { Comparison, Definition, Group, Work } from './contestant.ts'

const chunk = 1_000
const seed = 20_240_131

/** Hides the type of a group's inputs. */
export function defineGroup<Input>(definition: Definition<Input>): Group {
  const { name, batch, contestants, inputs } = definition
  return {
    name,
    batch,
    names: contestants.map((each) => each.name),
    async start(wanted) {
      const found = contestants.find((each) => each.name === wanted)
      if (found === undefined) throw new Error(`${name}: there is no ${wanted}`)
      const { run } = await found.load()
      return takeTurns(run, inputs)
    },
    compare: (count) => compare(definition, count),
  }
}

function takeTurns<Input>(run: (input: Input) => unknown, inputs: readonly Input[]): () => unknown {
  const last = inputs.length - 1
  let next = 0
  return () => {
    const input = inputs[next++ & last]
    return input === undefined ? null : run(input)
  }
}

interface Loaded<Input> {
  readonly name: string
  readonly toOutcome: NonNullable<Work<Input>['toOutcome']>
}

async function compare<Input>(definition: Definition<Input>, count: number): Promise<Comparison> {
  const { name: group, cases, toKind } = definition
  const { loaded, failures } = await loadAll(definition)
  const kinds: Record<string, number> = {}
  for (let from = 0; cases !== null && from < count; from += chunk) {
    const numRuns = Math.min(chunk, count - from)
    for (const input of fc.sample(cases, { seed: seed + from, numRuns })) {
      const outcomes = loaded.map(({ toOutcome }) => toOutcome(input))
      if (new Set(outcomes.map((each) => JSON.stringify(each))).size > 1) {
        const lines = loaded.map(({ name }, at) => `${name}: ${JSON.stringify(outcomes[at])}`)
        const difference = [JSON.stringify(input), ...lines].join('\n')
        return { group, kinds, difference, failures }
      }
      const kind = toKind(outcomes[0])
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
  }
  return { group, kinds, difference: null, failures }
}

async function loadAll<Input>({ contestants }: Definition<Input>): Promise<{
  readonly loaded: readonly Loaded<Input>[]
  readonly failures: Comparison['failures']
}> {
  const loaded: Loaded<Input>[] = []
  const failures: { name: string; reason: string }[] = []
  for (const { name, load } of contestants) {
    try {
      const { toOutcome } = await load()
      if (toOutcome !== null) loaded.push({ name, toOutcome })
    } catch (error) {
      failures.push({ name, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return { loaded, failures }
}
