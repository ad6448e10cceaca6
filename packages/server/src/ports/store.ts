import type { Backlog } from './backlog.ts'
import type { BillingKeys } from './billing-keys.ts'
import type { Cancels } from './cancels.ts'
import type { Cursors } from './cursors.ts'
import type { Health } from './health.ts'
import type { IdentityVerifications } from './identity-verifications.ts'
import type { OrderHistories } from './order-histories.ts'
import type { OrderQueries } from './order-queries.ts'
import type { OrderRepository } from './orders.ts'
import type { Outbox } from './outbox.ts'
import type { PaymentLinks } from './payment-links.ts'
import type { PollSchedule } from './poll-schedule.ts'
import type { ReconciliationIssues } from './reconciliation-issues.ts'
import type { Retention } from './retention.ts'
import type { Revocations } from './revocations.ts'
import type { Subscriptions } from './subscriptions.ts'

/**
 * Everything that the server stores, on any database. Each call of each port is one transaction, and fails with
 * `store_unavailable` when its outcome is not known. Calls that write may be repeated without harm. Calls that
 * claim, open or acquire must not be repeated when their response is lost.
 */
export interface Store {
  /** Orders: created, changed by decisions, closed. */
  readonly orders: OrderRepository
  /** Events: claimed, settled, replayed. */
  readonly outbox: Outbox
  /** What routes and jobs read of orders. */
  readonly orderQueries: OrderQueries
  /** Refunds: written before they are requested from the provider. */
  readonly cancels: Cancels
  /** Payments that disagree with the orders. */
  readonly reconciliationIssues: ReconciliationIssues
  /** Payment links at the provider. */
  readonly paymentLinks: PaymentLinks
  /** When the provider is asked about an open order. */
  readonly pollSchedule: PollSchedule
  /** Up to where jobs have read the provider's lists. */
  readonly cursors: Cursors
  /** Virtual accounts that must receive no deposit any more. */
  readonly revocations: Revocations
  /** Whether the database responds. */
  readonly health: Health
  /** What is deleted when its time is over. */
  readonly retention: Retention
  /** How much waits, for metrics. */
  readonly backlog: Backlog

  /** Identity verifications, as digests. */
  readonly identityVerifications: IdentityVerifications
  /** Registrations of means of payment. */
  readonly billingKeys: BillingKeys
  /** What happened to one order. */
  readonly orderHistories: OrderHistories

  /** Subscriptions and their attempts. */
  readonly subscriptions: Subscriptions
}
