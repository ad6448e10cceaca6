/** The barcode of a payment at a convenience store. */
export interface Barcode {
  readonly number: string
  /** UNIX seconds; null when it never expires. */
  readonly expiresAt: number | null
}
