import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { drawHistory } from '../blackbox/history-table.ts'
import { runHistories } from '../blackbox/run-histories.ts'
import { runKills } from '../deployment/kill.ts'
import { createPrng } from '../engine/prng.ts'
import type { RaceSpace } from '../exhaustive/exhaustive.ts'
import { countOrderings } from '../exhaustive/orderings.ts'
import { parsers } from '../fuzz/fuzz.ts'
import type { Job, SeededSystem } from '../threads/job.ts'
import { runJobs } from '../threads/thread-pool.ts'

// npm run test:soak -- --schedules 100000000: runs as many cases as asked for, and continues where it stopped.

const stateFile = '.cache/simulation/soak.json'
const { values } = parseArgs({
  allowNegative: true,
  options: {
    schedules: { type: 'string', default: '100000000' },
    app: { type: 'string', default: '5000000' },
    worker: { type: 'string', default: '500000' },
    node: { type: 'string', default: '500000' },
    inputs: { type: 'string', default: '10000000' },
    model: { type: 'string', default: '1000000' },
    pairs: { type: 'string', default: '20' },
    kills: { type: 'string', default: '1000' },
    histories: { type: 'string', default: '5000' },
    reads: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1000000' },
    threads: { type: 'string', default: '2' },
    exhaustive: { type: 'boolean', default: true },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const seed = Number(values.seed)

/** One method of the simulation, cut into pieces after each of which the run can continue. */
interface Method {
  readonly name: string
  readonly cases: number
  readonly pieces: readonly Job[]
}

const threeByFive = countOrderings(3, 5)
const exhaustiveMethod = (space: RaceSpace, cases: number): Method => ({
  name: space,
  cases,
  pieces: Array.from(
    { length: 64 },
    (_, part): Job => ({ kind: 'exhaustive', space, part, parts: 64 }),
  ),
})
const seeds = (kind: SeededSystem, count: number, size: number): readonly Job[] =>
  cut(count, size).map(([from, to]) => ({ kind, from: seed + from, to: seed + to }))

const methods: readonly Method[] = [
  {
    name: 'schedules of the core',
    cases: Number(values.schedules),
    pieces: seeds('core', Number(values.schedules), 100_000),
  },
  {
    name: 'schedules of the app',
    cases: Number(values.app),
    pieces: seeds('app', Number(values.app), 20_000),
  },
  {
    name: 'schedules of the whole worker',
    cases: Number(values.worker),
    pieces: seeds('worker', Number(values.worker), 1_000),
  },
  {
    name: 'schedules of the whole server on Node',
    cases: Number(values.node),
    pieces: seeds('node', Number(values.node), 1_000),
  },
  {
    name: 'runs of the model',
    cases: Number(values.model),
    pieces: cut(Number(values.model), 1_000).map(([from, to]) => ({
      kind: 'model',
      runs: to - from,
      seed: seed + from,
      maxCommands: 200,
    })),
  },
  ...(values.exhaustive
    ? [
        exhaustiveMethod('three channels and each single crash', threeByFive * 15),
        exhaustiveMethod('three channels and each outcome of one commit', threeByFive * 6),
      ]
    : []),
  {
    name: 'schedules with every two faults at every two calls',
    cases: Number.NaN,
    pieces: cut(Number(values.pairs), 1).map(([at]) => ({
      kind: 'fault_matrix',
      seed: at,
      combination: 'pairs',
    })),
  },
  ...parsers.map(
    (parser): Method => ({
      name: `inputs of ${parser}`,
      cases: Number(values.inputs),
      pieces: cut(Number(values.inputs), 250_000).map(([from, to]) => ({
        kind: 'fuzz',
        parser,
        from: seed + from,
        to: seed + to,
      })),
    }),
  ),
]

/** The progress of the run: how many pieces and cases of each method are done, and their violations. */
interface State {
  readonly settings: string
  readonly done: Record<string, { pieces: number; cases: number }>
  readonly violations: string[]
}

const settings = JSON.stringify({ ...values, fresh: undefined })
const saved: State | null = existsSync(stateFile)
  ? JSON.parse(readFileSync(stateFile, 'utf8'))
  : null
const state: State =
  saved !== null && !values.fresh && saved.settings === settings
    ? saved
    : { settings, done: {}, violations: [] }
const save = (): void => {
  mkdirSync('.cache/simulation', { recursive: true })
  writeFileSync(stateFile, JSON.stringify(state))
}
const print = (line: string): void => void process.stdout.write(`${line}\n`)

// Running deployments are killed when this process exits, not by its signals.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

print(`Running with seed ${seed}; stop it at any time, the same command continues from there.`)
for (const method of methods) if (method.name.includes(values.only)) await runMethod(method)
if ('kills'.includes(values.only)) await runKillBatches(Number(values.kills))
if ('histories'.includes(values.only)) await runHistoryBatches(Number(values.histories))
for (const line of state.violations) print(`✗ ${line}`)
print(state.violations.length === 0 ? 'no violations' : `${state.violations.length} violation(s)`)
process.exitCode = state.violations.length === 0 ? 0 : 1

async function runMethod({ name, cases, pieces }: Method): Promise<void> {
  const done = (state.done[name] ??= { pieces: 0, cases: 0 })
  const threads = Number(values.threads)
  const bar = openBar(name, Number.isNaN(cases) ? pieces.length : cases)
  const show = (more: number): void =>
    bar.update(Number.isNaN(cases) ? done.pieces : done.cases + more)
  const batch = threads * 4
  while (done.pieces < pieces.length) {
    const next = pieces.slice(done.pieces, done.pieces + batch)
    const results = await runJobs(next, threads, show)
    done.pieces += next.length
    done.cases += results.reduce((sum, each) => sum + each.cases, 0)
    state.violations.push(...results.flatMap((each) => each.violations))
    save()
    show(0)
  }
  bar.stop()
  print(`${done.cases.toLocaleString('en-US').padStart(14)} ${name}`)
}

/** Kills in groups of fifty: only a group that was interrupted is repeated. */
async function runKillBatches(kills: number): Promise<void> {
  const name = 'kills of workerd'
  const done = (state.done[name] ??= { pieces: 0, cases: 0 })
  const bar = openBar(name, kills)
  while (done.cases < kills) {
    const count = Math.min(50, kills - done.cases)
    const prng = createPrng(seed + done.pieces)
    const { violations } = await runKills(count, prng, (now) => bar.update(done.cases + now))
    done.pieces++
    done.cases += count
    state.violations.push(...violations)
    save()
  }
  bar.stop()
  print(`${done.cases.toLocaleString('en-US').padStart(14)} ${name}`)
}

/** Histories over HTTP in groups of a hundred: two deployments side by side. */
async function runHistoryBatches(histories: number): Promise<void> {
  const name = 'histories over HTTP'
  const readCount = Number(values.reads)
  const done = (state.done[name] ??= { pieces: 0, cases: 0 })
  const bar = openBar(name, histories)
  let operations = 0
  while (done.cases < histories) {
    const count = Math.min(100, histories - done.cases)
    const { checked, ...counts } = await runHistories(seed + done.cases, count, {
      readCount,
      onProgress: (now) => bar.update(done.cases + now),
    })
    operations += counts.operations
    done.pieces++
    done.cases += count
    for (const each of checked.filter(({ violations }) => violations.length > 0)) {
      const command = `npm run test:soak -- --only histories --seed ${each.seed} --histories 1 --reads ${readCount} --fresh`
      state.violations.push([command, ...each.violations, drawHistory(each.history)].join('\n'))
    }
    save()
  }
  bar.stop()
  const count = operations.toLocaleString('en-US')
  print(
    `${done.cases.toLocaleString('en-US').padStart(14)} ${name}, ${count} operations in this run`,
  )
}

function openBar(name: string, total: number): SingleBar {
  const bar = new SingleBar({
    format: `${name} {bar} {percentage}% {eta_formatted}`,
    clearOnComplete: true,
  })
  bar.start(total, 0)
  return bar
}

function cut(count: number, size: number): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => [
    at * size,
    Math.min(count, (at + 1) * size),
  ])
}
