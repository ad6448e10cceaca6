import type { SubjectName } from '../node/node-subject.ts'
import type { SubjectFigures } from '../node/rounds.ts'
import { median, percentile, toInterval } from '../statistics.ts'
import type { ColdFigures } from './cold.ts'
import type { Counts } from './counts.ts'
import { atMost, columns, type Figure, nothing, type Target } from './figure.ts'
import type { Measured } from './measure.ts'
import type { WorkerdPlan } from './plan.ts'
import type { Storm } from './storms.ts'

/** Gzipped bytes of the bundles. */
export interface Sizes {
  readonly core: number
  readonly worker: number
}

/** Turns what was measured into figures, each with its target. */
export function toFigures(
  measured: Measured,
  sizes: Sizes,
  plan: WorkerdPlan,
  random: () => number,
): readonly Figure[] {
  return [
    ...loadFigures(measured, plan, random),
    ...callFigures(measured, plan),
    ...latencyFigures(measured),
    ...countFigures(measured),
    ...correctnessFigures(measured, plan),
    ...stormFigures('webhook repeated', measured.duplicates, 0, measured.counts?.duplicate),
    ...stormFigures('webhook of unknown ids', measured.unknown, 10, measured.counts?.unknown),
    ...costFigures(measured, sizes),
  ]
}

function loadFigures(
  { rounds }: Measured,
  { connections }: WorkerdPlan,
  random: () => number,
): readonly Figure[] {
  const of = (name: SubjectName) => rounds.find((each) => each.name === name)
  const compare = (name: SubjectName, values: (of: SubjectFigures) => readonly number[]) => {
    const [ours, other] = [of('ours'), of(name)]
    if (ours === undefined || other === undefined) return null
    const others = values(other)
    const ratios = values(ours).map((value, round) => value / (others[round] ?? Number.NaN))
    return ratios.some(Number.isNaN) ? null : toInterval(ratios, random)
  }
  // A fast wrong answer must not count.
  const isRight = (each: SubjectFigures) => each.wrongOrders + each.unanswered === 0
  const rate = ({ perSecond }: SubjectFigures) => perSecond
  const cpu = ({ cpuMicros }: SubjectFigures) => cpuMicros
  return [
    {
      name: `completions per second, ${connections} connections`,
      unit: '/s',
      digits: 0,
      target: { of: 'ofFloor', bound: 'atLeast', limit: 0.95 },
      ...columns(rounds, (each) => (isRight(each) ? median(each.perSecond) : null)),
      ofFloor: rounds.every(isRight) ? compare('floor', rate) : null,
    },
    { ...nothing, name: '– ours / control', target: null, ofFloor: compare('control', rate) },
    {
      name: 'processor time of a completion',
      unit: 'µs',
      digits: 0,
      target: { of: 'ofFloor', bound: 'atMost', limit: 1.1 },
      ...columns(rounds, ({ cpuMicros }) => median(cpuMicros)),
      ofFloor: compare('floor', cpu),
    },
    { ...nothing, name: '– ours / control', target: null, ofFloor: compare('control', cpu) },
    {
      ...nothing,
      name: 'share of one core',
      unit: '%',
      target: null,
      ...columns(rounds, ({ coreShare }) => median(coreShare) * 100),
    },
  ]
}

function callFigures({ rounds, cold }: Measured, plan: WorkerdPlan): readonly Figure[] {
  return [
    {
      ...nothing,
      name: 'provider calls per completion',
      digits: 4,
      target: atMost(1.01),
      ...columns(rounds, ({ providerCalls, completions }) => providerCalls / completions),
    },
    {
      ...nothing,
      name: `token calls of ${plan.cold} concurrent requests, cold`,
      target: atMost(1),
      ...columns(cold, ({ tokenCalls }) => tokenCalls),
    },
  ]
}

function latencyFigures({ latencies }: Measured): readonly Figure[] {
  if (latencies === null) return []
  const provider = median(latencies.direct)
  const added = (name: SubjectName, share: number) => {
    const values = latencies.subjects[name]
    return values === undefined ? null : percentile(values, share) - provider
  }
  const toFigure = (share: number, target: Target | null): Figure => ({
    name: `added to the provider's time, p${share * 100}`,
    unit: 'ms',
    digits: 1,
    target,
    ours: added('ours', share),
    floor: added('floor', share),
    sample: added('sample', share),
    ofFloor: null,
  })
  return [toFigure(0.5, atMost(5)), toFigure(0.9, null), toFigure(0.99, atMost(15))]
}

function countFigures({ counts }: Measured): readonly Figure[] {
  const toFigure = (name: string, key: keyof Counts, limit: number): Figure => ({
    ...nothing,
    name: `${name} per completion`,
    target: atMost(limit),
    ours: counts?.ours[key] ?? null,
    floor: counts?.floor[key] ?? null,
  })
  return [
    toFigure('D1 round trips', 'roundTrips', 2),
    toFigure('D1 statements', 'statements', 5),
    // One more than in the commit, by the read of the order.
    toFigure('D1 rows read', 'rowsRead', 4),
    // The order with its payment and its time in two indexes, the event in the index of due ones, and the evidence.
    toFigure('D1 rows written', 'rowsWritten', 6),
  ]
}

function correctnessFigures(
  { rounds, cold, duplicates }: Measured,
  plan: WorkerdPlan,
): readonly Figure[] {
  const sum = (name: SubjectName, of: (each: SubjectFigures | ColdFigures) => number) => {
    const found = [...rounds, ...cold].filter((each) => each.name === name)
    return found.length === 0 ? null : found.reduce((total, each) => total + of(each), 0)
  }
  const toFigure = (name: string, of: (each: SubjectFigures | ColdFigures) => number): Figure => ({
    ...nothing,
    name,
    target: atMost(0),
    ours: sum('ours', of),
    floor: sum('floor', of),
    sample: sum('sample', of),
  })
  const wrong = toFigure('orders with a wrong result', ({ wrongOrders }) => wrongOrders)
  return [
    { ...wrong, ours: wrong.ours === null ? null : wrong.ours + (duplicates?.wrongOrders ?? 0) },
    toFigure('completions without success', ({ unanswered }) => unanswered),
    {
      ...nothing,
      name: `payments of a wrong amount accepted, of ${plan.forgeries}`,
      target: atMost(0),
      ...columns(cold, ({ forgeriesAccepted }) => forgeriesAccepted),
    },
  ]
}

function stormFigures(
  name: string,
  storm: Storm | null,
  calls: number,
  counts: Counts | undefined,
): readonly Figure[] {
  if (storm === null) return []
  const isDuplicate = calls === 0
  const figure = (what: string, ours: number | null, target: Target | null): Figure => ({
    ...nothing,
    name: `${name}, ${storm.webhooks} times: ${what}`,
    target,
    ours,
  })
  const atLeast: Target = { of: 'ours', bound: 'atLeast', limit: 1_000 }
  return [
    { ...figure('per second', storm.perSecond, isDuplicate ? atLeast : null), unit: '/s' },
    { ...figure('p99', storm.p99Ms, isDuplicate ? atMost(500) : null), unit: 'ms' },
    figure('provider calls', storm.providerCalls, atMost(calls)),
    figure('rows changed', storm.rowsChanged, atMost(0)),
    figure('rows read by one', counts?.rowsRead ?? null, atMost(1)),
  ]
}

function costFigures({ starts }: Measured, sizes: Sizes): readonly Figure[] {
  const start = starts === null ? null : mean(starts.ours) - mean(starts.empty)
  return [
    {
      ...nothing,
      name: 'processor time of a start, less that of an empty worker',
      unit: 'ms',
      digits: 1,
      target: atMost(15),
      ours: start,
    },
    // Their limits are part of `npm test`.
    { ...nothing, name: 'core, gzip', unit: 'B', target: null, ours: sizes.core },
    { ...nothing, name: 'worker, gzip', unit: 'B', target: null, ours: sizes.worker },
  ]
}

/** Not the median: processor time is counted in steps of ten milliseconds. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
