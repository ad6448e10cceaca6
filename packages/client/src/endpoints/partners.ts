/**
 * Partners (하위 가맹점 영수증): parts of sub-merchants on a sales slip.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import { writeHandling } from '../write-handling.ts'

/** One sub-merchant's part of a sale (`PartnerReceiptsAnnotation`). */
export interface PartnerShare {
  /** With dashes. */
  readonly business_registration_number: string
  readonly company_name: string
  readonly amount: number
  /** 0 when left out. */
  readonly tax_free?: number
  /** An eleventh of the amount when left out. */
  readonly vat_amount?: number
}

/** The sales slip with all parts (`PartnerReceiptResultAnnotation`). */
export interface PartnerReceipt {
  readonly receipt_url?: string | null
}

/**
 * Writes the parts of sub-merchants on the sales slip of a payment (Inicis).
 *
 * @returns The slip; `refused` for a payment that is not paid or shares that do not fit,
 * `not_found` for an unknown payment; `outcome_unknown` with HTTP 501 where the PG has no such
 * slip.
 * @see POST /partners/receipts/{imp_uid}
 */
export const receipts: Endpoint<
  { readonly imp_uid: string; readonly data: readonly PartnerShare[] },
  PartnerReceipt
> = {
  method: 'POST',
  path: '/partners/receipts/{imp_uid}',
  retry: 'never',
  body: ['data'],
  required: ['data'],
  writeHandling,
}
