import type { Change } from './change.ts'
import type { ImpUid, MerchantUid } from './ids.ts'
import type { Order } from './order.ts'
import type { Payment } from './payment.ts'
import type { Result } from './result.ts'
import type { VerifyFailure } from './verify.ts'

/** Why a store could not do what it was asked. */
export type StoreFailure =
  | { readonly reason: 'order_unknown'; readonly merchantUid: MerchantUid }
  | { readonly reason: 'store_unavailable'; readonly cause: unknown }

/** What became of one payment that does not move its order. */
export interface Attempt {
  readonly impUid: ImpUid
  /** The order it was offered for; a foreign payment's own order may be another. */
  readonly merchantUid: MerchantUid
  readonly verdict: 'refused' | 'duplicate_paid' | 'late_paid'
  /** Why it was refused; null for the other verdicts. */
  readonly reason: VerifyFailure['reason'] | null
  readonly payment: Payment
}

/**
 * Where orders live. Each of its deeds may be repeated without harm, because the answer to the first may
 * have been lost.
 */
export interface OrderStore {
  /** The order, or `order_unknown`. */
  find(merchantUid: MerchantUid): Promise<Result<Order, StoreFailure>>
  /**
   * Moves the order as the change says, if its sequence is still that of `change.order` and no other order
   * holds this payment, and writes the effect of the change in the same transaction. Whether it moved or
   * somebody else was faster, the order is read back and returned as it then stands.
   */
  record(change: Change): Promise<Result<Order, StoreFailure>>
  /**
   * Keeps evidence of a payment that does not move its order: once per payment and order. Money that
   * arrived twice or late is news of the order, too: with that verdict, and in the same transaction, the
   * order's sequence rises by one and the effect is written.
   */
  note(attempt: Attempt): Promise<Result<null, StoreFailure>>
}
