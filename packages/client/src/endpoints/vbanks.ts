/**
 * Virtual accounts (가상계좌): issuing, changing and revoking them without a payment window.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** A virtual account (가상계좌) to issue without a payment window. Further required fields depend on the PG. */
export interface IssueParams extends Buyer {
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** Your id of the order, up to 40 characters. */
  readonly merchant_uid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** The PG's own bank code. */
  readonly vbank_code: string
  /** UNIX seconds: the deadline of the deposit. */
  readonly vbank_due: number
  /** The name on the account, up to 16 characters; required by some PGs, ignored by others. */
  readonly vbank_holder?: string
  /** Your fixed account (`smartro_v2`, `settle`). */
  readonly vbank_num?: string
  /** Your fixed account (`tosspayments`). */
  readonly vbank_key?: string
  /** True for a fixed account with any number of deposits (무제한). */
  readonly fixed_unlimited_vbank?: boolean
  /** Physical (`real`) or digital goods. */
  readonly product_type?: 'real' | 'digital'
  /** The number of pieces. */
  readonly product_count?: number
  /** The name of the order, up to 40 characters. */
  readonly name?: string
  /** The business registration number, ten digits. */
  readonly business_registration_number?: string
  /** The buyer's password for escrow. */
  readonly escrow_password?: string
  /** The tax-free part. */
  readonly tax_free?: number
  /** The VAT part. */
  readonly vat_amount?: number
  /** The webhook URLs of this payment. A list here, but a text in `subscribe`, as the provider defines it. */
  readonly notice_url?: readonly string[]
  /** Your own text, stored with the payment. */
  readonly custom_data?: string
  /** Inicis: its INIApi key. */
  readonly pg_api_key?: string
}

/** A virtual account without a deposit, and the changes. */
export interface ChangeParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** The new amount, in won. */
  readonly amount?: number
  /** UNIX seconds. */
  readonly vbank_due?: number
}

/** A virtual account without a deposit. */
export interface RevokeParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** Inicis: its INIApi key. */
  readonly pg_api_key?: string
}

/** Any bank account. */
export interface HolderParams {
  /** The bank's code of the KFTC. */
  readonly bank_code: string
  /** The account number, digits only. */
  readonly bank_num: string
}

/** The holder of an account (`VbankHolderAnnotation`). */
export interface AccountHolder {
  /** The name of the account holder. */
  readonly bank_holder: string
}

/**
 * Issues a virtual account without a payment window.
 *
 * @returns A payment that is `ready`, with its account; `refused` with the PG's message.
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
 * Changes the amount or the deadline of a virtual account without a deposit (`settle` only).
 *
 * @returns The payment; `refused` when it is not an open virtual account, `not_found` for an unknown
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
 * Revokes a virtual account without a deposit.
 *
 * @returns The payment, now `failed`; `refused` when it is not an open virtual account, `not_found`
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
 * Reads the holder of a bank account. The provider removed the operation from its description in 2025;
 * merchants still use it.
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
