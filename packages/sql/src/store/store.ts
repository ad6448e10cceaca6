import type { Store } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { MigratedDatabase } from '../migrations.ts'
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

/** What a store needs beside its database. */
export interface StoreOptions {
  /** The clock; the system's by default. */
  readonly now?: () => Date
  /**
   * Called with the id of each event of an order that was written, so that it need not wait for the next sweep. It may
   * be left out, and may lose ids.
   */
  readonly enqueueEvent?: (eventId: string) => void
}

export function createStore(
  database: MigratedDatabase,
  dialect: Dialect,
  options: StoreOptions,
): Store {
  const { driver } = database
  const { now = () => new Date(), enqueueEvent = () => undefined } = options
  return {
    orders: createOrderRepository(driver, dialect, now, enqueueEvent),
    outbox: createOutbox(driver, dialect, now),
    orderQueries: createOrderQueries(driver, dialect),
    cancels: createCancels(driver, dialect, now),
    reconciliationIssues: createReconciliationIssues(driver, dialect, now),
    pollSchedule: createPollSchedule(driver, dialect, now),
    cursors: createCursors(driver, dialect, now),
    revocations: createRevocations(driver, dialect, now),
    health: createHealth(database),
    retention: createRetention(driver, dialect),
  }
}
