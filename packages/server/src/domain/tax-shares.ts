import type { Money } from '@quayside/core'

/**
 * The parts of an amount that are taxed in their own way. The provider's record does not return them, so whoever refunds
 * has to remember them. 0 is a value of its own: some PGs take a missing part for everything.
 */
export interface TaxShares {
  /** The tax-free part (면세 금액); null where it was not named. */
  readonly taxFree: Money | null
  /** The VAT (부가세) in what remains; null where it was not named. */
  readonly vat: Money | null
}

/** No part was named. */
export const noShares: TaxShares = { taxFree: null, vat: null }
