import type { ImpUid, MerchantUid, Money } from '@quayside/core'
import type { TaxShares } from './tax-shares.ts'

/** A cancel that is about to be requested from the provider. */
export interface CancelIntent {
  /** The payment that is refunded. */
  readonly impUid: ImpUid
  /** The order of the payment. */
  readonly merchantUid: MerchantUid
  /** What remains of the payment before the cancel; sent as the provider's `checksum`. */
  readonly balance: Money
  /** How much is refunded: the balance, or a part of it. */
  readonly amount: Money
  /** Who requested it: the merchant by the API, or the order's policy. */
  readonly askedBy: 'merchant' | 'policy'
  /** The tax shares that are sent with it; none by default. */
  readonly shares?: TaxShares
}

/**
 * What is known about a cancel or a revocation:
 * - `requested`: the intent is written, and the provider may have been asked; some providers finish later;
 * - `unknown`: the provider was asked, and it is not known yet whether it took place;
 * - `confirmed`: the payment's record shows it;
 * - `refused`: it did not take place.
 */
export type CancelState = 'requested' | 'unknown' | 'confirmed' | 'refused'

/** A cancel with what is known about it. */
export interface Cancel extends CancelIntent {
  /** The tax shares that were sent with it. */
  readonly shares: TaxShares
  /** What is known about it. */
  readonly state: CancelState
  /** Why it was refused, or what it waits for; may contain the provider's message. Null without a reason. */
  readonly detail: string | null
  /** When it was written, before the provider was asked. */
  readonly requestedAt: Date
  /** When it was confirmed or refused; null while it is open. */
  readonly settledAt: Date | null
}
