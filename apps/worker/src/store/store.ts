import type { D1Database } from '@cloudflare/workers-types'
import type { Store } from '@quayside/server'
import { createCancels } from './cancels.ts'
import { createMarks } from './cursors.ts'
import { createBulk } from './order-queries.ts'
import { createOrders } from './orders.ts'
import { createOutbox } from './outbox.ts'
import { createLooks } from './poll-schedule.ts'
import { createExceptions } from './reconciliation-issues.ts'
import { createRevocations } from './revocations.ts'

/**
 * Makes the server's store on a D1 database.
 *
 * @param db The database, with the migrations applied.
 * @param now The clock.
 * @param announce Called with the id of each event that was written, so that it need not wait for the next sweep.
 */
export function createD1Store(
  db: D1Database,
  now: () => Date,
  announce: (eventId: string) => void = () => undefined,
): Store {
  return {
    orders: createOrders(db, now, announce),
    outbox: createOutbox(db, now),
    bulk: createBulk(db),
    cancels: createCancels(db, now),
    exceptions: createExceptions(db, now),
    looks: createLooks(db, now),
    marks: createMarks(db, now),
    revocations: createRevocations(db, now),
  }
}
