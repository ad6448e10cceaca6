import type { BodyFailure } from './body.ts'
import { type Fields, listNames, readField, readList, readText } from './fields.ts'
import {
  type IdFailure,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
} from './ids.ts'
import { type Money, parseMoney } from './money.ts'
import { fail, ok, type Result } from './result.ts'

/** The three ways in which a notice arrives. None of them is authenticated. */
export type Channel = 'callback' | 'redirect' | 'webhook'

/** What a message claims about a payment. Never trusted: it only names the payment to look up. */
export interface PaymentNotice {
  readonly kind: 'payment'
  readonly channel: Channel
  /** Null when the message reports a failure before a payment existed. */
  readonly impUid: ImpUid | null
  readonly merchantUid: MerchantUid
  /** `unknown` when the message has no flag, or contradicts itself. */
  readonly claim: 'success' | 'failure' | 'unknown'
  /** The `status` of the message, unchanged; null without one. */
  readonly claimedStatus: string | null
  /** The amount that the browser claims was paid; null in messages without one. */
  readonly claimedAmount: Money | null
  /** The provider's code and text of a failure, unchanged; null without one. Escape them before display. */
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** A message about something other than a payment of an order. */
export type OtherNotice =
  | { readonly kind: 'certification'; readonly channel: Channel }
  | { readonly kind: 'quickpay_registration'; readonly channel: Channel }
  | { readonly kind: 'event'; readonly channel: Channel; readonly event: string }
  | { readonly kind: 'console_test'; readonly channel: Channel }

/** A parsed callback, redirect or webhook. */
export type Notice = PaymentNotice | OtherNotice

/** Why a message could not be parsed. */
export type NoticeFailure = IdFailure | BodyFailure

/** The two ids of a message. The browser script sends a missing id as the text `null`. */
export interface NoticeIds {
  readonly impUid: ImpUid | null
  readonly merchantUid: MerchantUid
}

export function readIds(fields: Fields): Result<NoticeIds, NoticeFailure> {
  const repeated = findRepeated(fields)
  if (repeated !== null) return fail({ reason: 'field_duplicated', field: repeated })
  const merchantUid = parseMerchantUid(withoutNullText(readField(fields, 'merchant_uid')))
  if (!merchantUid.ok) return merchantUid
  const impUid = parseImpUid(withoutNullText(readField(fields, 'imp_uid')))
  if (impUid.ok) return ok({ impUid: impUid.value, merchantUid: merchantUid.value })
  if (impUid.failure.reason === 'id_malformed') return impUid
  return ok({ impUid: null, merchantUid: merchantUid.value })
}

/** Reads a notice that came through a browser, by callback or redirect; both use the same field names. */
export function readBrowserNotice(
  fields: Fields,
  channel: 'callback' | 'redirect',
): Result<PaymentNotice, NoticeFailure> {
  const ids = readIds(fields)
  if (!ids.ok) return ids
  // One failure object of the browser script misspells this key.
  const errorCode = readText(fields, 'error_code') ?? readText(fields, 'error_coe')
  const errorMessage = readText(fields, 'error_msg')
  const claimedStatus = readText(fields, 'status')
  const flags = ['success', 'imp_success', 'imp_status'].map((name) => readField(fields, name))
  const claimsSuccess = flags.some((flag) => flag === true || flag === 'true')
  const claimsFailure =
    flags.some((flag) => flag === false || flag === 'false') ||
    errorCode !== null ||
    errorMessage !== null ||
    claimedStatus === 'failed'
  const claim = claimsSuccess === claimsFailure ? 'unknown' : claimsSuccess ? 'success' : 'failure'
  if (ids.value.impUid === null && claim !== 'failure') {
    return fail({ reason: 'id_missing', field: 'imp_uid' })
  }
  return ok({
    kind: 'payment',
    channel,
    ...ids.value,
    claim,
    claimedStatus,
    claimedAmount: readClaimedAmount(fields),
    errorCode,
    errorMessage,
  })
}

function readClaimedAmount(fields: Fields): Money | null {
  const currency = readField(fields, 'currency') ?? 'KRW'
  const money = parseMoney(readField(fields, 'paid_amount'), currency)
  return money.ok ? money.value : null
}

const single = [
  'imp_uid',
  'merchant_uid',
  'success',
  'imp_success',
  'imp_status',
  'kcp_action',
  'status',
  'event',
  'error_code',
  'error_msg',
]

/** A field that this package uses and that came as a list: twice in a form, or in bracket notation. */
function findRepeated(fields: Fields): string | null {
  const bracketed = listNames(fields).find((name) => /^(imp|merchant)_uid\[/.test(name))
  return bracketed ?? single.find((name) => readList(fields, name) !== null) ?? null
}

function withoutNullText(value: unknown): unknown {
  return value === 'null' || value === 'undefined' ? null : value
}
