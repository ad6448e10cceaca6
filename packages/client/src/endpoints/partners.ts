/**
 * Partners (하위 가맹점 영수증): shares of sub-merchants on a sales slip.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'

/** One sub-merchant's share of a sale (`PartnerReceiptsAnnotation`). */
export interface PartnerShare {
  /** With dashes. */
  readonly business_registration_number: string
  /** The name of the business. */
  readonly company_name: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** 0 by default. */
  readonly tax_free?: number
  /** An eleventh of the amount by default. */
  readonly vat_amount?: number
}

/** The sales slip with all shares (`PartnerReceiptResultAnnotation`). */
export interface PartnerReceipt {
  /** The URL of the sales slip. */
  readonly receipt_url?: string | null
}

/**
 * Adds the shares of sub-merchants to the sales slip of a payment (Inicis).
 *
 * @returns The slip; `refused` for a payment that is not paid or shares that exceed its amount,
 * `not_found` for an unknown payment; `outcome_unknown` with HTTP 501 where the PG does not
 * support it.
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
