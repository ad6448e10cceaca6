import type { MerchantUid } from '@quayside/core'

/** Why a payment link is closed: at the merchant's request, because its order can be paid no more, or by its time. */
export type LinkOutcome = 'closed_by_merchant' | 'order_closed' | 'expired'

/** A payment link that was created at the provider for an order. */
export interface NewPaymentLink {
  /** The provider's id: the last segment of the address. */
  readonly id: string
  /** The order that it pays. */
  readonly merchantUid: MerchantUid
  /** The address of the payment page. */
  readonly url: string
  /** From when on the provider opens it no more. */
  readonly expiresAt: Date
}

/** A payment link with what is known about it. */
export interface PaymentLink extends NewPaymentLink {
  /** When it was created at the provider. */
  readonly createdAt: Date
  /** When it was closed, or found expired; null while it is open. */
  readonly closedAt: Date | null
  /** Null while it is open. */
  readonly outcome: LinkOutcome | null
}
