import type { MerchantUid, Result, StoreFailure } from '@quayside/core'

/** When the provider is asked about which open order. */
export interface PollSchedule {
  /**
   * Leases orders that are due, for 50 seconds, the longest overdue first.
   *
   * @param limit How many at most.
   */
  claim(limit: number): Promise<Result<readonly MerchantUid[], StoreFailure>>
  /** Plans the next poll of each order, or removes the order from the schedule. */
  plan(polls: readonly PlannedPoll[]): Promise<Result<null, StoreFailure>>
}

/** When one order is polled next. */
export interface PlannedPoll {
  /** The order that the provider is asked about. */
  readonly merchantUid: MerchantUid
  /** Null for never again. */
  readonly dueAt: Date | null
}
