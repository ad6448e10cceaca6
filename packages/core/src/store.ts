import type { Change } from './change.ts'
import type { Decision } from './decide.ts'
import type { MerchantUid } from './ids.ts'
import type { Order } from './order.ts'
import type { Payment } from './payment.ts'
import type { Result } from './result.ts'
import type { VerifyFailure } from './verify.ts'

/** Why a store could not do what it was asked. */
export type StoreFailure =
  | { readonly reason: 'order_unknown'; readonly merchantUid: MerchantUid }
  | { readonly reason: 'store_unavailable'; readonly cause: unknown }

/** What became of one payment that does not move its order. */
export type Attempt = {
  /** The order it was offered for, as it was read; a foreign payment's own order may be another. */
  readonly order: Order
  readonly payment: Payment
} & (
  | { readonly outcome: 'refused'; readonly reason: VerifyFailure['reason'] }
  | { readonly outcome: Exclude<Decision['kind'], 'become' | 'keep'> }
)

/**
 * Where orders live. Each of its deeds may be repeated without harm, because the answer to the first may
 * have been lost.
 */
export interface OrderStore {
  /** The order, or `order_unknown`. */
  find(merchantUid: MerchantUid): Promise<Result<Order, StoreFailure>>
  /**
   * Moves the order as the change says, if its sequence is still that of `change.order`, no other order
   * holds this payment and the payment was not noted as given back, and writes the effect of the change in
   * the same transaction. Whether it moved or somebody else was faster, the order is read back and returned
   * as it then stands.
   */
  record(change: Change): Promise<Result<Order, StoreFailure>>
  /**
   * Keeps evidence of a payment that does not move its order: once per payment and order. Money that
   * arrived twice or late is news of the order, too: with that verdict, and in the same transaction, the
   * order's sequence rises by one and the effect is written. A verdict other than `refused` holds for the
   * order as it was read: once its sequence is another, nothing is kept and the order as it then stands is
   * returned. Null when the evidence is there.
   */
  recordAttempt(attempt: Attempt): Promise<Result<Order | null, StoreFailure>>
}
