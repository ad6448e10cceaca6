import type { Language } from '@quayside/core'
import type { OrderFailure } from '../domain/failure.ts'

/** What can be wrong with a request to the merchant API, or on the way to its response. */
export type Problem = OrderFailure | HttpProblem

/** What only HTTP can refuse. */
export type HttpProblem =
  | { readonly reason: 'configuration'; readonly detail: string }
  | { readonly reason: HttpProblemReason }

export type HttpProblemReason =
  | 'media_type_unsupported'
  | 'body_too_large'
  | 'body_malformed'
  | 'unauthorized'
  | 'event_unknown'
  | 'reconciliation_issue_unknown'
  | 'not_found'
  | 'method_not_allowed'
  | 'internal'

export type ProblemStatus = 400 | 401 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 502 | 503

/** A problem as RFC 9457 writes it, with a code of ours for programs. */
export interface ProblemDetails {
  readonly type: string
  /** One sentence in the caller's language. */
  readonly title: string
  readonly status: ProblemStatus
  /** What this occurrence is about: the field that is wrong, or the provider's message. */
  readonly detail?: string
  readonly error: Problem['reason']
}

interface Definition extends Readonly<Record<Language, string>> {
  readonly status: ProblemStatus
}

const definitions: Readonly<Record<Problem['reason'], Definition>> = {
  request_invalid: {
    status: 400,
    ko: '빠졌거나 알 수 없거나 형식이 잘못된 항목이 있습니다',
    en: 'A field is missing, unknown or malformed',
  },
  media_type_unsupported: {
    status: 415,
    ko: 'Content-Type은 application/json이어야 합니다',
    en: 'Content-Type must be application/json',
  },
  body_too_large: {
    status: 413,
    ko: '본문이 16 KiB를 초과합니다',
    en: 'Body is larger than 16 KiB',
  },
  body_malformed: {
    status: 400,
    ko: '본문은 키가 중복되지 않은 JSON 객체여야 합니다',
    en: 'Body must be a JSON object without duplicate keys',
  },
  unauthorized: {
    status: 401,
    ko: 'API 키가 없거나 올바르지 않습니다',
    en: 'API key is missing or wrong',
  },
  order_unknown: { status: 404, ko: '주문을 찾을 수 없습니다', en: 'Order not found' },
  reconciliation_issue_unknown: {
    status: 404,
    ko: '대사 불일치 건을 찾을 수 없습니다',
    en: 'Reconciliation issue not found',
  },
  event_unknown: { status: 404, ko: '이벤트를 찾을 수 없습니다', en: 'Event not found' },
  order_conflict: {
    status: 409,
    ko: '같은 주문번호로 다른 내용의 주문이 이미 있습니다',
    en: 'An order with this id exists with different values',
  },
  order_contended: {
    status: 503,
    ko: '다른 요청이 동시에 주문을 변경했습니다. 다시 시도해 주세요',
    en: 'Other requests changed the order at the same time. Try again',
  },
  not_paid: {
    status: 409,
    ko: '결제되지 않은 주문은 부분 취소할 수 없습니다',
    en: 'The order is not paid, so no part of it can be cancelled',
  },
  nothing_left: {
    status: 409,
    ko: '이미 전액 취소된 결제입니다',
    en: 'The payment is already cancelled in full',
  },
  balance_exceeded: {
    status: 409,
    ko: '취소 금액이 취소 가능 금액보다 큽니다',
    en: 'Amount is larger than the cancellable balance',
  },
  balance_mismatch: {
    status: 409,
    ko: '취소 가능 금액이 checksum과 다릅니다',
    en: 'The cancellable balance differs from checksum',
  },
  refund_account_missing: {
    status: 422,
    ko: '가상계좌 결제를 취소하려면 환불 계좌(refund)가 필요합니다',
    en: 'A virtual account payment needs a refund account (refund) to be cancelled',
  },
  cancel_refused: {
    status: 409,
    ko: '포트원이 취소를 거절했습니다',
    en: 'The provider refused the cancel',
  },
  provider_refused_us: {
    status: 502,
    ko: '포트원이 API 키를 거절했습니다. 설정을 확인해 주세요',
    en: 'The provider refused our API key. Check the settings',
  },
  provider_unavailable: {
    status: 503,
    ko: '포트원에서 응답을 받지 못했습니다. 같은 요청을 다시 보내 주세요',
    en: 'The provider gave no usable response. Send the same request again',
  },
  store_unavailable: {
    status: 503,
    ko: '주문 저장소에 연결할 수 없습니다. 같은 요청을 다시 보내 주세요',
    en: 'The order store is unavailable. Send the same request again',
  },
  outcome_unknown: {
    status: 503,
    ko: '취소 결과를 아직 알 수 없습니다. 주문을 다시 조회한 뒤 결정해 주세요',
    en: 'The outcome of the cancel is unknown. Read the order before trying again',
  },
  not_found: { status: 404, ko: '찾을 수 없습니다', en: 'Not found' },
  method_not_allowed: {
    status: 405,
    ko: '허용되지 않는 메서드입니다',
    en: 'Method not allowed',
  },
  configuration: {
    status: 500,
    ko: '서버 설정이 올바르지 않습니다',
    en: 'The settings of the server are incomplete',
  },
  internal: {
    status: 500,
    ko: '요청을 처리하지 못했습니다. 원인은 로그에 있습니다',
    en: 'Internal error. The cause is in the log',
  },
}

/** Presents a problem as RFC 9457 defines, in Korean or English. */
export function toProblemDetails(problem: Problem, language: Language): ProblemDetails {
  const { reason } = problem
  const { status, [language]: title } = definitions[reason]
  const detail = toDetail(problem)
  return {
    type: `urn:quayside:problem:${reason}`,
    title,
    status,
    ...(detail === null ? {} : { detail }),
    error: reason,
  }
}

function toDetail(problem: Problem): string | null {
  if (problem.reason === 'request_invalid') return problem.field
  return 'detail' in problem ? problem.detail : null
}
