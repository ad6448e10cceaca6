import type { MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { Cancel, CancelIntent, CancelState } from '../domain/cancel.ts'

/** The cancels that were requested from the provider, by the merchant or by a policy. One per payment and balance. */
export interface Cancels {
  /**
   * Writes the intent before the provider is asked. An intent of the same payment and balance that was
   * refused is replaced. Must not be repeated when its response is lost: the second call would find the first intent.
   *
   * @param intent The cancel that is about to be sent.
   * @returns False when another cancel of the same balance is open or took place: the provider must not be
   * asked before the payment was read again. Fails with `store_unavailable`.
   */
  open(intent: CancelIntent): Promise<Result<boolean, StoreFailure>>
  /**
   * Records what is known about a cancel. A confirmed one stays confirmed. An open one (`requested`, `unknown`)
   * is due again after the lease, or after a quarter of its age when that is longer.
   *
   * @param intent The payment and the balance of the cancel.
   * @param state What is known.
   * @param detail Why it was refused, or what it waits for; null without a reason.
   */
  settle(
    intent: Pick<CancelIntent, 'impUid' | 'balance'>,
    state: CancelState,
    detail: string | null,
  ): Promise<Result<null, StoreFailure>>
  /**
   * Leases open cancels that are due, so that no other caller gets them for 50 seconds.
   *
   * @param limit How many at most.
   */
  claim(limit: number): Promise<Result<readonly Cancel[], StoreFailure>>
  /** Returns the cancels of an order, oldest first, at most 100; an empty list for an unknown order. */
  ofOrder(merchantUid: MerchantUid): Promise<Result<readonly Cancel[], StoreFailure>>
}
