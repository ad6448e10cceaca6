import type { SchedulesParams } from '../endpoints/customers.ts'
import type { Endpoint } from '../operation/endpoint.ts'
import { type Card, cardFields } from '../records/card-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import type { ScheduleList, ScheduleRecord } from '../records/schedule-record.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { OpenEnum } from '../values/open-enum.ts'
import type { ChargeExtra, ChargeTerms } from './immediate-charges.ts'

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
