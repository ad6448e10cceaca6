import Table from 'cli-table3'
import { type Interval, median, percentile, toInterval } from '../statistics.ts'
import type { DatabaseKind } from './databases.ts'
import type { CommitTime } from './growth.ts'
import type { SubjectName } from './node-subject.ts'
import type { DatabaseFigures, SubjectFigures } from './rounds.ts'

/** A figure of the issue with its limit, and whether it is kept. */
export interface NodeTarget {
  readonly name: string
  readonly isKept: boolean
  readonly value: number
  readonly limit: string
}

/** How the rounds of two subjects compare. */
export interface Ratios {
  readonly ofFloor: Interval
  readonly ofSample: Interval
  readonly ofControl: Interval
  readonly cpuOfFloor: Interval
}

/** What is reported of one database. */
export interface DatabaseReport {
  readonly kind: DatabaseKind
  readonly ratios: Ratios
  readonly addedMs: { readonly p50: number; readonly p99: number } | null
  readonly targets: readonly NodeTarget[]
}

/** What a database has to reach against the sample, which stores nothing. */
const ofSampleAtLeast: Record<DatabaseKind, number | null> = {
  'sqlite-memory': null,
  'sqlite-normal': 2,
  'sqlite-full': 1,
  postgres: 1,
  mariadb: 1,
}
const ofFloorAtLeast = 0.8
const addedAtMost = { p50: 2, p99: 8 }

/** Compares the rounds and checks the targets. */
export function toReport(
  kind: DatabaseKind,
  figures: DatabaseFigures,
  random: () => number,
): DatabaseReport {
  const find = (name: SubjectName) => findSubject(figures, name)
  const compare = (name: SubjectName, of: (subject: SubjectFigures) => readonly number[]) => {
    const others = of(find(name))
    return toInterval(
      of(find('ours')).map((value, round) => value / (others[round] ?? Number.NaN)),
      random,
    )
  }
  const ratios = {
    ofFloor: compare('floor', ({ perSecond }) => perSecond),
    ofSample: compare('sample', ({ perSecond }) => perSecond),
    ofControl: compare('control', ({ perSecond }) => perSecond),
    cpuOfFloor: compare('floor', ({ cpuMicros }) => cpuMicros),
  }
  const addedMs = toAdded(figures)
  return { kind, ratios, addedMs, targets: toTargets(kind, ratios, addedMs, figures) }
}

function toAdded({ latencies }: DatabaseFigures): DatabaseReport['addedMs'] {
  if (latencies === null) return null
  const provider = median(latencies.direct)
  // Of each round: a pause of the machine is then in one of them, and not in their median.
  const added = (share: number) =>
    median(latencies.ours.map((round) => percentile(round, share))) - provider
  return { p50: added(0.5), p99: added(0.99) }
}

function toTargets(
  kind: DatabaseKind,
  { ofFloor, ofSample }: Ratios,
  addedMs: DatabaseReport['addedMs'],
  { subjects }: DatabaseFigures,
): readonly NodeTarget[] {
  const atLeast = (name: string, value: number, limit: number): NodeTarget => ({
    name: `${kind}: ${name}`,
    value,
    limit: `≥ ${limit}`,
    isKept: value >= limit,
  })
  const atMost = (name: string, value: number, limit: number): NodeTarget => ({
    name: `${kind}: ${name}`,
    value,
    limit: `≤ ${limit}`,
    isKept: value <= limit,
  })
  const sampleLimit = ofSampleAtLeast[kind]
  const faults = subjects.reduce((sum, each) => sum + each.wrongOrders + each.unanswered, 0)
  return [
    atLeast('rate against the floor', ofFloor.median, ofFloorAtLeast),
    ...(sampleLimit === null
      ? []
      : [atLeast('rate against the sample', ofSample.median, sampleLimit)]),
    ...(addedMs === null
      ? []
      : [
          atMost('added, p50, ms', addedMs.p50, addedAtMost.p50),
          atMost('added, p99, ms', addedMs.p99, addedAtMost.p99),
        ]),
    atMost('wrong or unanswered orders', faults, 0),
  ]
}

/** Formats what was measured as one table. */
export function toTable(
  measured: readonly { readonly figures: DatabaseFigures; readonly report: DatabaseReport }[],
): string {
  const table = new Table({
    head: [
      'database',
      'subject',
      'per second',
      'CPU µs each',
      'core used',
      'calls each',
      'ours / it (95 %)',
      'CPU ours / it',
    ],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { figures, report } of measured) {
    for (const subject of figures.subjects) table.push(toLine(subject, report))
  }
  return table.toString()
}

function toLine(subject: SubjectFigures, { kind, ratios }: DatabaseReport): string[] {
  const { name, perSecond, cpuMicros, coreShare, providerCalls, completions } = subject
  const rates = {
    ours: null,
    control: ratios.ofControl,
    floor: ratios.ofFloor,
    sample: ratios.ofSample,
  }
  const rate = rates[name]
  // A fast wrong answer must not count.
  const isWrong = subject.wrongOrders + subject.unanswered > 0
  return [
    kind,
    name,
    isWrong ? `${subject.wrongOrders + subject.unanswered} wrong` : median(perSecond).toFixed(0),
    median(cpuMicros).toFixed(0),
    `${(median(coreShare) * 100).toFixed(0)} %`,
    (providerCalls / completions).toFixed(3),
    rate === null ? '' : showInterval(rate),
    name === 'floor' ? showInterval(ratios.cpuOfFloor) : '',
  ]
}

function showInterval({ median: middle, low, high }: Interval): string {
  return `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
}

const growthAtMost = 1.15

/** Formats the times of commits by the number of stored orders, and says whether the largest keeps the limit. */
export function toGrowthTable(
  grown: readonly (readonly [DatabaseKind, readonly CommitTime[]])[],
  random: () => number,
): { readonly table: string; readonly isKept: boolean } {
  const table = new Table({
    head: ['database', 'orders', 'commit µs, median', `of the smallest (95 %), ≤ ${growthAtMost}`],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  let isKept = true
  for (const [kind, times] of grown) {
    const smallest = times[0]?.roundMicros ?? []
    for (const { orders, medianMicros, roundMicros } of times) {
      const ratios = roundMicros.map((micros, round) => micros / (smallest[round] ?? Number.NaN))
      const ratio = toInterval(ratios, random)
      table.push([kind, String(orders), medianMicros.toFixed(0), showInterval(ratio)])
      isKept &&= ratio.median <= growthAtMost
    }
  }
  return { table: table.toString(), isKept }
}

function findSubject({ subjects }: DatabaseFigures, name: SubjectName): SubjectFigures {
  const found = subjects.find((each) => each.name === name)
  if (found === undefined) throw new Error(`There is no subject ${name}`)
  return found
}
