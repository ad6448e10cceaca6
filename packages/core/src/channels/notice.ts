import {
  type Fields,
  isNothing,
  listNames,
  readList,
  readSingle,
  readText,
} from '../values/fields.ts'
import {
  type IdFailure,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
} from '../values/ids.ts'
import { type Money, parseMoney } from '../values/money.ts'
import { fail, ok, type Result } from '../values/result.ts'
import type { BodyFailure } from './body.ts'

/** The three ways in which a notice arrives. None of them is authenticated. */
export type Channel = 'callback' | 'redirect' | 'webhook'

/** What a message claims about a payment. Never trusted: it only names the payment to look up. */
export interface PaymentNotice {
  /** The discriminant of {@link Notice}. */
  readonly kind: 'payment'
  /** How it arrived. */
  readonly channel: Channel
  /** Null when the message reports a failure before a payment existed. */
  readonly impUid: ImpUid | null
  /** Null when the message names only a payment: its record says which order it is about. */
  readonly merchantUid: MerchantUid | null
  /** `unknown` when the message has no flag, or contradicts itself. */
  readonly claim: 'success' | 'failure' | 'unknown'
  /** The `status` of the message, unchanged; null without one. */
  readonly claimedStatus: string | null
  /** The amount that the browser claims was paid; null in messages without one. */
  readonly claimedAmount: Money | null
  /** The provider's code and text of a failure; null without one. Escape them before display. */
  readonly errorCode: string | null
  /** The provider's or the PG's words for a failure, mostly Korean; null without. Escape them before display. */
  readonly errorMessage: string | null
}

/** What a message claims about an identity verification. An id that cannot be read is null. */
export interface CertificationNotice extends Omit<PaymentNotice, 'kind'> {
  /** The discriminant of {@link Notice}. */
  readonly kind: 'certification'
}

/** A message about something other than a payment of an order. */
export type OtherNotice =
  | CertificationNotice
  | { readonly kind: 'quickpay_registration'; readonly channel: Channel }
  | { readonly kind: 'event'; readonly channel: Channel; readonly event: string }
  | { readonly kind: 'console_test'; readonly channel: Channel }

/** A parsed callback, redirect or webhook. */
export type Notice = PaymentNotice | OtherNotice

/** Why a message could not be parsed. */
export type NoticeFailure =
  | IdFailure
  | BodyFailure
  /** A webhook of version V2: the console sends the version that is chosen there. */
  | { readonly reason: 'webhook_v2' }
  /** A result of the V2 browser script, whose payments have no `imp_uid`. */
  | { readonly reason: 'browser_sdk_v2' }

/** The two ids of a message; a missing one is null. The browser script sends it as the text `null`. */
export interface NoticeIds {
  readonly impUid: ImpUid | null
  readonly merchantUid: MerchantUid | null
}

export function readIds(fields: Fields): Result<NoticeIds, NoticeFailure> {
  const repeated = findRepeatedId(fields)
  if (repeated !== null) return fail({ reason: 'field_duplicated', field: repeated })
  const merchantUid = readId(fields, 'merchant_uid', parseMerchantUid)
  if (!merchantUid.ok) return merchantUid
  const impUid = readId(fields, 'imp_uid', parseImpUid)
  return impUid.ok ? ok({ impUid: impUid.value, merchantUid: merchantUid.value }) : impUid
}

function readId<Id>(
  fields: Fields,
  name: string,
  parse: (value: unknown) => Result<Id, IdFailure>,
): Result<Id | null, IdFailure> {
  const value = readSingle(fields, name)
  return isNothing(value) ? ok(null) : parse(value)
}

/** The failure of a message that names no payment. */
export function failWithoutPayment(
  fields: Fields,
  channel: Channel,
): { readonly ok: false; readonly failure: NoticeFailure } {
  const isV2 =
    v2Names.some((name) => readText(fields, name) !== null) ||
    /^(?:Transaction|BillingKey)\./.test(readText(fields, 'type') ?? '')
  if (!isV2) return fail({ reason: 'id_missing', field: 'imp_uid' })
  if (channel === 'webhook') return fail({ reason: 'webhook_v2' })
  return fail({ reason: 'browser_sdk_v2' })
}

/** Fields of V2's webhooks and browser results; V1 has none of them. */
const v2Names = [
  'payment_id',
  'tx_id',
  'paymentId',
  'txId',
  'transactionType',
  'billingKey',
  'identityVerificationId',
]

/** Whether a message is about an identity verification, for which there is no order. */
export function isCertification(fields: Fields): boolean {
  return readText(fields, 'pg_type') === 'certification'
}

/** An identity verification whose message claims nothing that can be read. */
export function toCertification(channel: Channel): CertificationNotice {
  return {
    kind: 'certification',
    channel,
    impUid: null,
    merchantUid: null,
    claim: 'unknown',
    claimedStatus: null,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
}

/** Reads a notice that came through a browser, by callback or redirect; both use the same field names. */
export function readBrowserNotice(
  fields: Fields,
  channel: 'callback' | 'redirect',
): Result<Notice, NoticeFailure> {
  const payment = readPayment(fields, channel)
  if (!isCertification(fields)) return payment
  return ok(payment.ok ? { ...payment.value, kind: 'certification' } : toCertification(channel))
}

function readPayment(
  fields: Fields,
  channel: 'callback' | 'redirect',
): Result<PaymentNotice, NoticeFailure> {
  const ids = readIds(fields)
  if (!ids.ok) return ids
  // One failure object of the browser script misspells this key.
  const errorCode = readCode(fields, 'error_code') ?? readCode(fields, 'error_coe')
  const errorMessage = readText(fields, 'error_msg')
  const claimedStatus = readText(fields, 'status')
  const flags = ['success', 'imp_success', 'imp_status'].map((name) => readSingle(fields, name))
  const claimsSuccess = flags.some((flag) => flag === true || flag === 'true')
  const claimsFailure =
    flags.some((flag) => flag === false || flag === 'false') ||
    errorCode !== null ||
    errorMessage !== null ||
    claimedStatus === 'failed'
  const claim = claimsSuccess === claimsFailure ? 'unknown' : claimsSuccess ? 'success' : 'failure'
  if (ids.value.impUid === null && claim !== 'failure') return failWithoutPayment(fields, channel)
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

/** PGs have codes of digits, which a page may send as a number. */
function readCode(fields: Fields, name: string): string | null {
  const code = readSingle(fields, name)
  return Number.isFinite(code) ? String(code) : readText(fields, name)
}

function readClaimedAmount(fields: Fields): Money | null {
  const currency = readSingle(fields, 'currency')
  const amount = readSingle(fields, 'paid_amount')
  const money = parseMoney(amount, isNothing(currency) ? 'KRW' : currency)
  return money.ok ? money.value : null
}

/**
 * An id that came with two values, or in bracket notation. Any other field that contradicts itself is only an
 * unclear claim, but of two ids nobody can say which one is meant.
 */
function findRepeatedId(fields: Fields): string | null {
  const bracketed = listNames(fields).find((name) => /^(?:imp|merchant)_uid\[/.test(name))
  const listed = ['imp_uid', 'merchant_uid'].find(
    (name) => readList(fields, name) !== null && typeof readSingle(fields, name) === 'object',
  )
  return bracketed ?? listed ?? null
}
