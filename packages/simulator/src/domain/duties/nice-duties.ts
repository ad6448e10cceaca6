import { dueIs, dueRequired, keysOnlyBy, needs, noKeys } from './common-duties.ts'
import { type Duty, wrong } from './duty.ts'

const page = 'nice-v2/payment-caution'
const failed = '결제 창 호출에 실패하였습니다. '
const bankDirect = { pay_method: ['trans'], 'bypass.nice_v2.DirectShowOpt': ['BANK'] }
const directMethods = ['card', 'kakaopay', 'naverpay_card']

const receiptDuty = (when: NonNullable<Duty['when']>, text: string): Duty => ({
  param: 'bypass.cashReceiptType',
  rule: 'given',
  when,
  text,
  source: page,
})

/** NICE Payments, new module. */
export const niceV2Duties: readonly Duty[] = [
  ...dueRequired(
    page,
    `${failed}나이스페이 V2 가상계좌 발급시 유효한 입금 기한을 필수로 입력해야 합니다.`,
    dueIs('day', 'dashedDay', 'dayAndTime', 'dashedDayAndTime'),
  ),
  {
    param: 'digital',
    rule: 'given',
    when: { pay_method: ['phone'] },
    text: '나이스페이 V2 휴대폰 소액결제시 상품 유형 파라미터는 필수 입력입니다.',
    source: page,
  },
  {
    param: 'escrow',
    rule: { noneOf: ['true'] },
    when: bankDirect,
    text: '나이스페이 V2 계좌이체 에스크로 결제시 다이렉트 호출은 불가능합니다.',
    source: page,
  },
  receiptDuty(bankDirect, '현금영수증 발급 유형은 필수 입력입니다.'),
  receiptDuty(
    { pay_method: ['naverpay_point'] },
    '나이스페이 V2 네이버페이 포인트 결제시 현금영수증 발급 유형은 필수 입력입니다.',
  ),
  receiptDuty(
    { pay_method: ['ssgpay_bank'] },
    '나이스페이 V2 SSGPAY 은행 계좌 결제시 현금영수증 발급 유형은 필수 입력입니다.',
  ),
  ...[bankDirect, { pay_method: ['naverpay_point', 'ssgpay_bank'] }].map((when) =>
    needs('bypass.customerIdentifier', page, when),
  ),
  {
    param: 'bypass.customerIdentifier',
    rule: { matches: /^01\d-?\d{3,4}-?\d{4}$/ },
    when: { 'bypass.cashReceiptType': ['personal'] },
    text: '현금영수증 식별 번호가 올바르지 않습니다.',
    source: page,
  },
  {
    param: 'merchant_uid',
    rule: { matches: /^[A-Za-z0-9]+$/ },
    when: { pay_method: ['ssgpay_bank'] },
    text: '나이스페이 V2 SSGPAY 은행 계좌 결제시 주문 번호에 특수문자는 허용되지 않습니다.',
    source: page,
  },
  {
    param: 'pay_method',
    rule: { noneOf: ['naverpay', 'booknlife', 'smartculture'] },
    text: '나이스페이 V2에서 지원하지 않는 결제 수단입니다.',
    source: page,
  },
  keysOnlyBy('nice-v2/readme', 'kakaopay', 'naverpay_card', 'naverpay_point'),
  needs('bypass.nice_v2.MallUserID', page, { pay_method: ['cultureland'] }),
  needs('card.direct.quota', page, { pay_method: directMethods, 'card.direct.code': [true] }),
  {
    param: 'name',
    rule: { maxBytes: 40 },
    text: 'name은 40바이트를 넘을 수 없습니다.',
    source: 'nice-v2/readme',
  },
  {
    param: 'name',
    rule: { matches: /^[^%&|$\-+=[\]]*$/ },
    text: wrong('name'),
    source: 'nice-v2/readme',
  },
  needs('period.from', 'nice-v2/readme', { period: [true] }),
  needs('period.to', 'nice-v2/readme', { period: [true] }),
]

/** NICE Payments, old module. */
export const niceDuties: readonly Duty[] = [
  noKeys('nice'),
  {
    param: 'vbank_due',
    rule: dueIs('day', 'dayAndMinute'),
    when: { pay_method: ['vbank'] },
    text: wrong('vbank_due'),
    source: 'nice',
  },
]
