import type { JobDeps } from '../../deps.ts'
import type { LogFields } from '../../log.ts'
import { maxSubscriptionsPerRead } from '../../ports/subscriptions.ts'
import type { Budget, Cost, RunLimits } from '../../run-budget.ts'
import { runSubscription } from '../../subscriptions/run-subscription.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

/** Claiming and reading subscriptions. */
const costOfBatch: Cost = { storeCalls: 3, requests: 0 }
/** One that is due: its keys, a charge, what is written of it, and the period that it books. */
const costOfEach: Cost = { storeCalls: 14, requests: 1 }

/** A run takes 50 seconds at most, and a card company often two for one charge. */
const maxChargesPerRun = 1_000

/**
 * Does what is due of subscriptions: charges, lookups of charges without an answer, retries, refunds, bookings. Each is
 * leased by one run; correctness rests on the revision that each write names.
 *
 * @param concurrency How many calls of the provider may be open at the same time.
 */
export async function runSubscriptions(
  deps: JobDeps,
  budget: Budget,
  concurrency: number,
): Promise<LogFields> {
  const counts = { claimed: 0, waiting: 0, later: 0, failed: 0 }
  for (;;) {
    if (!budget.take(costOfBatch)) return counts
    // What a run leases and cannot do would be due only when the lease ends.
    const size = budget.countFitting(costOfEach, Math.min(maxSubscriptionsPerRead, 2 * concurrency))
    if (size === 0) return counts
    const claimed = await deps.store.subscriptions.claim(size)
    if (!claimed.ok) return { ...counts, failure: claimed.failure.reason }
    const read = await deps.store.subscriptions.read(claimed.value)
    if (!read.ok) return { ...counts, failure: read.failure.reason }
    counts.claimed += claimed.value.length
    const queue = read.value.values()
    const runNext = async (): Promise<void> => {
      for (const stored of queue) {
        // What does not fit any more is due again when its lease ends.
        const outcome = budget.take({ storeCalls: 1 })
          ? await isolateErrors(stored.subscription.id, deps.log, () =>
              runSubscription(stored, deps, budget),
            )
          : null
        if (outcome === null || !outcome.ok) counts.failed += 1
        else if (outcome.value === 'waiting') counts.waiting += 1
        else counts.later += 1
      }
    }
    await Promise.all(Array.from({ length: concurrency }, runNext))
    if (claimed.value.length < size) return counts
  }
}

/** Returns how many charges one run makes at most that has all of an invocation's limits. */
export function chargesPerRun({ storeCalls, requests }: RunLimits): number {
  const fitting = Math.floor((storeCalls - costOfBatch.storeCalls) / costOfEach.storeCalls)
  return Math.max(1, Math.min(maxChargesPerRun, fitting, requests))
}
