import type { Buyer } from './payment.ts'

/** An order a merchant's server charges, independent of the payment method. */
export interface Order {
  readonly merchantUid: string
  readonly amountMinor: number
  readonly currency: string
  readonly name: string
  readonly buyer: Buyer
  readonly customData: string | null
  /** As given: one URL, a list, or nothing. */
  readonly noticeUrl: unknown
  /** Months of instalment; 0 pays at once. */
  readonly quota: number
  readonly promotionId: string | null
}
