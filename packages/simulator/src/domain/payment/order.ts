import type { Buyer } from './payment.ts'

/** What a merchant's server asks to be paid, without saying by what means. */
export interface Order {
  readonly merchantUid: string
  readonly amountMinor: number
  readonly currency: string
  readonly name: string
  readonly buyer: Buyer
  readonly customData: string | null
  /** As given: one address, a list, or nothing. */
  readonly noticeUrl: unknown
  /** Months of instalment; 0 pays at once. */
  readonly quota: number
  readonly promotionId: string | null
}
