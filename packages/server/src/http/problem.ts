import type { Language } from '@quayside/core'
import type { Problem } from '../domain/problem.ts'

type Status = 400 | 401 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 502 | 503
type Entry = { readonly status: Status } & Readonly<Record<Language, string>>

const entries: Readonly<Record<Problem['reason'], Entry>> = {
  request_invalid: {
    status: 400,
    ko: '요청을 읽을 수 없습니다: 잘못된 항목',
    en: 'Cannot read request: missing, unknown or malformed',
  },
  media_type_unsupported: {
    status: 415,
    ko: '요청을 읽을 수 없습니다: Content-Type은 application/json이어야 합니다',
    en: 'Cannot read request: Content-Type must be application/json',
  },
  body_too_large: {
    status: 413,
    ko: '요청을 읽을 수 없습니다: 본문이 16 KiB를 넘습니다',
    en: 'Cannot read request: body is larger than 16 KiB',
  },
  body_malformed: {
    status: 400,
    ko: '요청을 읽을 수 없습니다: 본문이 JSON 객체가 아닙니다',
    en: 'Cannot read request: body is no JSON object with distinct names',
  },
  unauthorized: {
    status: 401,
    ko: '인증할 수 없습니다: API 키가 없거나 다릅니다',
    en: 'Cannot authenticate: API key is missing or wrong',
  },
  order_unknown: {
    status: 404,
    ko: '주문을 찾을 수 없습니다',
    en: 'Cannot find order: it was never created',
  },
  exception_unknown: {
    status: 404,
    ko: '예외를 찾을 수 없습니다',
    en: 'Cannot find exception: there is none',
  },
  event_unknown: {
    status: 404,
    ko: '이벤트를 찾을 수 없습니다',
    en: 'Cannot find event: it never happened',
  },
  order_conflict: {
    status: 409,
    ko: '주문을 만들 수 없습니다: 같은 번호의 주문이 다른 내용으로 있습니다',
    en: 'Cannot create order: it is there with other values',
  },
  order_contended: {
    status: 503,
    ko: '주문을 바꿀 수 없습니다: 다른 변경이 계속됩니다. 다시 시도해 주세요',
    en: 'Cannot change order: others kept changing it. Try again',
  },
  not_paid: {
    status: 409,
    ko: '일부를 취소할 수 없습니다: 결제되지 않은 주문입니다',
    en: 'Cannot cancel part of order: nothing was paid',
  },
  nothing_left: {
    status: 409,
    ko: '취소할 수 없습니다: 이미 전액 취소되었습니다',
    en: 'Cannot cancel: nothing is left of the payment',
  },
  balance_exceeded: {
    status: 409,
    ko: '취소할 수 없습니다: 남은 금액보다 큽니다',
    en: 'Cannot cancel: amount is larger than what remains',
  },
  balance_mismatch: {
    status: 409,
    ko: '취소할 수 없습니다: 남은 금액이 checksum과 다릅니다',
    en: 'Cannot cancel: what remains differs from checksum',
  },
  refund_account_missing: {
    status: 422,
    ko: '취소할 수 없습니다: 가상계좌 결제는 환불 계좌(refund)가 필요합니다',
    en: 'Cannot cancel: a virtual account payment needs an account to refund to',
  },
  cancel_refused: {
    status: 409,
    ko: '취소할 수 없습니다: 포트원이 거절했습니다',
    en: 'Cannot cancel: the provider refused',
  },
  provider_refused_us: {
    status: 502,
    ko: '포트원이 API 키를 거절했습니다: 설정을 확인해 주세요',
    en: 'Cannot reach provider: it refused our keys. Check the settings',
  },
  provider_unavailable: {
    status: 503,
    ko: '포트원의 응답이 없습니다. 같은 요청을 다시 보내 주세요',
    en: 'Cannot reach provider: no usable answer. Send the same request again',
  },
  store_unavailable: {
    status: 503,
    ko: '주문 저장소에 연결할 수 없습니다. 같은 요청을 다시 보내 주세요',
    en: 'Cannot reach the order store. Send the same request again',
  },
  outcome_unknown: {
    status: 503,
    ko: '취소 결과를 알 수 없습니다: 주문을 다시 조회한 뒤 결정해 주세요',
    en: 'Cannot tell whether the cancel took place: read the order before trying again',
  },
  not_found: { status: 404, ko: '찾을 수 없습니다', en: 'Cannot find anything here' },
  method_not_allowed: {
    status: 405,
    ko: '허용되지 않는 메서드입니다',
    en: 'Cannot use this method here',
  },
  internal: {
    status: 500,
    ko: '요청을 처리하지 못했습니다',
    en: 'Cannot handle request: an internal error was logged',
  },
}

/** The HTTP status of a problem. */
export function toStatus({ reason }: Problem): Status {
  return entries[reason].status
}

/** A problem as it is answered: a code for programs, a sentence for people. */
export function toProblemAnswer(
  problem: Problem,
  language: Language,
): { error: string; message: string } {
  const { reason } = problem
  const detail =
    reason === 'request_invalid'
      ? problem.field
      : reason === 'cancel_refused'
        ? problem.detail
        : null
  const sentence = entries[reason][language]
  return { error: reason, message: detail === null ? sentence : `${sentence}: ${detail}` }
}
