import fc from 'fast-check'
import { createHttpSystem, type HttpSystem } from '../systems/http-app.ts'
import { type Command, commands } from './commands.ts'
import { ModelFixture } from './fixture.ts'

/** The result of running the model against the product. */
export interface ModelResult {
  readonly runs: number
  /** The shortest list of commands with a violation, and that violation; null when there is none. */
  readonly violation: string | null
  /** How often each command ran, and how often each change of an order was seen. */
  readonly coverage: Readonly<Record<string, number>>
}

/** What commands run on. The fixture holds the model as well as the product. */
interface CommandTarget {
  readonly fixture: ModelFixture
}

/** A command with its choice, as fast-check keeps and shrinks it. */
class CommandStep implements fc.AsyncCommand<CommandTarget, CommandTarget> {
  readonly #command: Command
  readonly #choice: number
  readonly #count: (key: string) => void

  constructor(command: Command, choice: number, count: (key: string) => void) {
    this.#command = command
    this.#choice = choice
    this.#count = count
  }

  check({ fixture }: CommandTarget): boolean {
    return this.#command.canRun(fixture)
  }

  async run({ fixture }: CommandTarget): Promise<void> {
    this.#count(`command ${this.#command.name}`)
    fixture.clock.step++
    fixture.clock.ms += 20
    await this.#command.run(fixture, this.#choice)
  }

  toString(): string {
    return `${this.#command.name}(${this.#choice})`
  }
}

/** Runs lists of up to `maxCommands` commands, each on a fixture of its own, until one has a violation. */
export async function runModel(
  runs: number,
  seed: number,
  build: () => HttpSystem = createHttpSystem,
  maxCommands = 100,
): Promise<ModelResult> {
  const coverage: Record<string, number> = {}
  const count = (key: string): void => {
    coverage[key] = (coverage[key] ?? 0) + 1
  }
  const steps = commands.flatMap((command) =>
    Array.from({ length: command.weight }, () =>
      fc.nat({ max: 63 }).map((choice) => new CommandStep(command, choice, count)),
    ),
  )
  const property = fc.asyncProperty(
    fc.commands(steps, { maxCommands, size: 'max' }),
    async (plan) => {
      const fixture = new ModelFixture(build, count)
      await fc.asyncModelRun(() => ({ model: { fixture }, real: { fixture } }), plan)
      await fixture.finish()
    },
  )
  const { numRuns, counterexample, errorInstance } = await fc.check(property, {
    numRuns: runs,
    seed,
  })
  const [plan = []] = counterexample ?? []
  const violation =
    counterexample === null
      ? null
      : `seed ${seed}: ${String(errorInstance)} after ${[...plan].join(', ')}`
  return { runs: numRuns, violation, coverage }
}
