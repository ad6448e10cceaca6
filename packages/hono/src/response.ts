import {
  explain,
  type Language,
  type Mode,
  type NoticeFailure,
  type Order,
  type OrderStatus,
  type Payment,
  type PaymentNotice,
  type Result,
  type Synced,
  type SyncFailure,
} from '@quayside/core'
import { isAlreadyPaid } from './already-paid.ts'
import { type CompletionStatus, toMessage } from './messages.ts'
import type { ReadFailure } from './request/read-body.ts'
import type { CompletedSubject, SubjectMessages } from './subject.ts'

/** What a handler found out, before it is turned into a response. */
export interface CompletionResult {
  readonly status: CompletionStatus
  readonly errorCode: string | null
  readonly errorMessage: string | null
  /** Whether it failed because no deposit came in time: one may still be on its way. */
  readonly isExpired: boolean
  /** What the buyer reads of a subject other than an order. */
  readonly messages?: SubjectMessages
}

/** The JSON of a completion response. It contains no personal data, because ids suffice to request it. */
export interface CompletionResponse {
  /** The result of the order, which the page may act on. */
  readonly status: CompletionStatus
  /** The sentence for the buyer, in the language of the request. */
  readonly message: string
  /** The provider's code and text of a failed payment, unchanged. Show them as text, never as HTML. */
  readonly error_code?: string
  /** The PG's words for a failure. Show them as text, never as HTML. */
  readonly error_msg?: string
  /** Present while test payments are accepted. */
  readonly mode?: 'test'
}

/** Why a request could not be parsed. */
export type RequestFailure = ReadFailure | NoticeFailure

const statusOfOrder: Readonly<Record<OrderStatus, CompletionStatus>> = {
  pending: 'pending',
  vbank_issued: 'vbankIssued',
  paid: 'success',
  failed: 'failed',
  partially_cancelled: 'partiallyCancelled',
  cancelled: 'cancelled',
  // No deposit arrived in time: the buyer may order again.
  expired: 'failed',
}

/** The result of an order as it is stored. */
export function toOrderResult(order: Order): CompletionResult {
  return toCautiousResult({
    status: statusOfOrder[order.status],
    errorCode: null,
    errorMessage: order.failReason,
    isExpired: order.status === 'expired',
  })
}

/** The result of a subject other than an order. */
export function toSubjectResult({ subject, outcome }: CompletedSubject): CompletionResult {
  const { messages } = subject
  switch (outcome.status) {
    case 'success':
    case 'cancelled':
    case 'pending':
      return { ...toPlainResult(outcome.status), messages }
    case 'failed': {
      const { errorCode, errorMessage } = outcome
      return {
        ...toCautiousResult({ ...toPlainResult('failed'), errorCode, errorMessage }),
        messages,
      }
    }
    // It must be indistinguishable from an unknown one.
    case 'refused':
      return toPlainResult('forgery')
    case 'unavailable':
      return { ...toPlainResult('pending'), messages }
  }
}

/** The result for a browser that reported a payment, after the lookup. */
export function toCompletionResult(
  synced: Result<Synced, SyncFailure>,
  notice: PaymentNotice,
  claimsBillingKey: boolean,
): CompletionResult {
  if (!synced.ok) return toFailureResult(synced.failure, claimsBillingKey)
  const { order, outcome, payment } = synced.value
  // The money is there, and the shop is told: it accepts the payment or returns it.
  if (outcome === 'late_paid') return toPlainResult('pending')
  const result = toPaymentResult(order, payment)
  if (result.status === 'failed') {
    // The text of the record is proven; a record has no code.
    const { errorCode, errorMessage } = notice
    const own = result.errorMessage ?? errorMessage
    const shown = toCautiousResult({ ...result, errorCode, errorMessage: own })
    // An id that anybody can guess is enough to ask: whoever does not know the order does not read the record.
    return notice.merchantUid === null ? { ...shown, errorMessage } : shown
  }
  // The record has no result yet, but the browser has an error message of the provider: the buyer may read it,
  // while the order stays open. A flag alone is not enough, because flags are known to be wrong.
  const isRefused = notice.claim === 'failure' && notice.errorMessage !== null
  return isRefused && acceptsPayment(result) ? toReportedFailure(notice) : result
}

/** The result of a payment of an order, which may have failed by another one. */
function toPaymentResult(order: Order, payment: Payment | null): CompletionResult {
  const result = toOrderResult(order)
  if (result.status !== 'failed') return result
  if (payment?.status === 'pending') return toPlainResult('pending')
  return payment?.status === 'failed' ? { ...result, errorMessage: payment.failReason } : result
}

/** Whether nothing is known that speaks against another payment of the order. */
export function acceptsPayment(result: CompletionResult): boolean {
  return (
    (result.status === 'pending' || result.status === 'failed') &&
    !isAlreadyPaid(result.errorCode, result.errorMessage)
  )
}

/** A failure that the browser reports: the buyer may read it, the order does not change. */
export function toReportedFailure({ errorCode, errorMessage }: PaymentNotice): CompletionResult {
  return toCautiousResult({ status: 'failed', errorCode, errorMessage, isExpired: false })
}

/** A failure invites to another try, which must not happen where the provider says that the order is paid. */
function toCautiousResult(result: CompletionResult): CompletionResult {
  return result.status === 'failed' && isAlreadyPaid(result.errorCode, result.errorMessage)
    ? { ...result, status: 'pending' }
    : result
}

function toFailureResult(failure: SyncFailure, claimsBillingKey: boolean): CompletionResult {
  switch (failure.reason) {
    // An unknown order must be indistinguishable from a foreign one. A card may be registered without an order.
    case 'order_unknown':
    case 'order_mismatch':
      return toPlainResult(claimsBillingKey ? 'received' : 'forgery')
    // Without an amount it can only be a registration.
    case 'currency_mismatch':
    case 'amount_mismatch':
      return toPlainResult(failure.actual.minor === 0 ? 'received' : 'forgery')
    case 'billing_key_issue':
      return toPlainResult('received')
    case 'sandbox_payment':
    case 'payment_too_old':
    case 'channel_mismatch':
      return toPlainResult('forgery')
    case 'payment_not_found':
    case 'provider_unavailable':
    case 'provider_refused_us':
    case 'payment_malformed':
    case 'record_mismatch':
    case 'store_unavailable':
    case 'order_contended':
      return toPlainResult('pending')
  }
}

/** A result without a text of the provider. */
export function toPlainResult(status: CompletionStatus): CompletionResult {
  return { status, errorCode: null, errorMessage: null, isExpired: false }
}

/** The message of a result for a buyer. */
export function toResultMessage(
  { status, isExpired, messages }: CompletionResult,
  language: Language,
): string {
  const ofSubject: Partial<Record<CompletionStatus, SubjectMessages['success']>> = messages ?? {}
  const own = ofSubject[status]
  if (own !== undefined) return own[language]
  return toMessage(status === 'failed' && isExpired ? 'expired' : status, language)
}

/** The JSON of a result. */
export function toCompletionResponse(
  result: CompletionResult,
  language: Language,
  mode: Mode,
): CompletionResponse {
  const { status, errorCode, errorMessage } = result
  const isFailed = status === 'failed'
  return {
    status,
    message: toResultMessage(result, language),
    ...(isFailed && errorCode !== null ? { error_code: errorCode } : {}),
    ...(isFailed && errorMessage !== null ? { error_msg: errorMessage } : {}),
    ...(mode === 'test' ? { mode } : {}),
  }
}

/** The HTTP status of a completion response: 200 for every known status of an order. */
export function toHttpStatus(status: CompletionStatus): 200 | 202 | 400 | 409 {
  switch (status) {
    case 'success':
    case 'vbankIssued':
    case 'failed':
    case 'cancelled':
    case 'partiallyCancelled':
    case 'received':
      return 200
    case 'pending':
      return 202
    case 'forgery':
      return 409
    case 'invalid':
      return 400
  }
}

/** When to ask again, where nothing is known yet. */
export function toRetryHeaders(status: CompletionStatus): Readonly<Record<string, string>> {
  return status === 'pending' ? { 'Retry-After': '2' } : {}
}

/** The HTTP status of a request that could not be parsed. */
export function toRefusalStatus(failure: RequestFailure): 400 | 408 | 413 | 415 {
  switch (failure.reason) {
    case 'body_too_large':
      return 413
    case 'body_too_slow':
      return 408
    case 'media_type_unsupported':
      return 415
    case 'body_not_utf8':
    case 'body_consumed':
    case 'body_malformed':
    case 'field_duplicated':
    case 'too_many_fields':
    case 'id_missing':
    case 'id_malformed':
    case 'webhook_v2':
    case 'browser_sdk_v2':
      return 400
  }
}

/** What the shop must change in its settings or its code; null where only the sender can send something else. */
export function toSetupMessage(failure: RequestFailure, language: Language): string | null {
  if (failure.reason === 'body_consumed') return consumedMessages[language]
  const isVersion2 = failure.reason === 'webhook_v2' || failure.reason === 'browser_sdk_v2'
  return isVersion2 ? explain(failure, language) : null
}

const consumedMessages: Readonly<Record<Language, string>> = {
  ko: '요청 본문이 이미 소비되었습니다. 본문 파서(body parser)는 결제 완료 라우트 뒤에 두세요.',
  en: 'The request body was already consumed: put body parsers behind the completion routes.',
}
