// The two PGs whose pages document the most refusals.
import { dueIs, dueRequired, keysOnlyBy, methodNamed, needs } from './common-duties.ts'
import { type Duty, missing, wrong } from './duty.ts'

const smartro = 'smartro-v2/caution'
const easyPays = ['lpay', 'kakaopay', 'naverpay', 'payco', 'pinpay']
const identifier = 'bypass.customerIdentifier'

/** Smartro, new module. */
export const smartroV2Duties: readonly Duty[] = [
  needs('buyer_tel', 'smartro-v2/readme', { intent: ['pay'] }),
  needs('customer_id', smartro, { pay_method: easyPays }),
  needs('customer_id', smartro, { intent: ['issue_key'] }),
  { param: 'customer_id', rule: { maxLength: 20 }, text: wrong('customer_id'), source: smartro },
  ...dueRequired(smartro, missing('vbank_due'), dueIs('day')),
  {
    param: 'currency',
    rule: { oneOf: ['KRW'] },
    text: '스마트로가 지원하지 않는 화폐입니다',
    source: smartro,
  },
  {
    param: 'merchant_uid',
    rule: { matches: /^[A-Za-z0-9]+$/ },
    text: '주문 번호에 특수문자는 허용되지 않습니다.',
    source: smartro,
  },
  needs('card.direct.quota', smartro, { 'card.direct.code': [true] }),
  needs('card.direct.code', smartro, { 'card.direct.quota': [true] }),
  {
    param: 'card.direct',
    rule: 'absent',
    when: { escrow: ['true'] },
    text: '에스크로 결제시 카드사 다이렉트 호출은 불가능합니다.',
    source: smartro,
  },
  {
    param: 'bypass.cashReceiptType',
    rule: 'absent',
    when: { pay_method: ['trans'], escrow: ['true'] },
    text: '에스크로 계좌이체 결제시 현금영수증 정보는 전달할 수 없습니다.',
    source: smartro,
  },
  needs(identifier, smartro, { 'bypass.cashReceiptType': ['personal', 'corporate'] }),
  {
    param: identifier,
    rule: 'absent',
    when: { 'bypass.cashReceiptType': [false, 'anonymous'] },
    text: wrong(identifier),
    source: smartro,
  },
  keysOnlyBy('smartro-v2/readme', 'card'),
  needs('m_redirect_url', 'smartro-v2/readme', { intent: ['issue_key'], device: ['mobile'] }),
  needs('period.from', smartro, { period: [true] }),
  needs('period.to', smartro, { period: [true] }),
]

const welcome = 'welcome/caution'
const bothDays =
  '웰컴페이먼츠의 경우 제공 기간은 시작 날짜와 종료 날짜를 모두 입력하셔야 합니다. (둘 중 하나만 입력 불가)'

/** Welcome Payments. */
export const welcomeDuties: readonly Duty[] = [
  needs('buyer_name', 'welcome/readme'),
  needs('name', welcome),
  needs('buyer_tel', welcome, { device: ['pc'] }),
  needs('m_redirect_url', 'welcome/readme', { device: ['mobile'] }),
  methodNamed('welcome/readme'),
  {
    param: 'amount',
    rule: { is: ({ amount, bypass }) => Number(amount) >= 1000 || allowsBelow1000(bypass) },
    when: { intent: ['pay'] },
    text: '1,000원 미만 결제는 below1000 옵션이 필요합니다.',
    source: welcome,
  },
  {
    param: 'bypass.customerIdentifier',
    rule: 'absent',
    when: { pay_method: ['vbank', 'trans'] },
    text: wrong('bypass.customerIdentifier'),
    source: welcome,
  },
  {
    param: 'period.interval',
    rule: 'absent',
    when: { 'period.from': [true] },
    text: '제공 기간은 range와 interval 둘 중 하나만 입력해주세요',
    source: welcome,
  },
  {
    param: 'period.interval',
    rule: 'absent',
    when: { 'period.to': [true] },
    text: '제공 기간은 range와 interval 둘 중 하나만 입력해주세요',
    source: welcome,
  },
  { ...needs('period.to', welcome, { 'period.from': [true] }), text: bothDays },
  { ...needs('period.from', welcome, { 'period.to': [true] }), text: bothDays },
  {
    param: 'period.interval',
    rule: { oneOf: ['1m', '1y'] },
    text: '웰컴페이먼츠 제공 기간 주기가 올바르지 않습니다. 1m 또는 1y만 허용됩니다.',
    source: welcome,
  },
  {
    param: 'useCardPoint',
    rule: { noneOf: ['false'] },
    text: '결제 창 호출에 실패하였습니다. 웰컴페이먼츠의 경우 카드사 포인트 사용 불가 옵션은 사용할 수 없습니다.',
    source: welcome,
  },
  {
    param: 'vat_amount',
    rule: { is: ({ vat_amount, amount }) => Number(vat_amount ?? 0) * 10 <= Number(amount) },
    text: 'vat_amount는 결제금액의 10%를 넘을 수 없습니다.',
    source: 'welcome/readme',
  },
  {
    param: 'card.direct.quota',
    rule: { is: ({ card, display }) => maxQuotaOf(card, display) <= 36 },
    when: { device: ['mobile'], pay_method: ['card'] },
    text: '모바일 할부 개월수는 36을 넘을 수 없습니다.',
    source: welcome,
  },
  needs('card.direct.quota', welcome, { 'card.direct.code': [true] }),
  {
    param: 'bypass.cashReceiptType',
    rule: { oneOf: ['anonymous'] },
    when: { pay_method: ['vbank', 'trans'] },
    text: wrong('bypass.cashReceiptType'),
    source: welcome,
  },
  {
    param: 'currency',
    rule: { oneOf: ['KRW'] },
    text: wrong('currency'),
    source: 'welcome/readme',
  },
  {
    param: 'pay_method',
    rule: { noneOf: ['booknlife', 'cultureland', 'smartculture'] },
    text: '웰컴페이먼츠에서 지원하지 않는 결제 수단입니다.',
    source: welcome,
  },
  {
    param: 'pay_method',
    rule: { oneOf: ['card', 'trans', 'vbank'] },
    when: { escrow: ['true'] },
    text: '에스크로를 지원하지 않는 결제 수단입니다.',
    source: 'welcome/readme',
  },
  {
    param: 'vbank_due',
    rule: dueIs('day', 'dashedDay', 'dayAndTime', 'dashedDayAndTime'),
    when: { pay_method: ['vbank'] },
    text: wrong('vbank_due'),
    source: welcome,
  },
  keysOnlyBy(welcome, 'card', 'phone'),
]

function allowsBelow1000(bypass: unknown): boolean {
  const { acceptmethod, P_RESERVED } = Object(bypass)
  return `${acceptmethod} ${P_RESERVED}`.includes('below1000')
}

function maxQuotaOf(card: unknown, display: unknown): number {
  const { direct } = Object(card)
  const { card_quota } = Object(display)
  const months = [Object(direct).quota, card_quota].flat().map(Number)
  return Math.max(0, ...months.filter((each) => !Number.isNaN(each)))
}
