import type { CommitTime } from '../node/growth.ts'
import type { DatabaseFigures } from '../node/rounds.ts'
import type { NamedReport } from '../scenarios/report.ts'
import type { Line } from '../scenarios/scenario.ts'
import { median, percentile } from '../statistics.ts'
import type { Chart, Series } from './echarts.ts'

/** What `.cache/bench-scenarios.json` holds, as far as it is drawn. */
export interface ScenariosResult {
  readonly reports: readonly NamedReport[]
}

/** What `.cache/bench-node.json` holds, as far as it is drawn. */
export interface NodeResult {
  readonly measured: readonly {
    readonly figures: DatabaseFigures
    readonly report: { readonly kind: string }
  }[]
}

/** What `.cache/bench-growth.json` holds, as far as it is drawn. */
export interface GrowthResult {
  readonly grown: readonly (readonly [string, readonly CommitTime[]])[]
}

/** The shares of responses at which a latency is drawn: the slow ones are what matters. */
const percents = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9]

/** The charts of the scenarios on Node. */
export function toScenarioCharts({ reports }: ScenariosResult): readonly Chart[] {
  return [
    ...chartOf(reports, 'saturation', drawRates),
    ...chartOf(reports, 'half-load', (lines) => [drawLatencies('Half of the highest rate', lines)]),
    ...chartOf(reports, 'overload', (lines) => [
      drawGoodput(lines),
      drawLatencies('Twice the highest rate', lines),
    ]),
    ...drawCalls(reports),
    ...chartOf(reports, 'cold-start', drawStarts),
    ...chartOf(reports, 'heap', drawHeap),
  ]
}

function chartOf(
  reports: readonly NamedReport[],
  name: string,
  draw: (lines: readonly Line[]) => readonly Chart[],
): readonly Chart[] {
  const found = reports.find((report) => report.name === name)
  return found === undefined || found.lines.length === 0 ? [] : draw(found.lines)
}

/** What was wrong has no rate. */
const rateOf = ({ perSecond, violations }: Line): number | null =>
  violations.length === 0 ? (perSecond ?? null) : null

function drawRates(lines: readonly Line[]): readonly Chart[] {
  return [
    {
      title: 'Completions per second, one core',
      text: '64 connections, the provider at no distance; the median of interleaved rounds. Subjects with a wrong order have no bar.',
      categories: lines.map(({ subject }) => subject),
      x: { name: '' },
      y: { name: 'completions/s' },
      series: [{ type: 'bar', name: 'completions per second', data: lines.map(rateOf) }],
    },
  ]
}

function drawLatencies(title: string, lines: readonly Line[]): Chart {
  return {
    title: `${title}: latency by share of the responses`,
    text: 'Requests begin at a constant rate, whether or not earlier ones were answered; times count from when each was due.',
    categories: percents.map((percent) => `${percent} %`),
    x: { name: 'share of the responses' },
    y: { name: 'ms', isLog: true },
    series: lines.map(({ subject, latenciesMs = [] }) => ({
      type: 'line',
      name: subject,
      data: percents.map((percent) => percentile(latenciesMs, percent / 100)),
    })),
  }
}

function drawGoodput(lines: readonly Line[]): Chart {
  return {
    title: 'Goodput at twice the highest rate',
    text: 'Completions per second that succeed: with 64 connections that wait for each response, and while twice as many buyers arrive.',
    categories: lines.map(({ subject }) => subject),
    x: { name: '' },
    y: { name: 'completions/s' },
    series: [
      {
        type: 'bar',
        name: 'highest rate',
        data: lines.map(({ samples }) => samples?.['peak']?.[0] ?? null),
      },
      { type: 'bar', name: 'at twice that rate', data: lines.map(rateOf) },
    ],
  }
}

function drawCalls(reports: readonly NamedReport[]): readonly Chart[] {
  const drawn = reports.filter(({ lines }) =>
    lines.some(({ callsEach }) => callsEach !== undefined),
  )
  if (drawn.length === 0) return []
  const subjects = [...new Set(drawn.flatMap(({ lines }) => lines.map(({ subject }) => subject)))]
  const callsOf = ({ lines }: NamedReport, subject: string) =>
    lines.find((line) => line.subject === subject)?.callsEach ?? null
  return [
    {
      title: 'Calls of the provider per completion',
      text: 'Tokens included. Per duplicate and per request where nothing has to be completed; per order of three messages.',
      categories: drawn.map(({ name }) => name),
      x: { name: '' },
      y: { name: 'calls' },
      series: subjects.map((subject) => ({
        type: 'bar',
        name: subject,
        data: drawn.map((report) => callsOf(report, subject)),
      })),
    },
  ]
}

function drawStarts(lines: readonly Line[]): readonly Chart[] {
  const starts = lines[0]?.samples?.['startMs'] ?? []
  return [
    {
      title: 'Start of quayside serve',
      text: `From the start of the process to its first response, each of ${starts.length} starts; the slowest last.`,
      categories: starts.map((_, n) => String(n + 1)),
      x: { name: 'start' },
      y: { name: 'ms' },
      series: [{ type: 'bar', name: 'ms', data: starts.toSorted((a, b) => a - b) }],
    },
  ]
}

function drawHeap(lines: readonly Line[]): readonly Chart[] {
  return [
    {
      title: 'Heap after a collection',
      text: 'Between equal numbers of requests, most of them repetitions.',
      categories: (lines[0]?.samples?.['heaps'] ?? []).map((_, n) => String(n)),
      x: { name: 'tenths of the requests' },
      y: { name: 'MB' },
      series: lines.map(({ subject, samples }) => ({
        type: 'line',
        name: subject,
        data: (samples?.['heaps'] ?? []).map((bytes) => bytes / 1e6),
      })),
    },
  ]
}

/** The chart of completions on each database. */
export function toNodeCharts({ measured }: NodeResult): readonly Chart[] {
  const names = ['sample', 'floor', 'ours', 'control'] as const
  const rateOn = ({ subjects }: DatabaseFigures, name: (typeof names)[number]) => {
    const rates = subjects.find((subject) => subject.name === name)?.perSecond ?? []
    return rates.length === 0 ? null : median(rates)
  }
  const series = names.map(
    (name): Series => ({
      type: 'bar',
      name,
      data: measured.map(({ figures }) => rateOn(figures, name)),
    }),
  )
  return [
    {
      title: 'Completions per second on Node and each database',
      text: 'The median of interleaved rounds. The sample stores nothing; the floor is a bare handler with the same statements.',
      categories: measured.map(({ report }) => report.kind),
      x: { name: '' },
      y: { name: 'completions/s' },
      series,
    },
  ]
}

/** The chart of how commits grow with the orders that are stored. */
export function toGrowthCharts({ grown }: GrowthResult): readonly Chart[] {
  return [
    {
      title: 'A commit by the number of stored orders',
      text: 'The median of the commits at each size.',
      categories: null,
      x: { name: 'stored orders', isLog: true },
      y: { name: 'µs' },
      series: grown.map(([kind, times]) => ({
        type: 'line',
        name: kind,
        data: times.map(({ orders, medianMicros }) => [orders, medianMicros] as const),
      })),
    },
  ]
}
