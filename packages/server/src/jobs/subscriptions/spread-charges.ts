import type { JobDeps } from '../../deps.ts'
import type { LogFields } from '../../log.ts'
import type { Budget, RunLimits } from '../../run-budget.ts'
import { chargesPerRun } from './run-subscriptions.ts'

/** Where charges are made beside the job that finds them. */
export interface ChargeRuns {
  /** What one run may use at most. */
  readonly limits: RunLimits
  /** Asks for so many runs, each in an invocation of its own. Never rejects; what it loses is asked for a minute later. */
  readonly enqueue: (runs: number) => Promise<void>
}

/** The job that finds them makes so many itself: another invocation would start no sooner. */
const ownCharges = 5

/**
 * How many runs are asked for in a minute at most. A queue that is slow to begin them holds so many for each minute; a run that
 * finds nothing due costs one statement.
 */
const maxRunsPerMinute = 50

/**
 * Asks for as many runs as the subscriptions that are due need. A run is told of none of them: it claims what is due when it begins, so
 * that it does no harm that one is lost, repeated or late.
 */
export async function spreadCharges(
  { store }: JobDeps,
  budget: Budget,
  { limits, enqueue }: ChargeRuns,
): Promise<LogFields> {
  if (!budget.take({ storeCalls: 1 })) return {}
  const each = chargesPerRun(limits)
  const due = await store.subscriptions.countDue(maxRunsPerMinute * each)
  if (!due.ok) return { failure: due.failure.reason }
  const runs = due.value <= ownCharges ? 0 : Math.ceil(due.value / each)
  if (runs > 0) await enqueue(runs)
  return { due: due.value, runs }
}
