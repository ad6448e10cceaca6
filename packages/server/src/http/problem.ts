import type { Language } from '@quayside/core'
import type { BillingKeyFailure } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { IdentityVerificationFailure } from '../domain/identity-verification.ts'
import type { SubscriptionRequestFailure } from '../domain/subscription-failure.ts'
import type { LinkFailure } from '../payment-links/failure.ts'
import { billingKeyProblems } from './billing-key-problems.ts'
import type { ProblemDefinition, ProblemStatus } from './problem-definition.ts'
import { subscriptionProblems } from './subscriptions/problems.ts'

/** What can be wrong with a request to the merchant API, or on the way to its response. */
export type Problem =
  | OrderFailure
  | LinkFailure
  | IdentityVerificationFailure
  | BillingKeyFailure
  | SubscriptionRequestFailure
  | HttpProblem

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

/** A problem as RFC 9457 writes it, with a code of ours for programs. */
export interface ProblemDetails {
  readonly type: string
  /** One sentence in the caller's language. */
  readonly title: string
  readonly status: ProblemStatus
  /** What this occurrence is about: the field that is wrong, or the provider's message. */
  readonly detail?: string
  readonly error: Problem['reason']
  /** The names in the request, where several fields do not fit together. */
  readonly parameters?: readonly string[]
}

const definitions: Readonly<Record<Problem['reason'], ProblemDefinition>> = {
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
    ko: '본문이 16 KiB(POST /orders는 64 KiB)를 초과합니다',
    en: 'Body is larger than 16 KiB, or 64 KiB for POST /orders',
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
  payment_link_unknown: {
    status: 404,
    ko: '결제 링크를 찾을 수 없습니다',
    en: 'Payment link not found',
  },
  order_not_open: {
    status: 409,
    ko: '결제할 수 있는 상태의 주문이 아닙니다',
    en: 'The order can be paid no more',
  },
  link_refused: {
    status: 409,
    ko: '포트원이 결제 링크 요청을 거절했습니다',
    en: 'The provider refused the payment link',
  },
  link_without_vat: {
    status: 409,
    ko: '부가세(vat_amount)가 있는 주문에는 결제 링크를 만들 수 없습니다',
    en: 'A payment link takes no vat_amount, and the order has one',
  },
  too_many_links: {
    status: 409,
    ko: '이 주문에는 결제 링크를 더 만들 수 없습니다 (최대 100개)',
    en: 'The order has 100 payment links, and gets no more',
  },
  event_unknown: { status: 404, ko: '이벤트를 찾을 수 없습니다', en: 'Event not found' },
  order_conflict: {
    status: 409,
    ko: '같은 주문번호로 다른 내용의 주문이 이미 있습니다',
    en: 'An order with this id exists with different values',
  },
  channel_unsuitable: {
    status: 422,
    ko: '지정한 결제 채널에서는 결제할 수 없는 주문입니다',
    en: 'The channel that the order names cannot take it',
  },
  order_of_other_payee: {
    status: 409,
    ko: '같은 주문번호의 주문이 다른 계정 또는 다른 하위상점에 이미 있습니다',
    en: 'An order with this id exists for another account or tier',
  },
  account_unknown: {
    status: 422,
    ko: '설정(ACCOUNTS)에 없는 계정입니다',
    en: 'The settings (ACCOUNTS) name no such account',
  },
  tier_unknown: {
    status: 422,
    ko: '설정에 없는 하위상점(tier)입니다',
    en: 'The settings name no such tier of this account',
  },
  tier_unknown_to_provider: {
    status: 422,
    ko: '포트원에 없는 하위상점(tier)입니다. 콘솔에서 추가하거나 설정을 고친 뒤 다시 보내 주세요',
    en: 'The provider knows no such tier. Add it in its console, or correct the settings',
  },
  link_without_tier: {
    status: 409,
    ko: '하위상점(tier) 주문에는 결제 링크를 만들 수 없습니다',
    en: 'A payment link has no tier, and the order has one',
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
    ko: '취소 결과를 아직 알 수 없습니다. 주문과 취소 내역을 조회한 뒤 결정해 주세요',
    en: 'The outcome of the cancel is unknown. Read the order and its cancels before trying again',
  },
  identity_verification_unknown: {
    status: 404,
    ko: '본인인증을 찾을 수 없습니다',
    en: 'Identity verification not found',
  },
  identity_verification_mismatch: {
    status: 409,
    ko: '다른 목적 또는 다른 고객의 본인인증입니다',
    en: 'The identity verification is of another purpose or another customer',
  },
  identity_verification_not_verified: {
    status: 409,
    ko: '완료되지 않은 본인인증입니다',
    en: 'The identity verification is not verified',
  },
  identity_verification_used: {
    status: 409,
    ko: '이미 사용된 본인인증입니다',
    en: 'The identity verification was already used',
  },
  receipt_refused: {
    status: 409,
    ko: '포트원이 현금영수증 요청을 거절했습니다',
    en: 'The provider refused the cash receipt',
  },
  receipt_unknown: {
    status: 404,
    ko: '발급된 현금영수증이 없습니다',
    en: 'The order has no cash receipt',
  },
  receipt_outcome_unknown: {
    status: 503,
    ko: '현금영수증 처리 결과를 아직 알 수 없습니다. 현금영수증을 다시 조회한 뒤 결정해 주세요',
    en: 'The outcome is unknown. Read the cash receipt before trying again',
  },
  delivery_refused: {
    status: 409,
    ko: '포트원이 배송 등록을 거절했습니다',
    en: 'The provider refused the delivery',
  },
  delivery_unknown: {
    status: 404,
    ko: '등록된 배송이 없습니다',
    en: 'The order has no registered delivery',
  },
  delivery_outcome_unknown: {
    status: 503,
    ko: '배송 등록 결과를 아직 알 수 없습니다. 같은 요청을 다시 보내 주세요',
    en: 'The outcome is unknown. Send the same request again',
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
  ...subscriptionProblems,

  internal: {
    status: 500,
    ko: '요청을 처리하지 못했습니다. 원인은 로그에 있습니다',
    en: 'Internal error. The cause is in the log',
  },
  ...billingKeyProblems,
}

/** Presents a problem as RFC 9457 defines, in Korean or English. */
export function toProblemDetails(problem: Problem, language: Language): ProblemDetails {
  const { reason } = problem
  const { status, [language]: title } = definitions[reason]
  const detail = toDetail(problem, language)
  return {
    type: `urn:quayside:problem:${reason}`,
    title,
    status,
    ...(detail === null ? {} : { detail }),
    error: reason,
    ...(problem.reason === 'channel_unsuitable' ? { parameters: problem.parameters } : {}),
  }
}

function toDetail(problem: Problem, language: Language): string | null {
  if (problem.reason === 'request_invalid') {
    const { field } = problem
    const allowed = 'allowed' in problem ? problem.allowed : undefined
    return allowed === undefined ? field : `${field}: ${allowed.join(', ')}`
  }
  if (problem.reason === 'channel_unsuitable') return problem.detail[language]
  if (problem.reason === 'status_unsuitable') return `status is ${problem.status}`
  return 'detail' in problem ? (problem.detail ?? null) : null
}
