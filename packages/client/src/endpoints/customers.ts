/**
 * Billing keys (빌링키): issuing, reading and deleting stored payment methods.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import type { BillingKey } from '../records/billing-key-record.ts'
import { type Card, cardFields } from '../records/card-fields.ts'
import type { PaymentPage } from '../records/payment-record.ts'
import type { ScheduleList } from '../records/schedule-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** One billing key by your own id of it, up to 80 characters. */
export interface CustomerParams {
  /** Your id of the billing key. */
  readonly customer_uid: string
}

/** A card to store as a billing key. */
export interface IssueParams extends CustomerParams, Card {
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** `{provider}` or `{provider}.{MID}`. For an unknown one the default channel is used. */
  readonly pg?: string
  /** Issues keys of several channels at once; charges are routed by their shares (슈퍼빌링키). */
  readonly channel_group_id?: string
  /** Your id of the holder. */
  readonly customer_id?: string
  /** The holder's name. */
  readonly customer_name?: string
  /** The holder's telephone number. */
  readonly customer_tel?: string
  /** The holder's email address. */
  readonly customer_email?: string
  /** The holder's postal address. */
  readonly customer_addr?: string
  /** The holder's postal code. */
  readonly customer_postcode?: string
}

/** A billing key to delete. */
export interface RemoveParams extends CustomerParams {
  /** The reason, as text. */
  readonly reason?: string
  /** Naver Pay: who requested it; `admin` by default. */
  readonly extra?: { readonly requester: 'customer' | 'admin' }
}

/** The payments of one billing key, 20 per page. */
export interface PaymentsParams extends CustomerParams {
  /** From 1. */
  readonly page?: number
}

/** The scheduled charges of one billing key within three months. */
export interface SchedulesParams extends CustomerParams {
  /** From 1. */
  readonly page?: number
  /** UNIX seconds, inclusive: the scheduled time. */
  readonly from: number
  /** UNIX seconds, exclusive; at most three months after `from`. */
  readonly to: number
  /** Spelled with a hyphen here and with an underscore in `subscribe.schedules`, as the provider does. */
  readonly 'schedule-status'?: 'scheduled' | 'executed' | 'revoked'
}

/**
 * Reads several billing keys. `partial` is true when some were not found.
 *
 * @returns The billing keys that were found; `not_found` when none was.
 * @see GET /subscribe/customers
 */
export const several: Endpoint<
  { readonly customer_uid: readonly string[] },
  readonly BillingKey[]
> = {
  method: 'GET',
  path: '/subscribe/customers',
  retry: 'read',
  query: ['customer_uid'],
  required: ['customer_uid'],
  writeHandling,
}

/**
 * Reads one billing key.
 *
 * @returns The billing key; `not_found`, or `refused` with HTTP 200, when there is none: both occur.
 * @see GET /subscribe/customers/{customer_uid}
 */
export const get: Endpoint<CustomerParams, BillingKey> = {
  method: 'GET',
  path: '/subscribe/customers/{customer_uid}',
  retry: 'read',
  echoes: ['customer_uid'],
}

/**
 * Issues a billing key for a card under your id. An existing key of this id is replaced.
 *
 * @returns The billing key; `refused` for a card that was declined or a channel without billing.
 * @see POST /subscribe/customers/{customer_uid}
 */
export const post: Endpoint<IssueParams, BillingKey> = {
  method: 'POST',
  path: '/subscribe/customers/{customer_uid}',
  retry: 'never',
  body: [
    'channel_key',
    'pg',
    'channel_group_id',
    ...cardFields,
    'customer_id',
    'customer_name',
    'customer_tel',
    'customer_email',
    'customer_addr',
    'customer_postcode',
  ],
  required: ['channel_key', 'card_number', 'expiry'],
  secret: cardFields,
  echoes: ['customer_uid'],
  lookup: { customer_uid: 'customers.get' },
  writeHandling,
}

/**
 * Deletes a billing key permanently. Charges scheduled with it will fail: read them first.
 *
 * @returns The key that was deleted; `not_found`, or `refused` with HTTP 200, when there is none.
 * @see DELETE /subscribe/customers/{customer_uid}
 */
export const remove: Endpoint<RemoveParams, BillingKey> = {
  method: 'DELETE',
  path: '/subscribe/customers/{customer_uid}',
  retry: 'never',
  query: ['reason', 'extra'],
  echoes: ['customer_uid'],
  lookup: { customer_uid: 'customers.get' },
  writeHandling,
}

/**
 * Reads the payments of one billing key, one page at a time.
 *
 * @returns A page; `not_found`, or `refused` with HTTP 200, for an unknown billing key.
 * @see GET /subscribe/customers/{customer_uid}/payments
 */
export const payments: Endpoint<PaymentsParams, PaymentPage> = {
  method: 'GET',
  path: '/subscribe/customers/{customer_uid}/payments',
  retry: 'read',
  query: ['page'],
}

/**
 * Reads the scheduled charges of one billing key, newest first, one page at a time.
 *
 * @returns The charges; `refused` for a period of more than three months.
 * @see GET /subscribe/customers/{customer_uid}/schedules
 */
export const schedules: Endpoint<SchedulesParams, ScheduleList> = {
  method: 'GET',
  path: '/subscribe/customers/{customer_uid}/schedules',
  retry: 'read',
  query: ['page', 'from', 'to', 'schedule-status'],
  required: ['from', 'to'],
}
