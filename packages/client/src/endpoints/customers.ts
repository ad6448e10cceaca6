/**
 * Billing keys (빌링키): issuing, reading and deleting stored payment means.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import type { BillingKey } from '../records/billing-key-record.ts'
import { type Card, cardFields } from '../records/card-fields.ts'
import type { PaymentPage } from '../records/payment-record.ts'
import type { ScheduleList } from '../records/schedule-record.ts'
import { writeHandling } from '../write-handling.ts'

/** One billing key by the merchant's own id for it, up to 80 characters. */
export interface CustomerParams {
  readonly customer_uid: string
}

/** A card to keep as a billing key. */
export interface IssueParams extends CustomerParams, Card {
  readonly channel_key: string
  /** `{provider}` or `{provider}.{MID}`. The provider takes the default channel for one it does not know. */
  readonly pg?: string
  /** Several channels at once, routed by their shares (슈퍼빌링키). */
  readonly channel_group_id?: string
  readonly customer_id?: string
  readonly customer_name?: string
  readonly customer_tel?: string
  readonly customer_email?: string
  readonly customer_addr?: string
  readonly customer_postcode?: string
}

/** A billing key to give up. */
export interface RemoveParams extends CustomerParams {
  readonly reason?: string
  /** Naver Pay: who asked for it; `admin` when left out. */
  readonly extra?: { readonly requester: 'customer' | 'admin' }
}

/** The payments of one billing key, 20 to a page. */
export interface PaymentsParams extends CustomerParams {
  /** From 1. */
  readonly page?: number
}

/** The planned charges of one billing key within three months. */
export interface SchedulesParams extends CustomerParams {
  /** From 1. */
  readonly page?: number
  /** UNIX seconds, included: the planned time. */
  readonly from: number
  /** UNIX seconds, not included; at most three months after `from`. */
  readonly to: number
  /** With a hyphen here, and with an underscore in `subscribe.schedules`: the provider's spelling. */
  readonly 'schedule-status'?: 'scheduled' | 'executed' | 'revoked'
}

/**
 * Reads several billing keys. `partial` tells that some were not found.
 *
 * @returns Those that were found; `not_found` when none was.
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
 * @returns The billing key; `not_found`, or `refused` with HTTP 200, when there is none: both
 * occur.
 * @see GET /subscribe/customers/{customer_uid}
 */
export const get: Endpoint<CustomerParams, BillingKey> = {
  method: 'GET',
  path: '/subscribe/customers/{customer_uid}',
  retry: 'read',
  echoes: ['customer_uid'],
}

/**
 * Issues a billing key for a card and keeps it under your id. A key that was there is overwritten.
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
 * Deletes a billing key for good. Charges planned with it will fail: look at them first.
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
 * Reads the payments made with one billing key, a page at a time.
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
 * Reads the charges planned with one billing key, newest first, a page at a time.
 *
 * @returns The charges; `refused` for a time that is longer than three months.
 * @see GET /subscribe/customers/{customer_uid}/schedules
 */
export const schedules: Endpoint<SchedulesParams, ScheduleList> = {
  method: 'GET',
  path: '/subscribe/customers/{customer_uid}/schedules',
  retry: 'read',
  query: ['page', 'from', 'to', 'schedule-status'],
  required: ['from', 'to'],
}
