import type { ImpUid, MerchantUid, PaymentStatus, Result, StoreFailure } from '@quayside/core'
import type { OrderPage, OrderPosition, OrderSelection } from '../domain/order-selection.ts'
import type { StoredOrder } from '../domain/stored-order.ts'

/** How many rows {@link OrderQueries.paidBetween} returns at most. A shorter page is the last one. */
export const maxRowsPerRead = 1_000

/** How many orders {@link OrderQueries.list} looks at for each one that it may return, where it asks for a status. */
export const maxScannedPerOrder = 10

/** Reads of many orders at once, for jobs and lists. All of them fail with `store_unavailable`. */
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
  /**
   * Returns a page of a list. An order that does not change meanwhile is on exactly one page, however many are created.
   * A page looks at no more than {@link maxScannedPerOrder} orders for each one it may return, so that a status that few
   * orders have costs no more than another one.
   *
   * @param selection Which orders, and in which order.
   * @param after The `next` of the page before; null for the first page.
   * @param count How many orders at most.
   */
  list(
    selection: OrderSelection,
    after: OrderPosition | null,
    count: number,
  ): Promise<Result<OrderPage, StoreFailure>>
}

/** A payment and the order that it names. */
export type PaymentOfOrder = Pick<UnacceptedAttempt, 'impUid' | 'merchantUid'>

/** A payment that was offered for an order and not accepted. */
export interface UnacceptedAttempt {
  /** The payment that was offered. */
  readonly impUid: ImpUid
  /** The order that it names. */
  readonly merchantUid: MerchantUid
  /** The status of the payment's record then. */
  readonly paymentStatus: PaymentStatus
}
