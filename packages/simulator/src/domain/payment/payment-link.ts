/** A page on which somebody can pay one order; UNIX seconds. */
export interface PaymentLink {
  readonly id: string
  /** What the shop gave as `payment_info`, its names untouched. */
  readonly info: Readonly<Record<string, unknown>>
  readonly merchantUid: string
  readonly expiredAt: number
  readonly isDisabled: boolean
}
