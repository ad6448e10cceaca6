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
  readonly orders: OrderRepository
  readonly outbox: Outbox
  readonly orderQueries: OrderQueries
  readonly cancels: Cancels
  readonly reconciliationIssues: ReconciliationIssues
  readonly paymentLinks: PaymentLinks
  readonly pollSchedule: PollSchedule
  readonly cursors: Cursors
  readonly revocations: Revocations
  readonly health: Health
  readonly retention: Retention
  readonly backlog: Backlog

  readonly identityVerifications: IdentityVerifications
  readonly billingKeys: BillingKeys
  readonly orderHistories: OrderHistories

  readonly subscriptions: Subscriptions
}
