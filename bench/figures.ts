import type { Measured, Measurements } from './measure.ts'
import type { Plan } from './plan.ts'
import { median, percentile, type Spread, toSpread } from './statistics.ts'

/** One line of the result. A figure without a limit is informative only. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly digits: number
  readonly limit: number | null
  readonly ours: number | null
  readonly sample: number | null
  /** Ours divided by the sample's: of all rounds, with the minimum and maximum of any round where each has one. */
  readonly ratio: number | Spread | null
}

/** Gzipped bytes of the bundles. */
export interface Sizes {
  readonly core: number
  readonly worker: number
}

const kB = 1000

/** Turns the measurements into figures, each with its limit. */
export function toFigures(measured: Measured, sizes: Sizes, plan: Plan): readonly Figure[] {
  return [
    ...callFigures(measured, plan),
    ...correctnessFigures(measured, plan),
    ...timeFigures(measured, plan),
    ...costFigures(measured, sizes),
  ]
}

/** Whether a figure keeps its limit; null when it has none. */
export function isKept({ limit, ours }: Figure): boolean | null {
  return limit === null || ours === null ? null : ours <= limit
}

function callFigures({ ours, sample }: Measured, plan: Plan): readonly Figure[] {
  const perCompletion = ({ upstreamCalls, completions }: Measurements) =>
    upstreamCalls / completions
  return [
    {
      name: `upstream calls per completion, ${ours.completions} completions`,
      unit: '',
      digits: 4,
      limit: 1.01,
      ...compare(perCompletion(ours), perCompletion(sample)),
    },
    {
      name: `token calls of ${plan.cold} concurrent requests, cold`,
      unit: '',
      digits: 0,
      limit: 1,
      ...compare(ours.coldTokenCalls, sample.coldTokenCalls),
    },
  ]
}

function correctnessFigures({ ours, sample }: Measured, plan: Plan): readonly Figure[] {
  const none = { unit: '', digits: 0, limit: 0, ratio: null }
  return [
    {
      ...none,
      name: 'orders with a wrong result',
      ours: ours.wrongOrders,
      sample: sample.wrongOrders,
    },
    {
      ...none,
      name: 'completions without success',
      ours: ours.unanswered,
      sample: sample.unanswered,
    },
    {
      ...none,
      name: `forged payments accepted, of ${plan.forgeries}`,
      ours: ours.forgeriesAccepted,
      sample: sample.forgeriesAccepted,
    },
  ]
}

function timeFigures({ ours, sample, direct }: Measured, plan: Plan): readonly Figure[] {
  const upstreamMs = median(direct.latenciesMs)
  const added = (share: number) =>
    compare(
      percentile(ours.latenciesMs, share) - upstreamMs,
      percentile(sample.latenciesMs, share) - upstreamMs,
    )
  const perRound = direct.roundMediansMs.map((directMs, round) => {
    const addedTo = ({ roundMediansMs }: Measurements) =>
      (roundMediansMs[round] ?? Number.NaN) - directMs
    return addedTo(ours) / addedTo(sample)
  })
  const ms = { unit: 'ms', digits: 1, limit: null }
  // A fast wrong response must not count: the rate of a subject that gave one is not shown.
  const hasErrors = ({ wrongOrders, unanswered, forgeriesAccepted }: Measurements) =>
    wrongOrders + unanswered + forgeriesAccepted > 0
  const rate = (seen: Measurements) => (hasErrors(seen) ? null : median(seen.perSecond))
  const rates = ours.perSecond.map((each, round) => each / (sample.perSecond[round] ?? Number.NaN))
  return [
    {
      name: 'added to the upstream, commit included, p50',
      ...ms,
      limit: 8,
      ...added(0.5),
      ratio: toSpread(perRound),
    },
    { name: 'added to the upstream, commit included, p90', ...ms, ...added(0.9) },
    { name: 'added to the upstream, commit included, p99', ...ms, ...added(0.99) },
    {
      name: `completions per second, ${plan.connections} connections`,
      unit: '/s',
      digits: 0,
      limit: null,
      ours: rate(ours),
      sample: rate(sample),
      ratio: hasErrors(ours) || hasErrors(sample) ? null : toSpread(rates),
    },
  ]
}

function costFigures({ commit }: Measured, sizes: Sizes): readonly Figure[] {
  const alone = { unit: '', digits: 0, sample: null, ratio: null }
  return [
    { ...alone, name: 'rows read by a commit', limit: 3, ours: commit.rowsRead },
    // The order with its payment and its time in two indexes, the event in the index of due ones, and the evidence.
    { ...alone, name: 'rows written by a commit', limit: 6, ours: commit.rowsWritten },
    { ...alone, name: 'core, gzip', unit: 'B', limit: 6 * kB, ours: sizes.core },
    { ...alone, name: 'worker, gzip', unit: 'B', limit: 64 * kB, ours: sizes.worker },
  ]
}

function compare(ours: number, sample: number): Pick<Figure, 'ours' | 'sample' | 'ratio'> {
  return { ours, sample, ratio: ours / sample }
}
