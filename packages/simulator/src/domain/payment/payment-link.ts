/** A page on which one order can be paid; UNIX seconds. */
export interface PaymentLink {
  readonly id: string
  /** The shop's `payment_info`, with its own names. */
  readonly info: Readonly<Record<string, unknown>>
  readonly merchantUid: string
  readonly expiredAt: number
  readonly isDisabled: boolean
}
