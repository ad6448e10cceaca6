/**
 * The data of a card. Code that sends it handles card data (PCI DSS).
 *
 * None of it appears in a failure.
 */
export interface Card {
  /** `dddd-dddd-dddd-dddd`. */
  readonly card_number: string
  /** `YYYY-MM`. */
  readonly expiry: string
  /** `YYMMDD`, or the ten digits of a business. */
  readonly birth?: string
  /** The first two digits of the card's password. */
  readonly pwd_2digit?: string
  /** Required by Paymentwall. */
  readonly cvc?: string
}

/** The fields of {@link Card}: sent in a body, redacted in a failure. */
export const cardFields = [
  'card_number',
  'expiry',
  'birth',
  'pwd_2digit',
  'cvc',
] as const satisfies readonly (keyof Card)[]
