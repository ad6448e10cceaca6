import type { Cancels } from './cancels.ts'
import type { Marks } from './cursors.ts'
import type { Bulk } from './order-queries.ts'
import type { Looks } from './poll-schedule.ts'
import type { Exceptions } from './reconciliation-issues.ts'
import type { Revocations } from './revocations.ts'

/** What is kept beside the orders: for cancels, and for repair. */
export interface Books {
  readonly bulk: Bulk
  readonly cancels: Cancels
  readonly exceptions: Exceptions
  readonly looks: Looks
  readonly marks: Marks
  readonly revocations: Revocations
}
