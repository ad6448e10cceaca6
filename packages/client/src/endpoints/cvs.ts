/**
 * Convenience stores (편의점 결제): barcodes to be paid in a store.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** An order to be paid in a convenience store (편의점). */
export interface IssueParams extends Buyer {
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** Your id of the order, up to 40 characters. */
  readonly merchant_uid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** Registers this barcode instead of issuing one. */
  readonly barcode?: string
  /** UNIX seconds: the deadline of the payment. */
  readonly expired_at?: number
  /** The name of the order, up to 40 characters. */
  readonly name?: string
  /** The URL that is requested in the store before the buyer pays; any status but HTTP 200 refuses the payment. Without it every payment is allowed. */
  readonly confirm_url?: string
  /** The webhook URL of this payment, instead of the console's. */
  readonly notice_url?: readonly string[]
  /** Your own text, stored with the payment. */
  readonly custom_data?: string
}

/**
 * Issues or registers a barcode (Galaxia).
 *
 * @returns A payment that is `ready`; `refused` with the PG's message.
 * @see POST /cvs
 */
export const post: Endpoint<IssueParams, PaymentRecord> = {
  method: 'POST',
  path: '/cvs',
  retry: 'never',
  body: [
    'channel_key',
    'merchant_uid',
    'amount',
    'barcode',
    'expired_at',
    'name',
    ...buyerFields,
    'confirm_url',
    'notice_url',
    'custom_data',
  ],
  required: ['channel_key', 'merchant_uid', 'amount'],
  positive: ['amount'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Revokes an unpaid barcode.
 *
 * @returns The payment, now `failed`; `refused` when it was paid, `not_found` for an unknown
 * payment.
 * @see DELETE /cvs/{imp_uid}
 */
export const remove: Endpoint<{ readonly imp_uid: string }, PaymentRecord> = {
  method: 'DELETE',
  path: '/cvs/{imp_uid}',
  retry: 'never',
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'payments.get' },
  writeHandling,
}
