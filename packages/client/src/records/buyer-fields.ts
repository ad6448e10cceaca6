/** The buyer, as far as the PG requires; the lengths are the provider's limits. */
export interface Buyer {
  /** The buyer's name, up to 16 characters. */
  readonly buyer_name?: string
  /** The buyer's mail address, up to 64 characters. */
  readonly buyer_email?: string
  /** The buyer's telephone number, up to 16 characters. */
  readonly buyer_tel?: string
  /** The buyer's postal address, up to 128 characters. */
  readonly buyer_addr?: string
  /** The buyer's postal code, up to 8 characters. */
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
