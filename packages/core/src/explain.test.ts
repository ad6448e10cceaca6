import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impUid, merchantUid, money } from '../fixtures/sample.ts'
import { classify, explain, type Failure } from './explain.ts'

type Sample = readonly [
  failure: Failure,
  english: string,
  korean: string,
  retryable: boolean,
  responsible: string,
]

const uid = impUid('imp_1')
const order = merchantUid('ORD-1')
const samples: Readonly<Record<Failure['reason'], Sample>> = {
  id_missing: [
    { reason: 'id_missing', field: 'imp_uid' },
    'Cannot read notice: imp_uid is missing',
    '결제 알림을 읽을 수 없습니다: imp_uid 없음',
    false,
    'sender',
  ],
  id_malformed: [
    { reason: 'id_malformed', field: 'merchant_uid' },
    'Cannot read notice: merchant_uid is outside its grammar',
    '결제 알림을 읽을 수 없습니다: merchant_uid 형식 오류',
    false,
    'sender',
  ],
  body_malformed: [
    { reason: 'body_malformed' },
    'Cannot read notice: body is malformed',
    '결제 알림을 읽을 수 없습니다: 본문 형식 오류',
    false,
    'sender',
  ],
  media_type_unsupported: [
    { reason: 'media_type_unsupported', mediaType: 'text/plain\n' },
    'Cannot read notice: neither JSON nor a form in UTF-8',
    '결제 알림을 읽을 수 없습니다: UTF-8 JSON 또는 폼 아님',
    false,
    'sender',
  ],
  field_duplicated: [
    { reason: 'field_duplicated', field: 'imp_uid' },
    'Cannot read notice: "imp_uid" occurs more than once',
    '결제 알림을 읽을 수 없습니다: "imp_uid" 중복',
    false,
    'sender',
  ],
  too_many_fields: [
    { reason: 'too_many_fields', limit: 256 },
    'Cannot read notice: more than 256 fields',
    '결제 알림을 읽을 수 없습니다: 항목 256개 초과',
    false,
    'sender',
  ],
  webhook_v2: [
    { reason: 'webhook_v2' },
    'Cannot read notice: V2 webhook; choose V1 at PortOne (결제 연동 > 웹훅 버전)',
    '결제 알림을 읽을 수 없습니다: V2 웹훅 (포트원 관리자콘솔 > 결제 연동 > 웹훅 버전에서 V1 선택)',
    false,
    'shop',
  ],
  browser_sdk_v2: [
    { reason: 'browser_sdk_v2' },
    'Cannot read notice: V2 browser SDK; V1 has IMP.request_pay',
    '결제 알림을 읽을 수 없습니다: V2 브라우저 SDK (V1은 IMP.request_pay)',
    false,
    'shop',
  ],
  currency_unknown: [
    { reason: 'currency_unknown', actual: 'XXX' },
    'Cannot read amount: currency "XXX" is unknown',
    '금액을 읽을 수 없습니다: 알 수 없는 통화 "XXX"',
    false,
    'shop',
  ],
  amount_malformed: [
    { reason: 'amount_malformed', actual: 14.205 },
    'Cannot read amount: 14.205 is not an exact amount',
    '금액을 읽을 수 없습니다: 14.205',
    false,
    'shop',
  ],
  order_mismatch: [
    { reason: 'order_mismatch', expected: order, actual: merchantUid('ORD-2') },
    'Cannot verify payment: order is ORD-2, expected ORD-1',
    '결제를 검증할 수 없습니다: 주문 ORD-2, 예상 ORD-1',
    false,
    'buyer',
  ],
  currency_mismatch: [
    { reason: 'currency_mismatch', expected: money(1000), actual: money(14.2, 'USD') },
    'Cannot verify payment: amount is 14.20 USD, order expects 1000 KRW',
    '결제를 검증할 수 없습니다: 결제 14.20 USD, 주문 1000 KRW',
    false,
    'buyer',
  ],
  amount_mismatch: [
    { reason: 'amount_mismatch', expected: money(64_900), actual: money(100) },
    'Cannot verify payment: amount is 100 KRW, order expects 64900 KRW',
    '결제를 검증할 수 없습니다: 결제 100 KRW, 주문 64900 KRW',
    false,
    'buyer',
  ],
  sandbox_payment: [
    { reason: 'sandbox_payment', sandbox: true },
    'Cannot verify payment: test channel payment in live mode',
    '결제를 검증할 수 없습니다: 실거래 모드에서 테스트 채널 결제',
    false,
    'shop',
  ],
  billing_key_issue: [
    { reason: 'billing_key_issue' },
    'Cannot verify payment: billing key issue',
    '결제를 검증할 수 없습니다: 빌링키 발급',
    false,
    'buyer',
  ],
  payment_too_old: [
    {
      reason: 'payment_too_old',
      madeAt: new Date('2025-11-28T00:00:00.000Z'),
      createdAt: new Date('2026-11-28T00:00:00.000Z'),
    },
    'Cannot verify payment: made 2025-11-28T00:00:00.000Z, order created 2026-11-28T00:00:00.000Z',
    '결제를 검증할 수 없습니다: 결제 2025-11-28T00:00:00.000Z, 주문 생성 2026-11-28T00:00:00.000Z',
    false,
    'buyer',
  ],
  channel_mismatch: [
    { reason: 'channel_mismatch' },
    'Cannot verify payment: another channel',
    '결제를 검증할 수 없습니다: 다른 결제 채널',
    false,
    'buyer',
  ],
  payment_not_found: [
    { reason: 'payment_not_found', impUid: uid },
    'Cannot look up payment: provider has no imp_1',
    '결제를 조회할 수 없습니다: imp_1 없음',
    true,
    'provider',
  ],
  provider_unavailable: [
    { reason: 'provider_unavailable', cause: new Error('secret\n') },
    'Cannot look up payment: no usable response from the provider',
    '결제를 조회할 수 없습니다: 포트원 응답 없음',
    true,
    'provider',
  ],
  payment_malformed: [
    { reason: 'payment_malformed', field: 'amount' },
    'Cannot read payment: amount is missing or malformed',
    '결제를 읽을 수 없습니다: amount 없음 또는 형식 오류',
    true,
    'provider',
  ],
  record_mismatch: [
    { reason: 'record_mismatch', expected: uid, actual: impUid('imp_2') },
    'Cannot look up payment: requested imp_1, received imp_2',
    '결제를 조회할 수 없습니다: 요청 imp_1, 응답 imp_2',
    true,
    'provider',
  ],
  provider_refused_us: [
    { reason: 'provider_refused_us', cause: 'HTTP 401' },
    'Cannot look up payment: provider refused our keys',
    '결제를 조회할 수 없습니다: API 키가 거절됨',
    true,
    'shop',
  ],
  order_unknown: [
    { reason: 'order_unknown', merchantUid: order },
    'Cannot find order: ORD-1 is unknown',
    '주문을 찾을 수 없습니다: ORD-1',
    true,
    'shop',
  ],
  order_contended: [
    { reason: 'order_contended', merchantUid: order },
    'Cannot record order: concurrent changes of ORD-1',
    '주문을 기록할 수 없습니다: ORD-1 변경 중',
    true,
    'service',
  ],
  store_unavailable: [
    { reason: 'store_unavailable', cause: 'D1' },
    'Cannot reach the order store',
    '주문 저장소에 연결할 수 없습니다',
    true,
    'service',
  ],
}
const rows = Object.entries(samples).map(([reason, row]) => ({ reason, row }))

describe('explain()', () => {
  it.each(rows)('describes $reason in English and in Korean', ({ reason, row }) => {
    const [failure, english, korean] = row
    expect([
      failure.reason,
      explain(failure),
      explain(failure, 'en'),
      explain(failure, 'ko'),
    ]).toEqual([reason, english, english, korean])
  })

  it('does not call a payment a test payment when its record does not say so', () => {
    const failure: Failure = { reason: 'sandbox_payment', sandbox: null }
    expect([explain(failure), explain(failure, 'ko')]).toEqual([
      'Cannot verify payment: record does not say whether it is a test payment',
      '결제를 검증할 수 없습니다: 테스트 결제 여부 없음',
    ])
  })

  it('describes each reason differently', () => {
    const sentences = rows.map(({ row }) => explain(row[0], 'ko'))
    expect(new Set(sentences).size).toBe(rows.length)
  })

  it.each([[null], [undefined], [{ toString: () => 'x' }], [[1]], [Symbol('x')], [1n]])(
    'prints only the type of the value %o',
    (actual) => {
      expect(explain({ reason: 'amount_malformed', actual })).toBe(
        `Cannot read amount: ${typeof actual} is not an exact amount`,
      )
    },
  )

  it('stays on one short line for any text from outside', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.constantFrom('a\u2028\u2029\u0085\r\n', 'x'.repeat(400)),
        ),
        (text) => {
          const failures: readonly Failure[] = [
            { reason: 'field_duplicated', field: text },
            { reason: 'currency_unknown', actual: text },
            { reason: 'amount_malformed', actual: text },
            { reason: 'media_type_unsupported', mediaType: text },
          ]
          const lines = failures.flatMap((each) => [explain(each, 'en'), explain(each, 'ko')])
          expect(
            lines.filter((line) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(line) || line.length > 120),
          ).toEqual([])
        },
      ),
    )
  })
})

describe('classify()', () => {
  it.each(rows)('returns whether $reason can pass, and who is responsible', ({ row }) => {
    const [failure, , , retryable, responsible] = row
    expect(classify(failure)).toEqual({ retryable, responsible })
  })
})
