import type { JobDeps } from '../deps.ts'
import type { LogFields } from '../log.ts'
import type { Budget } from '../run-budget.ts'

const dayMs = 24 * 60 * 60_000
/** Rows of one statement: a deletion must not keep other writers waiting. */
const maxRows = 500

/**
 * Deletes delivered events and refused payments that are older than the retention period, a few hundred a minute. On a
 * small plan fewer, in proportion to the statements that are left: the database limits the rows written in a day as well.
 */
export async function deleteExpired(
  { store, config, now }: JobDeps,
  budget: Budget,
): Promise<LogFields> {
  const most = budget.countFitting({ storeCalls: 1 }, maxRows)
  if (!budget.take({ storeCalls: 2 })) return { failure: 'budget_spent' }
  const before = new Date(now().getTime() - config.retentionDays * dayMs)
  const events = await store.retention.deleteDeliveredEvents(before, most)
  if (!events.ok) return { failure: events.failure.reason }
  const refusals = await store.retention.deleteRefusals(before, most)
  if (!refusals.ok) return { failure: refusals.failure.reason }
  return { events: events.value, refusals: refusals.value }
}
