import type {
  Language,
  Mode,
  NoticeFailure,
  Order,
  OrderStatus,
  PaymentNotice,
  Result,
  Synced,
  SyncFailure,
} from '@quayside/core'
import { type CompletionStatus, toMessage } from './messages.ts'
import type { ReadFailure } from './read-body.ts'

/** What a handler found out, before it is turned into a response. */
export interface CompletionResult {
  readonly status: CompletionStatus
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** The JSON of a completion response. It contains no personal data, because two ids suffice to request it. */
export interface CompletionResponse {
  readonly status: CompletionStatus
  readonly message: string
  /** The provider's code and text of a failed payment, unchanged. Show them as text, never as HTML. */
  readonly error_code?: string
  readonly error_msg?: string
  /** Present while test payments are accepted. */
  readonly mode?: 'test'
}

/** Why a request could not be parsed. */
export type RequestFailure = ReadFailure | NoticeFailure | { readonly reason: 'not_a_payment' }

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

/** The result for a buyer who reads an order. */
export function toOrderResult(order: Order): CompletionResult {
  return { status: statusOfOrder[order.status], errorCode: null, errorMessage: order.failReason }
}

/** The result for a browser that reported a payment, after the lookup. */
export function toCompletionResult(
  synced: Result<Synced, SyncFailure>,
  notice: PaymentNotice,
): CompletionResult {
  if (!synced.ok) return toFailureResult(synced.failure)
  const result = toOrderResult(synced.value.order)
  if (result.status === 'failed') {
    const { errorCode, errorMessage } = toReportedFailure(notice)
    return { ...result, errorCode, errorMessage: errorMessage ?? result.errorMessage }
  }
  // The record has no result yet, but the browser has an error message of the provider: the buyer may read it,
  // while the order stays open. A flag alone is not enough, because flags are known to be wrong.
  const isRefused = notice.claim === 'failure' && notice.errorMessage !== null
  return result.status === 'pending' && isRefused ? toReportedFailure(notice) : result
}

/** A failure that the browser reports: the buyer may read it, the order does not change. */
export function toReportedFailure({ errorCode, errorMessage }: PaymentNotice): CompletionResult {
  return { status: 'failed', errorCode, errorMessage }
}

function toFailureResult(failure: SyncFailure): CompletionResult {
  switch (failure.reason) {
    // An unknown order must be indistinguishable from a foreign one.
    case 'order_unknown':
    case 'order_mismatch':
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'sandbox_payment':
    case 'billing_key_issue':
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

function toPlainResult(status: CompletionStatus): CompletionResult {
  return { status, errorCode: null, errorMessage: null }
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
    message: toMessage(status, language),
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
      return 200
    case 'pending':
      return 202
    case 'forgery':
      return 409
    case 'invalid':
      return 400
  }
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
    case 'body_malformed':
    case 'field_duplicated':
    case 'too_many_fields':
    case 'id_missing':
    case 'id_malformed':
    case 'not_a_payment':
      return 400
  }
}
