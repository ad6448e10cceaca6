import type { Cancels } from './cancels.ts'
import type { Marks } from './cursors.ts'
import type { Bulk } from './order-queries.ts'
import type { D1Store } from './orders.ts'
import type { Outbox } from './outbox.ts'
import type { Looks } from './poll-schedule.ts'
import type { Exceptions } from './reconciliation-issues.ts'
import type { Revocations } from './revocations.ts'

/** Everything the server keeps. Each call of each of them is one transaction and may be repeated. */
export interface Store {
  readonly orders: D1Store
  readonly outbox: Outbox
  readonly bulk: Bulk
  readonly cancels: Cancels
  readonly exceptions: Exceptions
  readonly looks: Looks
  readonly marks: Marks
  readonly revocations: Revocations
}
