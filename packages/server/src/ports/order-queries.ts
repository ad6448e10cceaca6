import type { ImpUid, MerchantUid, PaymentStatus, Result, StoreFailure } from '@quayside/core'
import type { StoredOrder } from '../domain/stored-order.ts'

/** How many rows one read gives at most. */
export const maxRowsPerRead = 1_000

/** Reads of many rows at once, for repair. */
export interface OrderQueries {
  orders(ids: readonly MerchantUid[]): Promise<Result<readonly StoredOrder[], StoreFailure>>
  /** What was noted of payments: refusals, and money that came twice or late. */
  unacceptedAttempts(
    ids: readonly ImpUid[],
  ): Promise<Result<readonly UnacceptedAttempt[], StoreFailure>>
  /** Orders that say they were paid in a time, in the order of their ids, after one of them. */
  paidBetween(
    from: Date,
    to: Date,
    after: string,
  ): Promise<Result<readonly StoredOrder[], StoreFailure>>
}

export interface UnacceptedAttempt {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  readonly paymentStatus: PaymentStatus
}
