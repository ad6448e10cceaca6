/**
 * A card as its holder types it. Whoever sends it handles card data (PCI DSS).
 *
 * None of it ever appears in a failure.
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
  /** Paymentwall asks for it. */
  readonly cvc?: string
}

/** The fields of {@link Card}, as a body sends them and as a failure hides them. */
export const cardFields = [
  'card_number',
  'expiry',
  'birth',
  'pwd_2digit',
  'cvc',
] as const satisfies readonly (keyof Card)[]
