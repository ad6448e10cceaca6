import type { RunSummary } from '../engine/run-schedules.ts'
import { callOutcomes } from '../engine/scheduler.ts'

/** How often each call had each outcome. */
export type OutcomeCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

/** A call that is made so often must have had every outcome. */
const manyCalls = 6_000

export function countOutcomes(results: readonly Pick<RunSummary, 'coverage'>[]): OutcomeCounts {
  const counts = new Map<string, Map<string, number>>()
  for (const [key, count] of results.flatMap((each) => Object.entries(each.coverage))) {
    const [call = '', outcome] = key.split(' | ')
    if (outcome === undefined) continue
    const outcomes = counts.get(call) ?? new Map<string, number>()
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count)
    counts.set(call, outcomes)
  }
  return counts
}

/** Finds the outcomes that a call never had, although it was made often. */
export function findMissingOutcomes(counts: OutcomeCounts): readonly string[] {
  return [...counts].flatMap(([call, outcomes]) =>
    (outcomes.get('ok') ?? 0) < manyCalls
      ? []
      : [...callOutcomes, 'crash before', 'crash after']
          .filter((outcome) => !outcomes.has(outcome))
          .map((outcome) => `${call} ${outcome}`),
  )
}
