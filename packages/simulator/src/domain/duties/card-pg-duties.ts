// PGs whose window takes cards, transfers, virtual accounts and phone bills.
import { dueIs, dueRequired, keysOnlyBy, methodNamed, needs, noKeys } from './common-duties.ts'
import { type Duty, missing, wrong } from './duty.ts'

const vouchers = ['cultureland', 'smartculture', 'booknlife', 'happymoney']
const onPhone = { device: ['mobile'] }

const due = (source: string, ...formats: Parameters<typeof dueIs>): Duty => ({
  param: 'vbank_due',
  rule: dueIs(...formats),
  when: { pay_method: ['vbank'] },
  text: wrong('vbank_due'),
  source,
})

const periodDays = (source: string): Duty[] =>
  ['period.from', 'period.to'].map((param) => ({
    param,
    rule: { matches: /^\d{8}$/ },
    text: wrong(param),
    source,
  }))

const escrowOnlyBy = (source: string, ...methods: string[]): Duty => ({
  param: 'pay_method',
  rule: { oneOf: methods },
  when: { escrow: ['true'] },
  text: '에스크로를 지원하지 않는 결제 수단입니다.',
  source,
})

/** Demands by PG. */
export const cardPgDuties: Readonly<Record<string, readonly Duty[]>> = {
  html5_inicis: [
    { ...needs('buyer_tel', 'inicis', { intent: ['pay'] }), strength: 'advised' },
    keysOnlyBy('inicis', 'card'),
    ...periodDays('inicis'),
    {
      param: 'bypass.P_RESERVED',
      rule: {
        is: ({ bypass }) => `${Object(bypass).P_RESERVED ?? ''}`.includes('twotrs_bank=Y'),
      },
      when: { pay_method: ['trans'], ...onPhone },
      text: wrong('bypass.P_RESERVED'),
      strength: 'advised',
      source: 'inicis',
    },
  ],
  kcp: [
    due('nhn-kcp/readme', 'day', 'dayAndTime'),
    needs('bypass.shop_user_id', 'nhn-kcp/readme', { pay_method: [...vouchers, 'phone'] }),
    needs('buyer_name', 'nhn-kcp/readme', { pay_method: ['phone'] }),
    needs('bypass.pt_memcorp_cd', 'nhn-kcp/readme', { pay_method: ['point'] }),
    {
      param: 'kcpProducts',
      rule: { eachHas: ['orderNumber', 'name', 'quantity', 'amount'] },
      when: { escrow: ['true'] },
      text: wrong('kcpProducts'),
      source: 'nhn-kcp/readme',
    },
  ],
  kcp_billing: [needs('customer_uid', 'nhn-kcp/readme'), keysOnlyBy('nhn-kcp/readme', 'card')],
  kcp_quick: [
    { ...needs('bypass.kcpQuick.memberID', 'nhn-kcp/kcp-quickpay'), strength: 'advised' },
    {
      ...methodNamed('nhn-kcp/kcp-quickpay'),
      when: { 'bypass.kcpQuick.actionType': ['Pay', 'Register'] },
    },
    {
      ...needs('customer_uid', 'nhn-kcp/kcp-quickpay', {
        'bypass.kcpQuick.actionType': ['Register', 'Deregister'],
      }),
      strength: 'advised',
    },
    {
      param: 'bypass.kcpQuick.memberID',
      rule: { maxLength: 16 },
      text: wrong('bypass.kcpQuick.memberID'),
      source: 'nhn-kcp/kcp-quickpay',
    },
    {
      param: 'bypass.kcpQuick.sdkVersion',
      rule: { matches: /^[A-Za-z0-9_-]+$/ },
      text: wrong('bypass.kcpQuick.sdkVersion'),
      source: 'nhn-kcp/kcp-quickpay',
    },
    {
      ...needs('bypass.kcpQuick.encryptedCI', 'nhn-kcp/kcp-quickpay'),
      strength: 'advised',
    },
  ],
  tosspayments: [
    needs('m_redirect_url', 'newtoss/readme', onPhone),
    keysOnlyBy('newtoss/readme', 'card'),
    {
      param: 'pay_method',
      rule: { noneOf: ['ssgpay', 'naverpay', 'kakaopay', 'payco'] },
      when: { mode: ['sandbox'] },
      text: '[PAY_PROCESS_ABORTED] Toss Payments와 계약된 결제수단이 아닙니다.',
      source: 'newtoss/warning',
    },
  ],
  uplus: [due('toss', 'day', 'dayAndTime')],
  kicc: [
    escrowOnlyBy('kicc', 'trans', 'vbank'),
    needs('buyer_name', 'kicc', { escrow: ['true'] }),
    needs('buyer_email', 'kicc', { escrow: ['true'] }),
    needs('buyer_tel', 'kicc', { escrow: ['true'] }),
    {
      param: 'kiccProducts',
      rule: { is: ({ kiccProducts }) => Array.isArray(kiccProducts) && kiccProducts.length > 0 },
      when: { escrow: ['true'] },
      text: missing('kiccProducts'),
      source: 'kicc',
    },
    {
      param: 'kiccProducts',
      rule: { eachHas: ['orderNumber', 'name', 'quantity', 'amount'] },
      text: wrong('kiccProducts'),
      source: 'kicc',
    },
    keysOnlyBy('kicc', 'card'),
  ],
  daou: [
    {
      param: 'digital',
      rule: 'given',
      text: '계약 상태에 맞는 digital 파라메터는 필수 입력입니다.',
      source: 'daou/readme',
    },
    escrowOnlyBy('daou/readme', 'trans', 'vbank'),
  ],
  danal_tpay: [
    needs('buyer_tel', 'danal', { intent: ['pay'] }),
    needs('biz_num', 'danal', { pay_method: ['vbank'] }),
    {
      param: 'biz_num',
      rule: { matches: /^\d{10}$/ },
      when: { pay_method: ['vbank'] },
      text: 'biz_num은 사업자등록번호 10자리여야 합니다.',
      source: 'danal',
    },
    {
      param: 'pay_method',
      rule: { noneOf: ['phone'] },
      text: '휴대폰 소액결제는 danal 채널에서 지원합니다.',
      source: 'danal',
    },
    keysOnlyBy('danal', 'card'),
  ],
  danal: [
    needs('buyer_tel', 'danal', { intent: ['pay'] }),
    {
      param: 'amount',
      rule: { atLeast: 1 },
      when: { intent: ['issue_key'] },
      text: '휴대폰 빌링키 발급은 결제금액이 필요합니다.',
      source: 'danal',
    },
  ],
  jtnet: [keysOnlyBy('iamport-manual en/Subscription/sample/jtnet-request-billing-key', 'card')],
  settle: [
    needs('buyer_tel', 'settle/readme'),
    needs('name', 'settle/readme', { pay_method: ['phone'] }),
    needs('company', 'settle/readme', { pay_method: ['phone', 'vbank'] }),
    needs('company_en', 'settle/readme', { pay_method: ['phone'] }),
    noKeys('settle/readme'),
    due('settle/readme', 'day'),
  ],
  settle_acc: [
    needs('buyer_tel', 'settle/mybank', { intent: ['pay'] }),
    {
      param: 'pay_method',
      rule: { oneOf: ['trans'] },
      text: '내통장결제는 계좌이체만 지원합니다.',
      source: 'settle/mybank',
    },
  ],
  mobilians: [due('kg', 'day')],
  bluewalnut: [noKeys('blue')],
  galaxia: [
    needs('m_redirect_url', 'galaxia', onPhone),
    methodNamed('galaxia'),
    needs('customer_id', 'galaxia'),
    needs('name', 'galaxia'),
    needs('buyer_name', 'galaxia', { pay_method: ['trans'] }),
    ...dueRequired('galaxia', missing('vbank_due'), dueIs('day', 'dashedDay')),
    {
      param: 'customer_id',
      rule: { maxLength: 20 },
      text: wrong('customer_id'),
      source: 'galaxia',
    },
    { param: 'currency', rule: { oneOf: ['KRW'] }, text: wrong('currency'), source: 'galaxia' },
    escrowOnlyBy('galaxia', 'trans', 'vbank'),
    keysOnlyBy('galaxia', 'card', 'phone'),
  ],
}
