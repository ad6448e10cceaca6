/**
 * Virtual accounts (가상계좌): issuing, changing and revoking them without a window.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../write-handling.ts'

/** A virtual account (가상계좌) to issue without a payment window. What else is needed depends on the PG. */
export interface IssueParams extends Buyer {
  readonly channel_key: string
  /** Your id of the order, up to 40 characters. */
  readonly merchant_uid: string
  readonly amount: number
  /** The PG's own bank code. */
  readonly vbank_code: string
  /** UNIX seconds: the last moment for the deposit. */
  readonly vbank_due: number
  /** The name on the account, up to 16 characters; demanded by some PGs, ignored by others. */
  readonly vbank_holder?: string
  /** A fixed account of yours (`smartro_v2`, `settle`). */
  readonly vbank_num?: string
  /** A fixed account of yours (`tosspayments`). */
  readonly vbank_key?: string
  readonly fixed_unlimited_vbank?: boolean
  readonly product_type?: 'real' | 'digital'
  readonly product_count?: number
  /** What is paid for, up to 40 characters. */
  readonly name?: string
  /** A business's number, ten digits. */
  readonly business_registration_number?: string
  readonly escrow_password?: string
  readonly tax_free?: number
  readonly vat_amount?: number
  /** Where this payment is announced. A list here, one text in `subscribe`: the provider's shape. */
  readonly notice_url?: readonly string[]
  readonly custom_data?: string
  /** Inicis: its INIApi key. */
  readonly pg_api_key?: string
}

/** A virtual account nobody has paid into, and what to change. */
export interface ChangeParams {
  readonly imp_uid: string
  readonly amount?: number
  /** UNIX seconds. */
  readonly vbank_due?: number
}

/** A virtual account nobody has paid into. */
export interface RevokeParams {
  readonly imp_uid: string
  /** Inicis: its INIApi key. */
  readonly pg_api_key?: string
}

/** A bank account anywhere. */
export interface HolderParams {
  readonly bank_code: string
  /** The number of the account, digits only. */
  readonly bank_num: string
}

/** Whose account it is (`VbankHolderAnnotation`). */
export interface AccountHolder {
  readonly bank_holder: string
}

/**
 * Issues a virtual account without a payment window.
 *
 * @returns A payment that is `ready`, with its account; `refused` in the PG's words.
 * @see POST /vbanks
 */
export const post: Endpoint<IssueParams, PaymentRecord> = {
  method: 'POST',
  path: '/vbanks',
  retry: 'never',
  query: ['pg_api_key'],
  body: [
    'channel_key',
    'merchant_uid',
    'amount',
    'vbank_code',
    'vbank_due',
    'vbank_holder',
    'vbank_num',
    'vbank_key',
    'fixed_unlimited_vbank',
    'product_type',
    'product_count',
    'name',
    ...buyerFields,
    'business_registration_number',
    'escrow_password',
    'tax_free',
    'vat_amount',
    'notice_url',
    'custom_data',
  ],
  required: ['channel_key', 'merchant_uid', 'amount', 'vbank_code', 'vbank_due'],
  positive: ['amount'],
  secret: ['pg_api_key', 'escrow_password'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Changes the amount or the deadline of a virtual account nobody has paid into (`settle` only).
 *
 * @returns The payment; `refused` when it is no open virtual account, `not_found` for an unknown
 * payment.
 * @see PUT /vbanks/{imp_uid}
 */
export const put: Endpoint<ChangeParams, PaymentRecord> = {
  method: 'PUT',
  path: '/vbanks/{imp_uid}',
  retry: 'never',
  body: ['amount', 'vbank_due'],
  oneOf: ['amount', 'vbank_due'],
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'payments.get' },
  writeHandling,
}

/**
 * Revokes a virtual account nobody has paid into.
 *
 * @returns The payment, `failed` now; `refused` when it is no open virtual account, `not_found`
 * for an unknown payment.
 * @see DELETE /vbanks/{imp_uid}
 */
export const remove: Endpoint<RevokeParams, PaymentRecord> = {
  method: 'DELETE',
  path: '/vbanks/{imp_uid}',
  retry: 'never',
  query: ['pg_api_key'],
  secret: ['pg_api_key'],
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'payments.get' },
  writeHandling,
}

/**
 * Asks whose bank account it is. The provider took it out of its description in 2025 and merchants
 * still call it.
 *
 * @returns The holder; `not_found` or `refused` for an account that does not exist.
 * @see GET /vbanks/holder
 */
export const holder: Endpoint<HolderParams, AccountHolder> = {
  method: 'GET',
  path: '/vbanks/holder',
  retry: 'read',
  query: ['bank_code', 'bank_num'],
  required: ['bank_code', 'bank_num'],
}
