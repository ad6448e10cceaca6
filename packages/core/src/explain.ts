import type { NoticeFailure } from './channels/notice.ts'
import type { SyncFailure } from './sync/sync.ts'
import { type MoneyFailure, toText } from './values/money.ts'

/** Every failure of this package. */
export type Failure = NoticeFailure | MoneyFailure | SyncFailure

/** The languages of messages. */
export type Language = 'ko' | 'en'

/** Whether a failure can pass, and who is responsible. */
export interface FailureClass {
  /** True when the same notice may succeed later, so that its sender should retry. */
  readonly retryable: boolean
  /** Who can fix it. `shop` is the merchant, `service` the store or a concurrent writer. */
  readonly responsible: 'sender' | 'buyer' | 'shop' | 'provider' | 'service'
}

const sender: FailureClass = { retryable: false, responsible: 'sender' }
const buyer: FailureClass = { retryable: false, responsible: 'buyer' }
const shop: FailureClass = { retryable: false, responsible: 'shop' }
const provider: FailureClass = { retryable: true, responsible: 'provider' }
const service: FailureClass = { retryable: true, responsible: 'service' }
const settings: FailureClass = { retryable: true, responsible: 'shop' }

const failureClasses: Readonly<Record<Failure['reason'], FailureClass>> = {
  id_missing: sender,
  id_malformed: sender,
  body_malformed: sender,
  media_type_unsupported: sender,
  field_duplicated: sender,
  too_many_fields: sender,
  // The console and the page of the shop choose the version.
  webhook_v2: shop,
  browser_sdk_v2: shop,
  currency_unknown: shop,
  amount_malformed: shop,
  order_mismatch: buyer,
  currency_mismatch: buyer,
  amount_mismatch: buyer,
  // Only the shop's own page can use its test channel.
  sandbox_payment: shop,
  billing_key_issue: buyer,
  payment_too_old: buyer,
  channel_mismatch: buyer,
  payment_not_found: provider,
  provider_unavailable: provider,
  payment_malformed: provider,
  record_mismatch: provider,
  // Wrong keys: every order stays pending until the shop fixes its settings, and none may be shown as failed.
  provider_refused_us: settings,
  // The order row may be written a moment after its webhook arrives.
  order_unknown: settings,
  order_contended: service,
  store_unavailable: service,
}

/**
 * Returns whether a failure can pass, and who is responsible for it.
 *
 * @param failure Any failure of this package.
 * @returns Its class. A webhook handler responds 503 to a retryable failure and 200 or 400 to any other.
 *
 * @example
 * ```ts
 * import { classify } from '@quayside/core'
 *
 * console.log(classify({ reason: 'store_unavailable', cause: null }).retryable) // true
 * ```
 */
export function classify(failure: Failure): FailureClass {
  return failureClasses[failure.reason]
}

/**
 * Describes a failure in one sentence: first the action, then what prevented it. The sentence is meant for logs
 * and operators. It contains both amounts of a mismatch, so do not show it to the sender of a notice.
 *
 * @param failure Any failure of this package.
 * @param language `en` (the default) or `ko`.
 * @returns The sentence, on one line; values from outside are cut to 40 characters.
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
  const [english, korean] = toSentences(failure)
  return language === 'ko' ? korean : english
}

function toSentences(failure: Failure): readonly [english: string, korean: string] {
  switch (failure.reason) {
    case 'id_missing':
      return [
        `Cannot read notice: ${failure.field} is missing`,
        `결제 알림을 읽을 수 없습니다: ${failure.field} 없음`,
      ]
    case 'id_malformed':
      return [
        `Cannot read notice: ${failure.field} is outside its grammar`,
        `결제 알림을 읽을 수 없습니다: ${failure.field} 형식 오류`,
      ]
    case 'body_malformed':
      return [
        'Cannot read notice: body is malformed',
        '결제 알림을 읽을 수 없습니다: 본문 형식 오류',
      ]
    case 'media_type_unsupported':
      return [
        'Cannot read notice: neither JSON nor a form in UTF-8',
        '결제 알림을 읽을 수 없습니다: UTF-8 JSON 또는 폼 아님',
      ]
    case 'field_duplicated':
      return [
        `Cannot read notice: ${print(failure.field)} occurs more than once`,
        `결제 알림을 읽을 수 없습니다: ${print(failure.field)} 중복`,
      ]
    case 'too_many_fields':
      return [
        `Cannot read notice: more than ${failure.limit} fields`,
        `결제 알림을 읽을 수 없습니다: 항목 ${failure.limit}개 초과`,
      ]
    case 'webhook_v2':
      return [
        'Cannot read notice: V2 webhook; choose V1 at PortOne (결제 연동 > 웹훅 버전)',
        '결제 알림을 읽을 수 없습니다: V2 웹훅 (포트원 관리자콘솔 > 결제 연동 > 웹훅 버전에서 V1 선택)',
      ]
    case 'browser_sdk_v2':
      return [
        'Cannot read notice: V2 browser SDK; V1 has IMP.request_pay',
        '결제 알림을 읽을 수 없습니다: V2 브라우저 SDK (V1은 IMP.request_pay)',
      ]
    case 'currency_unknown':
      return [
        `Cannot read amount: currency ${print(failure.actual)} is unknown`,
        `금액을 읽을 수 없습니다: 알 수 없는 통화 ${print(failure.actual)}`,
      ]
    case 'amount_malformed':
      return [
        `Cannot read amount: ${print(failure.actual)} is not an exact amount`,
        `금액을 읽을 수 없습니다: ${print(failure.actual)}`,
      ]
    case 'order_unknown':
      return [
        `Cannot find order: ${failure.merchantUid} is unknown`,
        `주문을 찾을 수 없습니다: ${failure.merchantUid}`,
      ]
    case 'order_contended':
      return [
        `Cannot record order: concurrent changes of ${failure.merchantUid}`,
        `주문을 기록할 수 없습니다: ${failure.merchantUid} 변경 중`,
      ]
    case 'store_unavailable':
      return ['Cannot reach the order store', '주문 저장소에 연결할 수 없습니다']
    case 'payment_not_found':
      return [
        `Cannot look up payment: provider has no ${failure.impUid}`,
        `결제를 조회할 수 없습니다: ${failure.impUid} 없음`,
      ]
    case 'provider_unavailable':
      return [
        'Cannot look up payment: no usable response from the provider',
        '결제를 조회할 수 없습니다: 포트원 응답 없음',
      ]
    case 'provider_refused_us':
      return [
        'Cannot look up payment: provider refused our keys',
        '결제를 조회할 수 없습니다: API 키가 거절됨',
      ]
    case 'payment_malformed':
      return [
        `Cannot read payment: ${failure.field} is missing or malformed`,
        `결제를 읽을 수 없습니다: ${failure.field} 없음 또는 형식 오류`,
      ]
    case 'record_mismatch':
      return [
        `Cannot look up payment: requested ${failure.expected}, received ${failure.actual}`,
        `결제를 조회할 수 없습니다: 요청 ${failure.expected}, 응답 ${failure.actual}`,
      ]
    case 'order_mismatch':
      return [
        `Cannot verify payment: order is ${failure.actual}, expected ${failure.expected}`,
        `결제를 검증할 수 없습니다: 주문 ${failure.actual}, 예상 ${failure.expected}`,
      ]
    case 'currency_mismatch':
    case 'amount_mismatch':
      return [
        `Cannot verify payment: amount is ${toText(failure.actual)}, order expects ${toText(failure.expected)}`,
        `결제를 검증할 수 없습니다: 결제 ${toText(failure.actual)}, 주문 ${toText(failure.expected)}`,
      ]
    case 'sandbox_payment':
      return failure.sandbox === true
        ? [
            'Cannot verify payment: test channel payment in live mode',
            '결제를 검증할 수 없습니다: 실거래 모드에서 테스트 채널 결제',
          ]
        : [
            'Cannot verify payment: record does not say whether it is a test payment',
            '결제를 검증할 수 없습니다: 테스트 결제 여부 없음',
          ]
    case 'billing_key_issue':
      return ['Cannot verify payment: billing key issue', '결제를 검증할 수 없습니다: 빌링키 발급']
    case 'channel_mismatch':
      return ['Cannot verify payment: another channel', '결제를 검증할 수 없습니다: 다른 결제 채널']
    case 'payment_too_old': {
      const [madeAt, createdAt] = [failure.madeAt.toISOString(), failure.createdAt.toISOString()]
      return [
        `Cannot verify payment: made ${madeAt}, order created ${createdAt}`,
        `결제를 검증할 수 없습니다: 결제 ${madeAt}, 주문 생성 ${createdAt}`,
      ]
    }
  }
}

/** Prints a value from outside for a log: on one line and of limited length. */
function print(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify(value)
        .slice(0, 40)
        .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    : typeof value
}
