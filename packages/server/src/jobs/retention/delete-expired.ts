import type { JobDeps } from '../../deps.ts'
import type { LogFields } from '../../log.ts'
import type { Budget } from '../../run-budget.ts'

const dayMs = 24 * 60 * 60_000
/** Rows of one statement: a deletion must not keep other writers waiting. */
const maxRows = 500
/** Statements of one kind in a run: 14 million rows a day, which no shop adds. */
const maxStatements = 20
const costOfRound = { storeCalls: 2 }

/**
 * Deletes delivered events and refused payments that are older than the retention period, a few hundred with each statement,
 * until none is left or the run has had enough. On a small plan one statement of each kind, with fewer rows in proportion to
 * the statements that are left: the database limits the rows written in a day as well.
 */
export async function deleteExpired(
  { store, config, now }: JobDeps,
  budget: Budget,
): Promise<LogFields> {
  const most = budget.countFitting({ storeCalls: 1 }, maxRows)
  if (!budget.take(costOfRound)) return { failure: 'budget_spent' }
  const before = new Date(now().getTime() - config.retentionDays * dayMs)
  const counts = { events: 0, refusals: 0 }
  for (let round = 1; ; round++) {
    const events = await store.retention.deleteDeliveredEvents(before, most)
    if (!events.ok) return { ...counts, failure: events.failure.reason }
    counts.events += events.value
    const refusals = await store.retention.deleteRefusals(before, most)
    if (!refusals.ok) return { ...counts, failure: refusals.failure.reason }
    counts.refusals += refusals.value
    const mayBeLeft = Math.max(events.value, refusals.value) === maxRows
    if (!mayBeLeft || round === maxStatements || !budget.take(costOfRound)) return counts
  }
}
