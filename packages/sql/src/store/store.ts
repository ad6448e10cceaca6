import { type Sleep, type Store, sleepOnTimer } from '@quayside/server'
import type { Listener } from '../call-on-change.ts'
import type { Dialect } from '../dialect.ts'
import type { CheckedDatabase } from '../migrations.ts'
import type { OnChange } from '../order-change.ts'
import { createBacklog } from './backlog.ts'
import { createBillingKeys } from './billing-keys/billing-keys.ts'
import { createCancels } from './cancels.ts'
import { createCursors } from './cursors.ts'
import { createHealth } from './health.ts'
import { createIdentityVerifications } from './identity-verifications.ts'
import { createReconciliationIssues } from './issues/reconciliation-issues.ts'
import { createOrderHistories } from './orders/order-histories.ts'
import { createOrderQueries } from './orders/order-queries.ts'
import { createOrderRepository } from './orders/orders.ts'
import { createOutbox } from './outbox.ts'
import { createPaymentLinks } from './payment-links.ts'
import { createPollSchedule } from './poll-schedule.ts'
import { createRetention } from './retention.ts'
import { createRevocations } from './revocations.ts'
import { createSubscriptions } from './subscriptions/subscriptions.ts'

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

/** What a store needs beside its database, where a transaction can wait for the shop. */
export interface ListeningOptions<Connection> extends StoreOptions {
  /** Told of each change of an order in the transaction that writes it. By default nobody is. */
  readonly onChange?: OnChange<Connection>
  /** The timer that bounds `onChange`; the system's by default. */
  readonly sleep?: Sleep
}

export function toListener<Connection>({
  onChange,
  sleep = sleepOnTimer,
}: ListeningOptions<Connection>): Listener<Connection> | undefined {
  return onChange && { onChange, sleep }
}

export function createStore(
  database: CheckedDatabase,
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
    paymentLinks: createPaymentLinks(driver, dialect, now),
    health: createHealth(database),
    retention: createRetention(driver, dialect),
    backlog: createBacklog(driver, dialect, now),

    identityVerifications: createIdentityVerifications(driver, dialect, now, enqueueEvent),
    billingKeys: createBillingKeys(driver, dialect, now, enqueueEvent),
    orderHistories: createOrderHistories(driver, dialect),

    subscriptions: createSubscriptions(driver, dialect, now, enqueueEvent),
  }
}
