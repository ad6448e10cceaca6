import type { D1Database } from '@cloudflare/workers-types'
import type { Store } from '@quayside/server'
import { createCancels } from './cancels.ts'
import { createCursors } from './cursors.ts'
import { createHealth } from './health.ts'
import { createOrderQueries } from './order-queries.ts'
import { createOrderRepository } from './orders.ts'
import { createOutbox } from './outbox.ts'
import { createPollSchedule } from './poll-schedule.ts'
import { createReconciliationIssues } from './reconciliation-issues.ts'
import { createRetention } from './retention.ts'
import { createRevocations } from './revocations.ts'

/**
 * Makes the server's store on a D1 database.
 *
 * @param db The database, with the migrations applied.
 * @param now The clock.
 * @param enqueueEvent Called with the id of each event of an order that was written, so that it need not wait for
 * the next sweep.
 */
export function createD1Store(
  db: D1Database,
  now: () => Date,
  enqueueEvent: (eventId: string) => void = () => undefined,
): Store {
  return {
    orders: createOrderRepository(db, now, enqueueEvent),
    outbox: createOutbox(db, now),
    orderQueries: createOrderQueries(db),
    cancels: createCancels(db, now),
    reconciliationIssues: createReconciliationIssues(db, now),
    pollSchedule: createPollSchedule(db, now),
    cursors: createCursors(db, now),
    revocations: createRevocations(db, now),
    health: createHealth(db),
    retention: createRetention(db),
  }
}
