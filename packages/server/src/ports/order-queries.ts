import type { ImpUid, MerchantUid, PaymentStatus, Result, StoreFailure } from '@quayside/core'
import type { StoredOrder } from '../domain/stored-order.ts'

/** How many rows {@link OrderQueries.paidBetween} returns at most. A shorter page is the last one. */
export const maxRowsPerRead = 1_000

/** Reads of many orders at once, for jobs. All of them fail with `store_unavailable`. */
export interface OrderQueries {
  /** Returns the orders with these ids, in any order; unknown ids are left out. */
  orders(ids: readonly MerchantUid[]): Promise<Result<readonly StoredOrder[], StoreFailure>>
  /** Returns what was recorded of these payments for their orders and not accepted: refused or unmatched. */
  unacceptedAttempts(
    payments: readonly PaymentOfOrder[],
  ): Promise<Result<readonly UnacceptedAttempt[], StoreFailure>>
  /**
   * Returns a page of the orders that are `paid` or `partially_cancelled` and were paid in a span of time, by the
   * time of payment, then by id.
   *
   * @param from The start, inclusive; for a further page when the last order of the page before was paid.
   * @param to The end, exclusive.
   * @param after The id of the last order of the page before; empty for the first page.
   */
  paidBetween(
    from: Date,
    to: Date,
    after: string,
  ): Promise<Result<readonly StoredOrder[], StoreFailure>>
}

/** A payment and the order that it names. */
export type PaymentOfOrder = Pick<UnacceptedAttempt, 'impUid' | 'merchantUid'>

/** A payment that was offered for an order and not accepted. */
export interface UnacceptedAttempt {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  /** The status of the payment's record then. */
  readonly paymentStatus: PaymentStatus
}
