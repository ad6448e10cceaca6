/**
 * Charges without a window (비인증 결제): at once, and planned for later.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import type { OpenEnum } from '../open-enum.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import { type Card, cardFields } from '../records/card-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import type { ScheduleList, ScheduleRecord } from '../records/schedule-record.ts'
import { writeHandling } from '../write-handling.ts'
import type { SchedulesParams } from './customers.ts'

/** What every charge without a window may say. */
export interface ChargeTerms extends Buyer {
  /** Your id of the order, up to 40 characters. It must never have been paid before. */
  readonly merchant_uid: string
  readonly amount: number
  /** KRW when left out. */
  readonly currency?: string
  /** The tax-free part; 0 when left out. */
  readonly tax_free?: number
  /** The VAT part; a tenth of the rest when left out. */
  readonly vat_amount?: number
  /** Months of instalments: 0, or 2 and more; from 50,000 won on. */
  readonly card_quota?: number
  /** The merchant pays the interest of the instalments. */
  readonly interest_free_by_merchant?: boolean
  readonly use_card_point?: boolean
  /** Kept with the payment. */
  readonly custom_data?: string
  /** Where this charge is announced, instead of the console's webhook URL. */
  readonly notice_url?: string
  /** Paymentwall: the buyer's address on the Internet. */
  readonly browser_ip?: string
  readonly product_type?: 'real' | 'digital'
  readonly promotion_id?: string
  /** JSON text for the PG, passed on untouched. */
  readonly bypass?: string
}

/** A term some PGs demand. */
export interface ChargeExtra {
  /** Naver Pay: the last day of use, `YYYYMMDD`. */
  readonly naverUseCfm?: string
}

/** A charge to a card that is typed in. */
export interface OnetimeParams extends ChargeTerms, Card {
  /** What is paid for, up to 40 characters. */
  readonly name?: string
  /** Keeps the card as a billing key under this id. */
  readonly customer_uid?: string
  /** `{provider}` or `{provider}.{MID}`. */
  readonly pg?: string
  /** Spelled this way here and `channel_group_id` in `customers.post`: the provider's spelling. */
  readonly channelGroupId?: string
  /** @deprecated `vat_amount` took its place. */
  readonly vat?: number
  /** Paymentwall, second leg of 3-D Secure. */
  readonly secure_3d_charge_id?: string
  /** Paymentwall, second leg of 3-D Secure. */
  readonly secure_3d_token?: string
}

/** A charge to a billing key. */
export interface AgainParams extends ChargeTerms {
  readonly customer_uid: string
  /** What is paid for, up to 40 characters. */
  readonly name: string
  readonly channel_key?: string
  /** @deprecated `vat_amount` took its place. */
  readonly vat?: number
  readonly product_count?: number
  readonly cash_receipt_type?: 'person' | 'company' | 'anonymous'
  readonly extra?: ChargeExtra
}

/** One charge of the future (`ScheduleAnnotation`). */
export interface PlannedCharge extends ChargeTerms {
  /** UNIX seconds: when it is charged. */
  readonly schedule_at: number
  readonly currency: string
  /** What is paid for, up to 40 characters. */
  readonly name: string
  readonly product_count?: number
  readonly cash_receipt_type?: OpenEnum<'person' | 'company' | 'anonymous'>
  readonly extra?: ChargeExtra
}

/** Charges to plan. With card data an unknown `customer_uid` gets its billing key first. */
export interface ScheduleParams extends Partial<Card> {
  readonly customer_uid: string
  readonly schedules: readonly PlannedCharge[]
  readonly customer_id?: string
  readonly channel_key?: string
  /** Above 0: charges that much now and cancels it at once, as a check of the card. */
  readonly checking_amount?: number
}

/** Planned charges within three months. */
export interface ScheduleSearch {
  /** UNIX seconds, included. */
  readonly schedule_from: number
  /** UNIX seconds, not included; at most three months after `schedule_from`. */
  readonly schedule_to: number
  readonly schedule_status?: 'scheduled' | 'executed' | 'revoked'
  /** From 1. */
  readonly page?: number
  /** 1 to 1000; 20 when left out. */
  readonly limit?: number
  /** `scheduled` is oldest first; anything else newest first. */
  readonly sorting?: OpenEnum<'scheduled'>
}

/** Some planned charges, by the orders they are for. */
export interface UnscheduleParams {
  readonly merchant_uid: readonly string[]
  readonly customer_uid?: string
}

/** One planned charge. */
export interface ScheduledParams {
  readonly merchant_uid: string
}

/** A planned charge and its new time. */
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
 * Charges a card that is typed in. A success is an answer, not a payment: read `status`, which may
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
 * Charges a billing key. A success is an answer, not a payment: read `status`, which may be `failed`.
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
 * Reads planned charges by their time, a page at a time.
 *
 * @returns The charges; `refused` for a time that is longer than three months.
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
 * Plans charges of a billing key. Each result comes by webhook, a failure too.
 *
 * @remarks Moves money: when each charge is due, and `checking_amount` at once and back.
 * @returns The planned charges; `refused` for an unknown billing key, a time that has passed or
 * an
 * order that was used.
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
 * Cancels some planned charges that have not run, by their orders.
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
 * Cancels every planned charge of a billing key that has not run. It takes no orders: the provider
 * cancels everything when the list is missing, so that is a call of its own.
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
 * Reads one planned charge by its order.
 *
 * @returns The planned charge; `not_found` when there is none.
 * @see GET /subscribe/payments/schedule/{merchant_uid}
 */
export const scheduled: Endpoint<ScheduledParams, ScheduleRecord> = {
  method: 'GET',
  path: '/subscribe/payments/schedule/{merchant_uid}',
  retry: 'read',
  echoes: ['merchant_uid'],
}

/**
 * Moves a planned charge that has not run.
 *
 * @returns The planned charge; `refused` when it has run, was revoked, or the time has passed;
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
 * Plans a failed or revoked charge again.
 *
 * @remarks Moves money: when the charge is due.
 * @returns The planned charge; `refused` while it waits, runs or is paid, or when the time has
 * passed; `not_found` when there is none.
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
 * Tries a failed or revoked charge at once. A success is an answer, not a payment: read `status`.
 *
 * @remarks Moves money: from the buyer to you.
 * @returns The payment, whose `status` may be `failed`; `refused` while the charge waits, runs or
 * is paid; `not_found` when there is none.
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
 * Reads the charges planned with one billing key: `customers.schedules` by its other address.
 *
 * @returns The charges; `refused` for a time that is longer than three months.
 * @see GET /subscribe/payments/schedule/customers/{customer_uid}
 */
export const schedulesOfCustomer: Endpoint<SchedulesParams, ScheduleList> = {
  method: 'GET',
  path: '/subscribe/payments/schedule/customers/{customer_uid}',
  retry: 'read',
  query: ['page', 'from', 'to', 'schedule-status'],
  required: ['from', 'to'],
}
