/** A barcode that stands for a payment. */
export interface Barcode {
  readonly number: string
  /** UNIX seconds; null when it never runs out. */
  readonly expiresAt: number | null
}
