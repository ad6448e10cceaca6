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
import { type AnswerStatus, toMessage } from './messages.ts'
import type { ReadFailure } from './read-body.ts'

/** What a door found out, before it is said in the way of that door. */
export interface Verdict {
  readonly status: AnswerStatus
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** The JSON of a completion answer. It holds nothing personal: whoever knows two ids can ask for it. */
export interface Answer {
  readonly status: AnswerStatus
  readonly message: string
  /** The provider's own code and text of a failed payment, untouched. Show them as text, never as HTML. */
  readonly error_code?: string
  readonly error_msg?: string
  /** There only while the doors accept test payments. */
  readonly mode?: 'test'
}

/** Why a request has no reading at all. */
export type RequestFailure = ReadFailure | NoticeFailure | { readonly reason: 'not_a_payment' }

const orderWords: Readonly<Record<OrderStatus, AnswerStatus>> = {
  pending: 'pending',
  vbank_issued: 'vbankIssued',
  paid: 'success',
  failed: 'failed',
  partially_cancelled: 'partiallyCancelled',
  cancelled: 'cancelled',
  // Nobody paid in time: the buyer may order again.
  expired: 'failed',
}

/** What to tell the buyer who asks about an order. */
export function toOrderVerdict(order: Order): Verdict {
  return { status: orderWords[order.status], errorCode: null, errorMessage: order.failReason }
}

/** What to tell a browser about the payment it reported, after the record was asked. */
export function toVerdict(synced: Result<Synced, SyncFailure>, notice: PaymentNotice): Verdict {
  if (!synced.ok) return toFailureVerdict(synced.failure)
  const verdict = toOrderVerdict(synced.value.order)
  if (verdict.status === 'failed') {
    const { errorCode, errorMessage } = toReportedFailure(notice)
    return { ...verdict, errorCode, errorMessage: errorMessage ?? verdict.errorMessage }
  }
  // The record has nothing yet and the browser brings the provider's words of a refusal: the buyer may
  // read them, while the order stays open. A bare flag is not enough, since it is known to be wrong.
  const isRefused = notice.claim === 'failure' && notice.errorMessage !== null
  return verdict.status === 'pending' && isRefused ? toReportedFailure(notice) : verdict
}

/** A failure as the browser tells it: the buyer may read it, the order is not touched. */
export function toReportedFailure({ errorCode, errorMessage }: PaymentNotice): Verdict {
  return { status: 'failed', errorCode, errorMessage }
}

function toFailureVerdict(failure: SyncFailure): Verdict {
  switch (failure.reason) {
    // An order that is not there must look like somebody else's.
    case 'order_unknown':
    case 'order_mismatch':
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'sandbox_payment':
    case 'billing_key_issue':
      return toPlainVerdict('forgery')
    case 'payment_not_found':
    case 'provider_unavailable':
    case 'provider_refused_us':
    case 'payment_malformed':
    case 'record_mismatch':
    case 'store_unavailable':
    case 'order_contended':
      return toPlainVerdict('pending')
  }
}

function toPlainVerdict(status: AnswerStatus): Verdict {
  return { status, errorCode: null, errorMessage: null }
}

/** Says a verdict as the JSON of the completion door. */
export function toAnswer(verdict: Verdict, language: Language, mode: Mode): Answer {
  const { status, errorCode, errorMessage } = verdict
  const isFailed = status === 'failed'
  return {
    status,
    message: toMessage(status, language),
    ...(isFailed && errorCode !== null ? { error_code: errorCode } : {}),
    ...(isFailed && errorMessage !== null ? { error_msg: errorMessage } : {}),
    ...(mode === 'test' ? { mode } : {}),
  }
}

/** The HTTP status of a completion answer. What was found out is a 200, whatever it is. */
export function toHttpStatus(status: AnswerStatus): 200 | 202 | 400 | 409 {
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

/** The HTTP status of a request that was not read. */
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
