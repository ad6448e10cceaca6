/**
 * Payment links (결제 링크): pages that take a payment, on a host of their own.
 *
 * @packageDocumentation
 */

import type { Endpoint, Service } from '../endpoint.ts'
import { fieldsOf } from '../fields.ts'
import type { OpenEnum } from '../open-enum.ts'
import type { Buyer } from '../records/buyer-fields.ts'
import { writeHandling } from '../write-handling.ts'

/** One way to pay; the channel by its key, or by `{provider}.{MID}`. */
export type LinkMethod =
  | { readonly channelKey: string; readonly pg?: never; readonly pay_method: string }
  | { readonly pg: string; readonly channelKey?: never; readonly pay_method: string }

/** What the page of a payment link (결제 링크) asks for. */
export interface LinkPayment extends Buyer {
  readonly title: string
  /** The merchant code, `imp` and digits. */
  readonly user_code: string
  readonly amount: number
  readonly merchant_uid: string
  readonly name: string
  readonly buyer_tel: string
  readonly currency?: string
  readonly tax_free?: number
  readonly language?: OpenEnum<'ko' | 'en'>
  readonly display_language?: OpenEnum<'ko' | 'en'>
  readonly custom_data?: string
  readonly notice_url?: string
  /** What the buyer may choose from. */
  readonly pay_methods?: readonly (LinkMethod & { readonly label?: string })[]
  /** The one way, without a choice. */
  readonly direct?: LinkMethod
}

/** A payment link to make. */
export interface LinkParams {
  /** An object here; the client writes it as the JSON text that the wire wants. */
  readonly payment_info: LinkPayment
  /** UNIX seconds. */
  readonly expired_at: number
}

/** A payment link. The last part of its path is the id that `links.disable` takes. */
export interface PaymentLink {
  readonly shortenedUrl: string
}

// Another host, but a simulator has one address for both. No sub-merchants, and no envelope: the HTTP
// status alone decides.
const linkService = (baseUrl: string): Service => ({
  baseUrl: new URL(baseUrl).hostname.endsWith('.iamport.kr') ? 'https://api.iamport.co' : baseUrl,
  tier: null,
  readEnvelope: (json, httpStatus) =>
    json instanceof Object
      ? { code: httpStatus < 400 ? 0 : null, message: fieldsOf(json).message, response: json }
      : null,
})

/**
 * Makes a payment link. A payment made by it is announced by webhook only, and only when it succeeds.
 *
 * It is another service: another host, no access token, no envelope.
 *
 * @returns The link; `refused` when the payment cannot be described so.
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
 * Makes a payment link worthless. The provider documents no answer: the value is whatever it sends.
 *
 * @returns Whatever the service sends; `refused` or `not_found` for a link that cannot be used
 * any more.
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
