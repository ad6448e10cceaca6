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

/** The three ways in which a result reaches the shop. None of them proves anything. */
export type Channel = 'callback' | 'redirect' | 'webhook'

/** What a message says became of a payment. Never believed: it only tells which payment to look up. */
export interface PaymentNotice {
  readonly kind: 'payment'
  readonly channel: Channel
  /** Null when the message reports a refusal that came before any payment existed. */
  readonly impUid: ImpUid | null
  readonly merchantUid: MerchantUid
  /** `unknown` when the message carries no flag, or contradicts itself. */
  readonly claim: 'success' | 'failure' | 'unknown'
  /** The status word of the message, as it came; null when there is none. */
  readonly claimedStatus: string | null
  /** The amount the browser says was paid; null in messages that carry none. */
  readonly claimedAmount: Money | null
  /** The provider's own code and text of a failure, untouched; null when there are none. Escape them. */
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** A message about something that is no payment of an order. */
export type OtherNotice =
  | { readonly kind: 'certification'; readonly channel: Channel }
  | { readonly kind: 'quickpay_registration'; readonly channel: Channel }
  | { readonly kind: 'event'; readonly channel: Channel; readonly event: string }
  | { readonly kind: 'console_test'; readonly channel: Channel }

/** What a callback, redirect or webhook was read as. */
export type Notice = PaymentNotice | OtherNotice

/** Why a message has no reading. */
export type NoticeFailure = IdFailure | BodyFailure

/** The two ids of a message. The text `null` is what the browser script makes of a missing id. */
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

/** Reads what a browser says of a payment, by callback or redirect; both carry the same names. */
export function readBrowserNotice(
  fields: Fields,
  channel: 'callback' | 'redirect',
): Result<PaymentNotice, NoticeFailure> {
  const ids = readIds(fields)
  if (!ids.ok) return ids
  // One failure object of the browser script misspells the key of its code.
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

/** A field we act on that came as a list: twice in a form, or in bracket notation beside or instead. */
function findRepeated(fields: Fields): string | null {
  const bracketed = listNames(fields).find((name) => /^(imp|merchant)_uid\[/.test(name))
  return bracketed ?? single.find((name) => readList(fields, name) !== null) ?? null
}

function withoutNullText(value: unknown): unknown {
  return value === 'null' || value === 'undefined' ? null : value
}
