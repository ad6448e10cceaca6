/** The buyer, as far as the PG asks; lengths are the provider's limits. */
export interface Buyer {
  /** Up to 16 characters. */
  readonly buyer_name?: string
  /** Up to 64 characters. */
  readonly buyer_email?: string
  /** Up to 16 characters. */
  readonly buyer_tel?: string
  /** Up to 128 characters. */
  readonly buyer_addr?: string
  /** Up to 8 characters. */
  readonly buyer_postcode?: string
}

/** The fields of {@link Buyer}, as a body sends them. */
export const buyerFields = [
  'buyer_name',
  'buyer_email',
  'buyer_tel',
  'buyer_addr',
  'buyer_postcode',
] as const satisfies readonly (keyof Buyer)[]
