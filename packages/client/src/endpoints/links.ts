/**
 * Payment links (결제 링크): payment pages of the provider, on a host of their own.
 *
 * @packageDocumentation
 */

import type { Endpoint, Service } from '../operation/endpoint.ts'
import type { Buyer } from '../records/buyer-fields.ts'
import { writeHandling } from '../request/write-handling.ts'
import { fieldsOf } from '../values/fields.ts'
import type { OpenEnum } from '../values/open-enum.ts'

/** One payment method; its channel by key, or by `{provider}.{MID}`. */
export type LinkMethod =
  | { readonly channelKey: string; readonly pg?: never; readonly pay_method: string }
  | { readonly pg: string; readonly channelKey?: never; readonly pay_method: string }

/** The payment of a payment link (결제 링크). */
export interface LinkPayment extends Buyer {
  /** The heading of the page. */
  readonly title: string
  /** The merchant code, `imp` and digits. */
  readonly user_code: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** Your id of the order. */
  readonly merchant_uid: string
  /** The name of the order. */
  readonly name: string
  /** The buyer's telephone number, up to 16 characters. */
  readonly buyer_tel: string
  /** The currency, e.g. `KRW`. */
  readonly currency?: string
  /** The tax-free part. */
  readonly tax_free?: number
  /** The language of the link's page. */
  readonly language?: OpenEnum<'ko' | 'en'>
  /** The language of the PG's page. */
  readonly display_language?: OpenEnum<'ko' | 'en'>
  /** Your own text, stored with the payment. */
  readonly custom_data?: string
  /** The webhook URL of this payment, instead of the console's. */
  readonly notice_url?: string
  /** The payment methods that the buyer can choose from. */
  readonly pay_methods?: readonly (LinkMethod & { readonly label?: string })[]
  /** The only payment method, without a choice. */
  readonly direct?: LinkMethod
}

/** A payment link to create. */
export interface LinkParams {
  /** An object here; the client sends it as JSON text, as the service requires. */
  readonly payment_info: LinkPayment
  /** UNIX seconds. */
  readonly expired_at: number
}

/** A payment link. The last segment of its path is the id for `links.disable`. */
export interface PaymentLink {
  /** The URL to send to the buyer. */
  readonly shortenedUrl: string
}

// Another host, but a simulator serves both at one URL. No sub-merchants, and no envelope: the HTTP
// status alone determines success.
const linkService = (baseUrl: string): Service => ({
  baseUrl: new URL(baseUrl).hostname.endsWith('.iamport.kr') ? 'https://api.iamport.co' : baseUrl,
  tier: null,
  readEnvelope: (json, httpStatus) =>
    json instanceof Object
      ? { code: httpStatus < 400 ? 0 : null, message: fieldsOf(json).message, response: json }
      : null,
})

/**
 * Creates a payment link. A payment by link is reported by webhook only, and only when it succeeds.
 *
 * This is another service: another host, no access token, no envelope.
 *
 * @returns The link; `refused` when a field of the payment is missing or wrong.
 * @see POST https://api.iamport.co/api/supplements/v1/link/payment
 */
export const post: Endpoint<LinkParams, PaymentLink> = {
  method: 'POST',
  path: '/api/supplements/v1/link/payment',
  retry: 'never',
  body: ['payment_info', 'expired_at'],
  asText: ['payment_info'],
  required: ['payment_info', 'expired_at'],
  anonymous: true,
  service: linkService,
  writeHandling,
}

/**
 * Disables a payment link. The provider documents no response.
 *
 * @returns The response of the service, unchecked; `refused` or `not_found` for a link that is unknown or disabled
 * already.
 * @see PUT https://api.iamport.co/api/supplements/v1/link/payment/{id}
 */
export const disable: Endpoint<{ readonly id: string }, unknown> = {
  method: 'PUT',
  path: '/api/supplements/v1/link/payment/{id}',
  retry: 'never',
  anonymous: true,
  service: linkService,
  writeHandling,
}
