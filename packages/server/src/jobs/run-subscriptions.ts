import type { JobDeps } from '../deps.ts'
import type { LogFields } from '../log.ts'
import { maxSubscriptionsPerRead } from '../ports/subscriptions.ts'
import type { Budget } from '../run-budget.ts'
import { runSubscription } from '../subscriptions/run-subscription.ts'
import { isolateErrors } from './isolate-errors.ts'

/** Claiming and reading subscriptions. */
const costOfBatch = { storeCalls: 3 }
/** The keys of one, a charge and what is written of it. */
const costOfEach = { storeCalls: 15, requests: 1 }

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
    const most = Math.min(maxSubscriptionsPerRead, 2 * concurrency)
    const size = Math.max(1, budget.countFitting(costOfEach, most))
    if (!budget.take(costOfBatch)) return counts
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
