import type { Cancels } from './cancels.ts'
import type { Cursors } from './cursors.ts'
import type { OrderQueries } from './order-queries.ts'
import type { OrderRepository } from './orders.ts'
import type { Outbox } from './outbox.ts'
import type { PollSchedule } from './poll-schedule.ts'
import type { ReconciliationIssues } from './reconciliation-issues.ts'
import type { Revocations } from './revocations.ts'

/** Everything the server keeps. Each call of each of them is one transaction and may be repeated. */
export interface Store {
  readonly orders: OrderRepository
  readonly outbox: Outbox
  readonly orderQueries: OrderQueries
  readonly cancels: Cancels
  readonly reconciliationIssues: ReconciliationIssues
  readonly pollSchedule: PollSchedule
  readonly cursors: Cursors
  readonly revocations: Revocations
}
