import type { Result, StoreFailure } from '@quayside/core'

/**
 * Deletes what nothing needs any more, in bounded steps, and returns how many rows were deleted. Accepted and unmatched
 * payments and reconciliation issues are evidence and stay; so does an event that did not arrive.
 */
export interface Retention {
  /** Deletes events that were delivered before an instant, the oldest first. */
  deleteDeliveredEvents(before: Date, most: number): Promise<Result<number, StoreFailure>>
  /** Deletes refusals that were recorded before an instant, the oldest first. */
  deleteRefusals(before: Date, most: number): Promise<Result<number, StoreFailure>>
}
