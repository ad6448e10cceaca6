import type { ImpUid, MerchantUid, Money } from '@quayside/core'

/** A cancel that is about to be asked for. */
export interface CancelIntent {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  /** What remains before it: its checksum. */
  readonly balance: Money
  readonly amount: Money
  readonly askedBy: 'merchant' | 'policy'
}

/**
 * - `requested`: the intent is written; the provider may have been asked, and some finish later;
 * - `unknown`: it was asked, and nobody can tell whether it took place;
 * - `confirmed`: the record shows it; `refused`: it did not take place.
 */
export type CancelState = 'requested' | 'unknown' | 'confirmed' | 'refused'

export interface Cancel extends CancelIntent {
  readonly state: CancelState
  /** Why it was refused, or what it waits for. The provider's own words may be among it. */
  readonly detail: string | null
  readonly requestedAt: Date
  readonly settledAt: Date | null
}
