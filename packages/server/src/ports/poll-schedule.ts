import type { MerchantUid, Result, StoreFailure } from '@quayside/core'

/** When the provider is to be asked about which open order. */
export interface PollSchedule {
  /** Orders that are due, the longest overdue first. Nobody else gets them until the lease ends. */
  claim(limit: number): Promise<Result<readonly MerchantUid[], StoreFailure>>
  /** Says when each is due next; null: never again. */
  plan(polls: readonly PlannedPoll[]): Promise<Result<null, StoreFailure>>
}

export interface PlannedPoll {
  readonly merchantUid: MerchantUid
  readonly dueAt: Date | null
}
