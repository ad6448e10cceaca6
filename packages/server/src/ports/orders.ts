import type {
  EscrowChange,
  ExpectedOrder,
  ImpUid,
  MerchantUid,
  Order,
  OrderStore,
  Result,
  StoreFailure,
} from '@quayside/core'
import type { NaverProducts } from '../domain/naver-product.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import type { TaxShares } from '../domain/tax-shares.ts'

/** More than one payment in escrow goes through, with corrections. */
export const maxEscrowEvents = 20

/**
 * The orders: core's `OrderStore` and what the merchant API needs beyond it. Every change of an order writes
 * its event to the outbox in the same transaction, and `record` the revocations of the other accounts of an order that a
 * payment has paid. An order that gets an account and is polled no more is polled again 30 seconds later.
 *
 * One verdict of a payment may replace another: a refusal gives way to every other one, and `accepted` to an unmatched
 * payment, and to a refusal when that payment has money and is not the one that the order was paid by.
 */
export interface OrderRepository extends OrderStore {
  /** Returns the order with the other columns of its row. Fails with `order_unknown` or `store_unavailable`. */
  read(merchantUid: MerchantUid): Promise<Result<StoredOrder, StoreFailure>>
  /**
   * Creates the order unless it exists, with the time of creation, and plans its first poll 30 seconds later.
   *
   * @param expected What the merchant expects to be paid.
   * @param name What the merchant calls the order; null without a name.
   * @param shares Which parts of the amount are taxed in their own way; none by default.
   * @param naverProducts The product lines for Naver Pay; none by default.
   * @returns The order that exists then: an order with other values is returned as it is.
   */
  create(
    expected: ExpectedOrder,
    name: string | null,
    shares?: TaxShares,
    naverProducts?: NaverProducts | null,
  ): Promise<Result<CreatedOrder, StoreFailure>>
  /** Records that the amount is registered with the provider. */
  markPrepared(merchantUid: MerchantUid): Promise<Result<null, StoreFailure>>
  /**
   * Cancels an unpaid order, unless it changed since it was read, and writes the revocations of its accounts.
   *
   * @param order The order as it was read.
   * @param accounts The payments whose virtual accounts must receive no deposit any more.
   * @returns The order as it is then: not closed when it had changed.
   */
  close(order: Order, accounts: readonly ImpUid[]): Promise<Result<Order, StoreFailure>>
  /**
   * Expires an order whose virtual accounts received no deposit in time, unless it changed since it was read.
   * Writes the revocations of its open accounts, except where the order's policy `late` is `deliver`.
   *
   * @param order The order as it was read.
   * @returns The order as it is then.
   */
  expire(order: Order): Promise<Result<Order, StoreFailure>>
  /**
   * Writes the event of what became of a payment in escrow and raises the sequence of its order, unless the order changed
   * since it was read, has this event, or has {@link maxEscrowEvents} of them. An event is known until its retention is over.
   *
   * @param order The order as it was read.
   * @returns The order as it is then. When nothing was written and its sequence is another one, it had changed.
   */
  recordEscrowChange(
    order: Order,
    change: EscrowChange,
  ): Promise<Result<RecordedEscrowChange, StoreFailure>>
}

/** An order, and whether this call has recorded something of it. */
export interface RecordedEscrowChange {
  /** False when the same change was recorded before. */
  readonly isNew: boolean
  /** The order after it. */
  readonly order: Order
}

/** An order and whether this call created it. */
export interface CreatedOrder extends StoredOrder {
  /** False when the order existed, with whatever values. */
  readonly isNew: boolean
}
