import type { Endpoint } from '../operation/endpoint.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import { type Card, cardFields } from '../records/card-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** The parameters of every charge without a payment window. */
export interface ChargeTerms extends Buyer {
  /** Your id of the order, up to 40 characters. It must not have been paid before. */
  readonly merchant_uid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** `KRW` by default. */
  readonly currency?: string
  /** The tax-free part; 0 by default. */
  readonly tax_free?: number
  /** The VAT part; a tenth of the rest by default. */
  readonly vat_amount?: number
  /** Months of instalments: 0, or 2 and more from 50,000 won. */
  readonly card_quota?: number
  /** True when the merchant pays the interest of the instalments. */
  readonly interest_free_by_merchant?: boolean
  /** Whether to use the card's points. */
  readonly use_card_point?: boolean
  /** Stored with the payment. */
  readonly custom_data?: string
  /** The webhook URL of this charge, instead of the console's. */
  readonly notice_url?: string
  /** Paymentwall: the buyer's IP address. */
  readonly browser_ip?: string
  /** Physical (`real`) or digital goods. */
  readonly product_type?: 'real' | 'digital'
  /** The promotion (프로모션) to apply. */
  readonly promotion_id?: string
  /** JSON text for the PG, forwarded unchanged. */
  readonly bypass?: string
}

/** Fields that some PGs require. */
export interface ChargeExtra {
  /** Naver Pay: the last day of use, `YYYYMMDD`. */
  readonly naverUseCfm?: string
}

/** A charge to a card by its card data. */
export interface OnetimeParams extends ChargeTerms, Card {
  /** The name of the order, up to 40 characters. */
  readonly name?: string
  /** Stores the card as a billing key under this id. */
  readonly customer_uid?: string
  /** `{provider}` or `{provider}.{MID}`. */
  readonly pg?: string
  /** Spelled this way here and `channel_group_id` in `customers.post`, as the provider does. */
  readonly channelGroupId?: string
  /** @deprecated Use `vat_amount`. */
  readonly vat?: number
  /** Paymentwall: the second step of 3-D Secure. */
  readonly secure_3d_charge_id?: string
  /** Paymentwall: the second step of 3-D Secure. */
  readonly secure_3d_token?: string
}

/** A charge to a billing key. */
export interface AgainParams extends ChargeTerms {
  /** Your id of the billing key. */
  readonly customer_uid: string
  /** The name of the order, up to 40 characters. */
  readonly name: string
  /** The channel, by its key in the console. */
  readonly channel_key?: string
  /** @deprecated Use `vat_amount`. */
  readonly vat?: number
  /** The number of pieces. */
  readonly product_count?: number
  /** The recipient of the cash receipt, for payment methods that require one. */
  readonly cash_receipt_type?: 'person' | 'company' | 'anonymous'
  /** Fields that some PGs require. */
  readonly extra?: ChargeExtra
}

const terms = [
  ...buyerFields,
  'merchant_uid',
  'amount',
  'currency',
  'tax_free',
  'vat_amount',
  'vat',
  'card_quota',
  'interest_free_by_merchant',
  'use_card_point',
  'custom_data',
  'notice_url',
  'browser_ip',
  'product_type',
  'promotion_id',
  'bypass',
  'customer_uid',
  'name',
] as const satisfies readonly (keyof OnetimeParams | keyof AgainParams)[]

/**
 * Charges a card by its card data. A successful call is not a successful payment: read `status`, which may
 * be `failed`.
 *
 * @remarks Moves money: from the buyer's card to you.
 * @returns The payment, whose `status` may be `failed`; `refused` for a card that is declined
 * (code -1) or an order that was paid.
 * @see POST /subscribe/payments/onetime
 */
export const onetime: Endpoint<OnetimeParams, PaymentRecord> = {
  method: 'POST',
  path: '/subscribe/payments/onetime',
  retry: 'never',
  body: [...terms, ...cardFields, 'pg', 'channelGroupId', 'secure_3d_charge_id', 'secure_3d_token'],
  required: ['merchant_uid', 'amount', 'card_number', 'expiry'],
  positive: ['amount'],
  secret: [...cardFields, 'secure_3d_token'],
  echoes: ['merchant_uid'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Charges a billing key. A successful call is not a successful payment: read `status`, which may be `failed`.
 *
 * @remarks Moves money: from the buyer to you.
 * @returns The payment, whose `status` may be `failed`; `refused` for an unknown billing key
 * (code 1), a PG that declines (code -1) or an order that was paid.
 * @see POST /subscribe/payments/again
 */
export const again: Endpoint<AgainParams, PaymentRecord> = {
  method: 'POST',
  path: '/subscribe/payments/again',
  retry: 'never',
  body: [...terms, 'channel_key', 'product_count', 'cash_receipt_type', 'extra'],
  required: ['customer_uid', 'merchant_uid', 'amount', 'name'],
  positive: ['amount'],
  echoes: ['merchant_uid'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}
