import type { Cancels } from './cancels.ts'
import type { Cursors } from './cursors.ts'
import type { Health } from './health.ts'
import type { OrderQueries } from './order-queries.ts'
import type { OrderRepository } from './orders.ts'
import type { Outbox } from './outbox.ts'
import type { PollSchedule } from './poll-schedule.ts'
import type { ReconciliationIssues } from './reconciliation-issues.ts'
import type { Retention } from './retention.ts'
import type { Revocations } from './revocations.ts'

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
  readonly pollSchedule: PollSchedule
  readonly cursors: Cursors
  readonly revocations: Revocations
  readonly health: Health
  readonly retention: Retention
}
