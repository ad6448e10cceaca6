import { mkdirSync, writeFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import { describeMachine, toLine } from '../machine.ts'
import { stopAtSignals } from '../program.ts'
import { createRandom } from '../statistics.ts'
import { pinProcesses } from './cores.ts'
import type { DatabaseKind } from './databases.ts'
import { type CommitTime, measureGrowth, type Running } from './growth.ts'
import { type NodeSubject, startNodeSample, startSubject } from './node-subject.ts'
import { readNodePlan } from './plan.ts'
import { type Provider, startProvider } from './provider.ts'
import { type DatabaseReport, toGrowthTable, toReport, toTable } from './report.ts'
import { type DatabaseFigures, measureLatencies, measureRounds } from './rounds.ts'

/** Added latency is a target on SQLite, where no other process takes part. */
const latencyKinds: readonly DatabaseKind[] = ['sqlite-normal', 'sqlite-full']

const plan = readNodePlan(process.argv)
const machine = describeMachine()
const cores = pinProcesses()
const running: Running = new Set()
const failures: string[] = []
const stop = () => Promise.all([...running].map((started) => started.stop()))
// Otherwise the databases remain after this program.
stopAtSignals(stop)
console.log(`${toLine(machine)}\n${showCores()}\n`)

const bar = new SingleBar({ format: '{bar} {percentage} % · {duration_formatted} · {step}' })
try {
  if (plan.sizes.length > 0) await growAll()
  else await compareAll()
} finally {
  bar.stop()
  await stop()
}

async function compareAll(): Promise<void> {
  const measured = await measureAll()
  bar.stop()
  const targets = measured.flatMap(({ report }) => report.targets)
  console.log(toTable(measured))
  for (const { name, value, limit, isKept } of targets) {
    console.log(`${isKept ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(2)} (${limit})`)
  }
  for (const failure of failures) console.log(`FAIL ${failure}`)
  write('.cache/bench-node.json', { measured, failures })
  process.exitCode = failures.length === 0 && targets.every(({ isKept }) => isKept) ? 0 : 1
}

async function growAll(): Promise<void> {
  const grown: (readonly [DatabaseKind, readonly CommitTime[]])[] = []
  for (const kind of plan.databases) {
    if (kind === 'sqlite-memory') continue
    const times = await orFailure(kind, () => measureGrowth(kind, plan, running, console.log))
    if (times !== null) grown.push([kind, times])
  }
  const { table, isKept } = toGrowthTable(grown, createRandom())
  console.log(table)
  for (const failure of failures) console.log(`FAIL ${failure}`)
  write('.cache/bench-growth.json', { grown, failures })
  process.exitCode = isKept && failures.length === 0 ? 0 : 1
}

/** A database that fails is reported at the end: what the others have shown must not be lost. */
async function orFailure<Value>(
  kind: DatabaseKind,
  work: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await work()
  } catch (error) {
    failures.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

function write(file: string, result: object): void {
  mkdirSync('.cache', { recursive: true })
  writeFileSync(file, `${JSON.stringify({ machine, cores, plan, ...result }, null, 1)}\n`)
  console.log(`Every round in ${file}`)
}

interface Measured {
  readonly figures: DatabaseFigures
  readonly report: DatabaseReport
}

async function measureAll(): Promise<readonly Measured[]> {
  const provider = track(await startProvider(cores.others))
  bar.start(plan.databases.length * plan.rounds * 8, 0, { step: '' })
  const measured: Measured[] = []
  for (const kind of plan.databases) {
    bar.update({ step: kind })
    const subjects: NodeSubject[] = []
    const figures = await orFailure(kind, () => measureDatabase(kind, provider, subjects))
    if (figures !== null)
      measured.push({ figures, report: toReport(kind, figures, createRandom()) })
    for (const subject of subjects) await orFailure(kind, () => end(subject))
  }
  return measured
}

/** Adds each subject that has started to the list, also when a later one cannot start. */
async function measureDatabase(
  kind: DatabaseKind,
  provider: Provider,
  subjects: NodeSubject[],
): Promise<DatabaseFigures> {
  const { url } = provider
  subjects.push(track(await startNodeSample(url, cores.subject)))
  for (const name of ['floor', 'ours', 'control'] as const) {
    subjects.push(track(await startSubject(name, kind, url, cores.subject)))
  }
  const rounds = await measureRounds(subjects, provider, plan, kind, () => bar.increment())
  const [ours] = subjects.filter(({ name }) => name === 'ours')
  const latencies =
    ours !== undefined && latencyKinds.includes(kind)
      ? await measureLatencies(ours, provider, plan, kind)
      : null
  return { subjects: rounds, latencies }
}

function track<Started extends { stop(): Promise<void> }>(started: Started): Started {
  running.add(started)
  return started
}

async function end(subject: NodeSubject): Promise<void> {
  running.delete(subject)
  await subject.stop()
}

function showCores(): string {
  return cores.subject === null
    ? 'Processes are not pinned to cores.'
    : `Subjects on core ${cores.subject}; load and provider on core ${cores.others}; database servers on any.`
}
