import type { MerchantUid, Result, StoreFailure } from '@quayside/core'

/** When the provider is to be asked about which open order. */
export interface Looks {
  /** Orders that are due, the longest overdue first. Nobody else gets them until the lease ends. */
  claim(most: number): Promise<Result<readonly MerchantUid[], StoreFailure>>
  /** Says when each is due next; null: never again. */
  plan(looks: readonly Look[]): Promise<Result<null, StoreFailure>>
}

export interface Look {
  readonly merchantUid: MerchantUid
  readonly dueAt: Date | null
}
