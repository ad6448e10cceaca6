/**
 * Charges without a payment window (비인증 결제): immediate and scheduled.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import { type Card, cardFields } from '../records/card-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import type { ScheduleList, ScheduleRecord } from '../records/schedule-record.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { OpenEnum } from '../values/open-enum.ts'
import type { SchedulesParams } from './customers.ts'

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

/** One charge to schedule (`ScheduleAnnotation`). */
export interface ScheduledCharge extends ChargeTerms {
  /** UNIX seconds: the time of the charge. */
  readonly schedule_at: number
  /** The currency; `KRW` by default. */
  readonly currency: string
  /** The name of the order, up to 40 characters. */
  readonly name: string
  /** The number of pieces. */
  readonly product_count?: number
  /** The recipient of the cash receipt, for payment methods that require one. */
  readonly cash_receipt_type?: OpenEnum<'person' | 'company' | 'anonymous'>
  /** Fields that some PGs require. */
  readonly extra?: ChargeExtra
}

/** Charges to schedule. With card data, a billing key is issued first for an unknown `customer_uid`. */
export interface ScheduleParams extends Partial<Card> {
  /** Your id of the billing key. */
  readonly customer_uid: string
  /** The charges to schedule. */
  readonly schedules: readonly ScheduledCharge[]
  /** Your id of the holder. */
  readonly customer_id?: string
  /** The channel, by its key in the console. */
  readonly channel_key?: string
  /** Above 0: charges this amount now and cancels it immediately, to check the card. */
  readonly checking_amount?: number
}

/** Scheduled charges within three months. */
export interface ScheduleSearch {
  /** UNIX seconds, inclusive. */
  readonly schedule_from: number
  /** UNIX seconds, exclusive; at most three months after `schedule_from`. */
  readonly schedule_to: number
  /** Only charges of this status. */
  readonly schedule_status?: 'scheduled' | 'executed' | 'revoked'
  /** From 1. */
  readonly page?: number
  /** 1 to 1000; 20 by default. */
  readonly limit?: number
  /** With `scheduled` the oldest is first, otherwise the newest. */
  readonly sorting?: OpenEnum<'scheduled'>
}

/** Scheduled charges by their orders. */
export interface UnscheduleParams {
  /** Your id of the order. */
  readonly merchant_uid: readonly string[]
  /** Your id of the billing key. */
  readonly customer_uid?: string
}

/** One scheduled charge. */
export interface ScheduledParams {
  /** Your id of the order. */
  readonly merchant_uid: string
}

/** A scheduled charge and its new time. */
export interface MoveParams extends ScheduledParams {
  /** UNIX seconds, in the future. */
  readonly schedule_at: number
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

/**
 * Reads the scheduled charges of a period, one page at a time.
 *
 * @returns The charges; `refused` for a period of more than three months.
 * @see GET /subscribe/payments/schedule
 */
export const schedules: Endpoint<ScheduleSearch, ScheduleList> = {
  method: 'GET',
  path: '/subscribe/payments/schedule',
  retry: 'read',
  query: ['schedule_from', 'schedule_to', 'schedule_status', 'page', 'limit', 'sorting'],
  required: ['schedule_from', 'schedule_to'],
  writeHandling,
}

/**
 * Schedules charges of a billing key. Each result is reported by webhook, a failure too.
 *
 * @remarks Moves money: when each charge is due; `checking_amount` is charged and refunded at once.
 * @returns The scheduled charges; `refused` for an unknown billing key, a time in the past or an order that was
 * used.
 * @see POST /subscribe/payments/schedule
 */
export const schedule: Endpoint<ScheduleParams, readonly ScheduleRecord[]> = {
  method: 'POST',
  path: '/subscribe/payments/schedule',
  retry: 'never',
  body: [
    'customer_uid',
    'schedules',
    ...cardFields,
    'customer_id',
    'channel_key',
    'checking_amount',
  ],
  required: ['customer_uid', 'schedules'],
  secret: cardFields,
  lookup: { customer_uid: 'customers.schedules' },
  writeHandling,
}

/**
 * Cancels scheduled charges by their orders, if they are not executed yet.
 *
 * @returns The charges that were cancelled; `refused` when there is nothing to cancel.
 * @see POST /subscribe/payments/unschedule
 */
export const unschedule: Endpoint<UnscheduleParams, readonly ScheduleRecord[]> = {
  method: 'POST',
  path: '/subscribe/payments/unschedule',
  retry: 'never',
  body: ['merchant_uid', 'customer_uid'],
  required: ['merchant_uid'],
  lookup: { merchant_uid: 'subscribe.scheduled' },
  writeHandling,
}

/**
 * Cancels all scheduled charges of a billing key that are not executed yet. It has no list of orders: the provider
 * cancels everything without a list, so this is a call of its own.
 *
 * @returns The charges that were cancelled; `refused` when there is nothing to cancel.
 * @see POST /subscribe/payments/unschedule
 */
export const unscheduleAll: Endpoint<{ readonly customer_uid: string }, readonly ScheduleRecord[]> =
  {
    method: 'POST',
    path: '/subscribe/payments/unschedule',
    retry: 'never',
    body: ['customer_uid'],
    required: ['customer_uid'],
    lookup: { customer_uid: 'customers.schedules' },
    writeHandling,
  }

/**
 * Reads one scheduled charge by its order.
 *
 * @returns The scheduled charge; `not_found` when there is none.
 * @see GET /subscribe/payments/schedule/{merchant_uid}
 */
export const scheduled: Endpoint<ScheduledParams, ScheduleRecord> = {
  method: 'GET',
  path: '/subscribe/payments/schedule/{merchant_uid}',
  retry: 'read',
  echoes: ['merchant_uid'],
}

/**
 * Changes the time of a scheduled charge that is not executed yet.
 *
 * @returns The scheduled charge; `refused` when it was executed or revoked, or the time is in the past;
 * `not_found` when there is none.
 * @see PUT /subscribe/payments/schedule/{merchant_uid}
 */
export const move: Endpoint<MoveParams, ScheduleRecord> = {
  method: 'PUT',
  path: '/subscribe/payments/schedule/{merchant_uid}',
  retry: 'never',
  body: ['schedule_at'],
  required: ['schedule_at'],
  lookup: { merchant_uid: 'subscribe.scheduled' },
  writeHandling,
}

/**
 * Schedules a failed or revoked charge again.
 *
 * @remarks Moves money: when the charge is due.
 * @returns The scheduled charge; `refused` while it is scheduled, running or paid, or when the time is
 * in the past; `not_found` when there is none.
 * @see POST /subscribe/payments/schedule/{merchant_uid}/reschedule
 */
export const reschedule: Endpoint<MoveParams, ScheduleRecord> = {
  method: 'POST',
  path: '/subscribe/payments/schedule/{merchant_uid}/reschedule',
  retry: 'never',
  body: ['schedule_at'],
  required: ['schedule_at'],
  lookup: { merchant_uid: 'subscribe.scheduled' },
  writeHandling,
}

/**
 * Repeats a failed or revoked charge immediately. A successful call is not a successful payment: read `status`.
 *
 * @remarks Moves money: from the buyer to you.
 * @returns The payment, whose `status` may be `failed`; `refused` while the charge is scheduled, running or
 * paid; `not_found` when there is none.
 * @see POST /subscribe/payments/schedule/{merchant_uid}/retry
 */
export const retry: Endpoint<ScheduledParams, PaymentRecord> = {
  method: 'POST',
  path: '/subscribe/payments/schedule/{merchant_uid}/retry',
  retry: 'never',
  lookup: { merchant_uid: 'subscribe.scheduled' },
  writeHandling,
}

/**
 * Reads the scheduled charges of one billing key: the same as `customers.schedules` at another path.
 *
 * @returns The charges; `refused` for a period of more than three months.
 * @see GET /subscribe/payments/schedule/customers/{customer_uid}
 */
export const schedulesOfCustomer: Endpoint<SchedulesParams, ScheduleList> = {
  method: 'GET',
  path: '/subscribe/payments/schedule/customers/{customer_uid}',
  retry: 'read',
  query: ['page', 'from', 'to', 'schedule-status'],
  required: ['from', 'to'],
}
