/**
 * Cash receipts (현금영수증): of payments, and of sales outside the provider.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { OpenEnum } from '../values/open-enum.ts'

/** The recipient of a cash receipt (현금영수증). */
export interface ReceiptTerms {
  /** A telephone, business, resident or tax card number. It never appears in a failure. */
  readonly identifier: string
  /** The kind of number in `identifier`. */
  readonly identifier_type?: 'person' | 'business' | 'phone' | 'taxcard'
  /** Income deduction (소득공제) or proof of expense (지출증빙); `person` by default. */
  readonly type?: 'person' | 'company'
  /** Physical (`real`) or digital goods. */
  readonly product_type?: 'real' | 'digital'
  /** The buyer's name. */
  readonly buyer_name?: string
  /** The buyer's email address. */
  readonly buyer_email?: string
  /** The buyer's telephone number. */
  readonly buyer_tel?: string
  /** The tax-free part. */
  readonly tax_free?: number
  /** The VAT part. */
  readonly vat_amount?: number
  /** Your business number, if you have several at the PG. */
  readonly corp_reg_no?: string
}

/** A payment without a card, and the recipient of its receipt. The amount is the remaining amount of the payment. */
export interface IssueParams extends ReceiptTerms {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** The telephone number of the business. */
  readonly company_tel?: string
  /** The name of the business. */
  readonly company_name?: string
  /** @deprecated Use `vat_amount`. */
  readonly vat?: number
}

/** A sale outside the provider, and the recipient of its receipt. */
export interface ExternalIssueParams extends ReceiptTerms {
  /** Your id of the order. */
  readonly merchant_uid: string
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** The name of the goods. */
  readonly name: string
  /** Won. */
  readonly amount: number
  /** The payment method. */
  readonly pay_method?: 'trans' | 'vbank'
}

/** What every cash receipt has, whatever was sold. */
export interface IssuedReceipt {
  /** The PG's id of the receipt. */
  readonly receipt_tid?: string | null
  /** The approval number of the tax office. */
  readonly apply_num: string
  /** Income deduction (소득공제) or proof of expense (지출증빙). */
  readonly type: OpenEnum<'person' | 'company'>
  /** Won. */
  readonly amount: number
  /** Won. */
  readonly vat: number
  /** The receipt as a page, for the buyer; null or absent where the PG has none. */
  readonly receipt_url?: string | null
  /** UNIX seconds. */
  readonly applied_at: number
  /** UNIX seconds; 0, null or absent when not cancelled. */
  readonly cancelled_at?: number | null
}

/** The cash receipt of a payment (`ReceiptAnnotation`). */
export interface Receipt extends IssuedReceipt {
  /** The provider's id of the payment. */
  readonly imp_uid: string
}

/** The cash receipt of a sale outside the provider (`ExternalReceiptAnnotation`). */
export interface ExternalReceipt extends IssuedReceipt {
  /** Your id of the order. */
  readonly merchant_uid: string
}

const terms = [
  'identifier',
  'identifier_type',
  'type',
  'product_type',
  'buyer_name',
  'buyer_email',
  'buyer_tel',
  'tax_free',
  'vat_amount',
  'corp_reg_no',
] as const satisfies readonly (keyof ReceiptTerms)[]

/**
 * Reads the cash receipt of a payment.
 *
 * @returns The receipt; `not_found`, or `refused` with some PGs, when none was issued.
 * @see GET /receipts/{imp_uid}
 */
export const get: Endpoint<{ readonly imp_uid: string }, Receipt> = {
  method: 'GET',
  path: '/receipts/{imp_uid}',
  retry: 'read',
  echoes: ['imp_uid'],
}

/**
 * Issues the cash receipt of a paid bank transfer or virtual account.
 *
 * @returns The receipt; `refused` when the payment is not paid or has a receipt;
 * `outcome_unknown` with HTTP 501 where the PG does not support it.
 * @see POST /receipts/{imp_uid}
 */
export const post: Endpoint<IssueParams, Receipt> = {
  method: 'POST',
  path: '/receipts/{imp_uid}',
  retry: 'never',
  body: [...terms, 'company_tel', 'company_name', 'vat'],
  required: ['identifier'],
  secret: ['identifier'],
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'receipts.get' },
  writeHandling,
}

/**
 * Cancels the cash receipt of a payment.
 *
 * @returns The receipt with its `cancelled_at`; `refused` when none was issued.
 * @see DELETE /receipts/{imp_uid}
 */
export const remove: Endpoint<{ readonly imp_uid: string }, Receipt> = {
  method: 'DELETE',
  path: '/receipts/{imp_uid}',
  retry: 'never',
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'receipts.get' },
  writeHandling,
}

/**
 * Reads the cash receipt of a sale outside the provider.
 *
 * @returns The receipt; `not_found` when none was issued.
 * @see GET /receipts/external/{merchant_uid}
 */
export const getExternal: Endpoint<{ readonly merchant_uid: string }, ExternalReceipt> = {
  method: 'GET',
  path: '/receipts/external/{merchant_uid}',
  retry: 'read',
  echoes: ['merchant_uid'],
}

/**
 * Issues the cash receipt of a sale outside the provider.
 *
 * @returns The receipt; `refused` when the order has one; `outcome_unknown` with HTTP 501 where
 * the PG does not support it.
 * @see POST /receipts/external/{merchant_uid}
 */
export const postExternal: Endpoint<ExternalIssueParams, ExternalReceipt> = {
  method: 'POST',
  path: '/receipts/external/{merchant_uid}',
  retry: 'never',
  body: [...terms, 'channel_key', 'name', 'amount', 'pay_method'],
  required: ['channel_key', 'name', 'amount', 'identifier'],
  positive: ['amount'],
  secret: ['identifier'],
  echoes: ['merchant_uid'],
  lookup: { merchant_uid: 'receipts.getExternal' },
  writeHandling,
}

/**
 * Cancels the cash receipt of a sale outside the provider.
 *
 * @returns The receipt with its `cancelled_at`; `not_found` or `refused` when none was issued.
 * @see DELETE /receipts/external/{merchant_uid}
 */
export const removeExternal: Endpoint<{ readonly merchant_uid: string }, ExternalReceipt> = {
  method: 'DELETE',
  path: '/receipts/external/{merchant_uid}',
  retry: 'never',
  echoes: ['merchant_uid'],
  lookup: { merchant_uid: 'receipts.getExternal' },
  writeHandling,
}
