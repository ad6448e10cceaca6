/** What a PG wants to know of the buyer, in wire names. */
export interface BuyerDetails {
  /** The buyer's name. */
  readonly buyer_name?: string
  /** The buyer's email address. */
  readonly buyer_email?: string
  /** The buyer's telephone number. */
  readonly buyer_tel?: string
}
