import type { Change } from '../order/change.ts'
import type { Decision } from '../order/decide.ts'
import type { Order } from '../order/order.ts'
import type { VerifyFailure } from '../order/verify.ts'
import type { Payment } from '../payment/payment.ts'
import type { MerchantUid } from '../values/ids.ts'
import type { Result } from '../values/result.ts'

/** Why an operation of the store failed. */
export type StoreFailure =
  | { readonly reason: 'order_unknown'; readonly merchantUid: MerchantUid }
  | { readonly reason: 'store_unavailable'; readonly cause: unknown }

/** A payment that does not change the order it was offered for. */
export type Attempt = {
  /** The order it was offered for, as it was read; the payment's own order may be another. */
  readonly order: Order
  readonly payment: Payment
} & (
  | { readonly outcome: 'refused'; readonly reason: VerifyFailure['reason'] }
  | { readonly outcome: Exclude<Decision['kind'], 'become' | 'keep'> }
)

/**
 * The store of orders, to be implemented on the merchant's own database. Each operation is idempotent, because
 * its response may be lost and the operation repeated. An operation that fails returns `store_unavailable`.
 */
export interface OrderStore {
  /** Returns the order, or `order_unknown`. */
  find(merchantUid: MerchantUid): Promise<Result<Order, StoreFailure>>
  /**
   * Writes `applyChange(change)` if the order's sequence is still that of `change.order`, no other order has
   * this payment and the payment has no attempt `refunded`. Its effect, such as an event, is written in
   * the same transaction. Whether it was written or a concurrent writer was first, the order is read back and
   * returned.
   */
  record(change: Change): Promise<Result<Order, StoreFailure>>
  /**
   * Records a payment that does not change its order, once per payment and order; a refusal is replaced by any
   * other outcome. With the outcome `duplicate_paid` or `late_paid` the order's sequence is also raised by one and
   * the effect is written, in the same transaction. An outcome other than `refused` is valid for the order as it was
   * read: if its sequence has changed, nothing is recorded and the current order is returned. Null when the attempt
   * is recorded.
   */
  recordAttempt(attempt: Attempt): Promise<Result<Order | null, StoreFailure>>
}
