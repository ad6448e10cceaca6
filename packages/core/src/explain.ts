import { type Money, type MoneyFailure, toText } from './money.ts'
import type { NoticeFailure } from './notice.ts'
import type { SyncFailure } from './sync.ts'

/** Everything that core can report as having failed. */
export type Failure = NoticeFailure | MoneyFailure | SyncFailure

/** The languages users are spoken to in. */
export type Language = 'ko' | 'en'

/** What a failure means for whoever reported it. */
export interface Judgement {
  /** Whether the same notice may succeed later, so that its sender should try again. */
  readonly retryable: boolean
  /** Who can do something about it. */
  readonly fault: 'sender' | 'buyer' | 'shop' | 'provider' | 'service'
}

const sender: Judgement = { retryable: false, fault: 'sender' }
const buyer: Judgement = { retryable: false, fault: 'buyer' }
const shop: Judgement = { retryable: false, fault: 'shop' }
const provider: Judgement = { retryable: true, fault: 'provider' }
const service: Judgement = { retryable: true, fault: 'service' }

const judgements: Readonly<Record<Failure['reason'], Judgement>> = {
  id_missing: sender,
  id_malformed: sender,
  body_malformed: sender,
  media_type_unsupported: sender,
  field_duplicated: sender,
  too_many_fields: sender,
  currency_unknown: shop,
  amount_malformed: shop,
  order_mismatch: buyer,
  currency_mismatch: buyer,
  amount_mismatch: buyer,
  sandbox_payment: buyer,
  billing_key_issue: buyer,
  payment_not_found: provider,
  provider_unavailable: provider,
  payment_malformed: provider,
  record_mismatch: provider,
  // Wrong keys: every order waits until the shop mends its settings, and none may be told it failed.
  provider_refused_us: { retryable: true, fault: 'shop' },
  // The order row may be written a moment after its webhook arrives.
  order_unknown: { retryable: true, fault: 'shop' },
  order_contended: service,
  store_unavailable: service,
}

/** Whether a failure can pass by itself, and whose it is. */
export function judge(failure: Failure): Judgement {
  return judgements[failure.reason]
}

/**
 * One sentence about a failure, with its evidence: action first, then the state that stopped it. It is
 * meant for logs and operators; it names both amounts of a mismatch, so a stranger must not see it.
 *
 * @param failure Any failure of this package.
 * @param language `en` (the default) or `ko`.
 *
 * @example
 * ```ts
 * import { explain } from '@quayside/core'
 *
 * console.log(explain({ reason: 'id_missing', field: 'imp_uid' })) // Cannot read notice: imp_uid is missing
 * console.log(explain({ reason: 'id_missing', field: 'imp_uid' }, 'ko'))
 * ```
 */
export function explain(failure: Failure, language: Language = 'en'): string {
  return language === 'ko' ? inKorean(failure) : inEnglish(failure)
}

function inEnglish(failure: Failure): string {
  switch (failure.reason) {
    case 'id_missing':
      return `Cannot read notice: ${failure.field} is missing`
    case 'id_malformed':
      return `Cannot read notice: ${failure.field} is outside its grammar`
    case 'body_malformed':
      return 'Cannot read notice: body is malformed'
    case 'media_type_unsupported':
      return 'Cannot read notice: media type is neither JSON nor a form in UTF-8'
    case 'field_duplicated':
      return `Cannot read notice: ${print(failure.field)} occurs more than once`
    case 'too_many_fields':
      return `Cannot read notice: more than ${failure.limit} fields`
    case 'currency_unknown':
      return `Cannot read amount: currency ${print(failure.actual)} is unknown`
    case 'amount_malformed':
      return `Cannot read amount: ${print(failure.actual)} is no exact amount of its currency`
    case 'order_unknown':
      return `Cannot find order: ${failure.merchantUid} is unknown`
    case 'order_contended':
      return `Cannot record order ${failure.merchantUid}: others kept changing it`
    case 'store_unavailable':
      return 'Cannot reach the order store'
    case 'payment_not_found':
      return `Cannot look up payment: provider has no ${failure.impUid}`
    case 'provider_unavailable':
      return 'Cannot look up payment: provider gave no usable answer'
    case 'provider_refused_us':
      return 'Cannot look up payment: provider refused our keys'
    case 'payment_malformed':
      return `Cannot read payment: ${failure.field} is missing or malformed`
    case 'record_mismatch':
      return `Cannot trust payment: asked for ${failure.expected}, got ${failure.actual}`
    case 'order_mismatch':
      return `Cannot verify payment: it is of order ${failure.actual}, offered for ${failure.expected}`
    case 'currency_mismatch':
    case 'amount_mismatch':
      return `Cannot verify payment: amount is ${toText(failure.actual)}, order expects ${toText(failure.expected)}`
    case 'sandbox_payment':
      return 'Cannot verify payment: it was made on a test channel'
    case 'billing_key_issue':
      return 'Cannot verify payment: it only issued a billing key'
  }
}

function inKorean(failure: Failure): string {
  switch (failure.reason) {
    case 'id_missing':
      return `결제 알림을 읽을 수 없습니다: ${failure.field} 없음`
    case 'id_malformed':
      return `결제 알림을 읽을 수 없습니다: ${failure.field} 형식 오류`
    case 'body_malformed':
      return '결제 알림을 읽을 수 없습니다: 본문 형식 오류'
    case 'media_type_unsupported':
      return '결제 알림을 읽을 수 없습니다: UTF-8 JSON 또는 폼이 아님'
    case 'field_duplicated':
      return `결제 알림을 읽을 수 없습니다: ${print(failure.field)} 중복`
    case 'too_many_fields':
      return `결제 알림을 읽을 수 없습니다: 항목이 ${failure.limit}개를 넘음`
    case 'currency_unknown':
      return `금액을 읽을 수 없습니다: 알 수 없는 통화 ${print(failure.actual)}`
    case 'amount_malformed':
      return `금액을 읽을 수 없습니다: ${print(failure.actual)}`
    case 'order_unknown':
      return `주문을 찾을 수 없습니다: ${failure.merchantUid}`
    case 'order_contended':
      return `주문 ${failure.merchantUid}을(를) 기록할 수 없습니다: 다른 변경이 계속됨`
    case 'store_unavailable':
      return '주문 저장소에 연결할 수 없습니다'
    case 'payment_not_found':
      return `결제를 조회할 수 없습니다: ${failure.impUid} 없음`
    case 'provider_unavailable':
      return '결제를 조회할 수 없습니다: 포트원 응답 없음'
    case 'provider_refused_us':
      return '결제를 조회할 수 없습니다: API 키가 거절됨'
    case 'payment_malformed':
      return `결제 내역을 읽을 수 없습니다: ${failure.field} 누락 또는 형식 오류`
    case 'record_mismatch':
      return `결제 내역을 믿을 수 없습니다: 조회 ${failure.expected}, 응답 ${failure.actual}`
    case 'order_mismatch':
      return `결제를 검증할 수 없습니다: 주문 ${failure.actual}의 결제가 ${failure.expected}에 제시됨`
    case 'currency_mismatch':
    case 'amount_mismatch':
      return `결제를 검증할 수 없습니다: 결제 ${amounts(failure)}`
    case 'sandbox_payment':
      return '결제를 검증할 수 없습니다: 테스트 채널 결제'
    case 'billing_key_issue':
      return '결제를 검증할 수 없습니다: 빌링키 발급 건'
  }
}

function amounts({ actual, expected }: { actual: Money; expected: Money }): string {
  return `${toText(actual)}, 주문 ${toText(expected)}`
}

/** Foreign values go into logs: one line, bounded, whatever they are. */
function print(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify(value)
        .slice(0, 40)
        .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    : typeof value
}
