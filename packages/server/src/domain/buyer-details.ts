/** What a PG wants to know of the buyer, in wire names. */
export interface BuyerDetails {
  readonly buyer_name?: string
  readonly buyer_email?: string
  readonly buyer_tel?: string
}
