import { channels } from '@quayside/rules/all'
import { describe, expect, it } from 'vitest'
import { type CheckContext, check, mayRefuse, type PaymentParameters } from '../src/index.ts'

/** A request that every part of the guide accepts. */
const right = {
  channelKey: 'channel-key-0b9a3f52-2d5c-4a8e-9a44-6f1f0d7c3e21',
  pay_method: 'card',
  merchant_uid: 'order-20261128-0001',
  name: 'A4 용지 한 상자',
  amount: 12_000,
  buyer_name: '김민지',
  buyer_tel: '010-1234-5678',
  buyer_email: 'minji@shop.example',
  m_redirect_url: 'https://shop.example/payments/complete',
}

type Case = readonly [
  mistake: string,
  parameters: PaymentParameters,
  context: Omit<CheckContext, 'channel'> & { readonly pg?: string },
  expected: readonly string[],
]

const now = new Date('2026-11-28T09:00:00Z')

const cases: readonly Case[] = [
  ['the amount as text', { amount: '12000' }, {}, ['amount number_as_text text']],
  ['the amount as text with a comma', { amount: '12,000' }, {}, ['amount number_as_text text']],
  ['an amount that was not computed', { amount: Number.NaN }, {}, ['amount not_a_number text']],
  ['a negative amount', { amount: -1 }, {}, ['amount not_a_number text']],
  ['an amount of nothing', { amount: 0 }, {}, ['amount number_too_small advice']],
  ['won with decimals', { amount: 99.9, currency: 'KRW' }, {}, ['amount decimals advice']],
  ['no amount', { amount: undefined }, { pg: 'kcp' }, ['amount missing type']],
  ['more free of tax than there is', { tax_free: 20_000 }, {}, ['tax_free number_too_large type']],
  ['a tax part as text', { tax_free: '0' }, {}, ['tax_free number_as_text text']],
  [
    'more VAT than a tenth',
    { vat_amount: 2_000 },
    { pg: 'welcome' },
    ['vat_amount number_too_large text'],
  ],
  [
    'the placeholder of the guide as the channel',
    { channelKey: '{콘솔 내 연동 정보의 채널키}' },
    {},
    ['channelKey placeholder type'],
  ],
  [
    'a placeholder in angle brackets',
    { merchant_uid: '<주문번호>' },
    {},
    ['merchant_uid constant advice', 'merchant_uid placeholder type'],
  ],
  ['a template that was not filled in', { name: '${product.name}' }, {}, ['name placeholder type']],
  [
    'an id with undefined in it',
    { merchant_uid: 'order_undefined' },
    {},
    ['merchant_uid constant advice', 'merchant_uid placeholder type'],
  ],
  [
    'the format in place of a date',
    { pay_method: 'vbank', vbank_due: 'YYYYMMDD' },
    {},
    ['vbank_due placeholder type'],
  ],
  ['a constant order id', { merchant_uid: 'order' }, {}, ['merchant_uid constant advice']],
  [
    'the order id of the webhook test',
    { merchant_uid: 'merchant_1234567890' },
    {},
    ['merchant_uid constant advice'],
  ],
  [
    'an order id of 41 characters',
    { merchant_uid: '1'.repeat(41) },
    {},
    ['merchant_uid too_long text'],
  ],
  [
    'a payment id as the order id',
    { merchant_uid: 'imp_123456789012' },
    {},
    ['merchant_uid id_of_another_kind advice'],
  ],
  [
    'a number as the order id',
    { merchant_uid: 1732780800 },
    {},
    ['merchant_uid text_expected type'],
  ],
  [
    'an order id that an address changes',
    { merchant_uid: 'order 1&2' },
    {},
    ['merchant_uid characters advice'],
  ],
  ['no order id', { merchant_uid: undefined }, {}, ['merchant_uid missing type']],
  [
    'a hyphen where only letters and digits go',
    {},
    { pg: 'smartro_v2', device: 'pc' },
    ['merchant_uid characters text'],
  ],
  [
    'an order id that is too short',
    { merchant_uid: '123' },
    { pg: 'mobilians_v2' },
    ['merchant_uid too_short text'],
  ],
  ['a name of 41 characters', { name: '가'.repeat(41) }, {}, ['name too_long text']],
  [
    'a name with a percent sign',
    { name: '우유 10% 할인' },
    { pg: 'nice_v2' },
    ['name characters text'],
  ],
  ['no channel', { channelKey: undefined }, {}, ['channelKey missing text']],
  [
    'a V2 store id as the channel',
    { channelKey: 'store-8a2f' },
    {},
    ['channelKey id_of_another_kind type'],
  ],
  [
    'the merchant code as the channel',
    { channelKey: 'imp12345678' },
    {},
    ['channelKey id_of_another_kind type'],
  ],
  ['a PG as the channel', { channelKey: 'kakaopay' }, {}, ['channelKey id_of_another_kind type']],
  [
    'a channel key as the PG',
    { channelKey: undefined, pg: 'channel-key-0b9a' },
    {},
    ['pg id_of_another_kind type'],
  ],
  ['a misspelt PG', { pg: 'html5_inisis' }, {}, ['pg pg_unknown type']],
  ['a PG in capitals', { pg: 'KAKAOPAY' }, {}, ['pg pg_unknown type']],
  ['a PG by its name', { pg: 'toss' }, {}, ['pg pg_unknown type']],
  ['a PG that is closed', { pg: 'chai' }, {}, ['pg pg_retired advice']],
  ['a PG that the app SDK refuses', { pg: 'syrup' }, {}, ['pg pg_retired refused']],
  ['a PG without a window', { pg: 'inicis.MOIxxxx001' }, {}, ['pg pg_without_window advice']],
  ['a space in the PG', { pg: 'kcp. AO09C' }, {}, ['pg characters type']],
  [
    'a test contract in live mode',
    { pg: 'html5_inicis.INIpayTest' },
    { mode: 'live' },
    ['pg test_contract advice'],
  ],
  [
    'a billing contract without a billing key',
    { pg: 'kakaopay.TCSUBSCRIP' },
    {},
    ['pg test_contract advice'],
  ],
  [
    'a payment contract with a billing key',
    { pg: 'kakaopay.TC0ONETIME', customer_uid: 'c-1' },
    {},
    ['pg test_contract advice'],
  ],
  [
    'a relative return address',
    { m_redirect_url: '/payments/complete' },
    {},
    ['m_redirect_url address_not_absolute advice'],
  ],
  [
    'a return address without https://',
    { m_redirect_url: 'shop.example/complete' },
    {},
    ['m_redirect_url address_not_absolute advice'],
  ],
  [
    'a return address on the own machine',
    { m_redirect_url: 'http://localhost:3000/done' },
    {
      mode: 'live',
    },
    ['m_redirect_url address_not_reachable advice'],
  ],
  [
    'a return address without encryption',
    { m_redirect_url: 'http://shop.example/done' },
    {
      mode: 'live',
    },
    ['m_redirect_url address_not_encrypted advice'],
  ],
  [
    'no return address on a phone',
    { m_redirect_url: undefined },
    { pg: 'kcp', device: 'mobile' },
    ['m_redirect_url missing text'],
  ],
  [
    'no return address, wherever the page is',
    { m_redirect_url: '' },
    { pg: 'html5_inicis' },
    ['m_redirect_url missing advice'],
  ],
  [
    'no return address where PCs redirect, too',
    { m_redirect_url: undefined, currency: 'USD' },
    {
      pg: 'paypal',
      device: 'pc',
    },
    ['m_redirect_url missing text'],
  ],
  [
    'a webhook address on the own machine',
    { notice_url: 'http://localhost:3000/webhook' },
    {},
    ['notice_url address_not_reachable advice'],
  ],
  ['a phone payment without digital', { pay_method: 'phone' }, {}, ['digital missing text']],
  [
    'a phone payment without digital at a PG that refuses it',
    { pay_method: 'phone' },
    {
      pg: 'nice_v2',
    },
    ['digital missing refused'],
  ],
  [
    'digital as text',
    { pay_method: 'phone', digital: 'true' },
    {},
    ['digital boolean_as_text type'],
  ],
  [
    'a virtual account of Danal without biz_num',
    { pay_method: 'vbank' },
    { pg: 'danal_tpay' },
    ['biz_num missing text'],
  ],
  [
    'a biz_num with hyphens',
    { pay_method: 'vbank', biz_num: '123-45-67890' },
    { pg: 'danal_tpay' },
    ['biz_num characters text'],
  ],
  [
    'a virtual account without a due date',
    { pay_method: 'vbank' },
    { pg: 'nice_v2' },
    ['vbank_due missing refused'],
  ],
  [
    'a due date as people write it',
    { pay_method: 'vbank', vbank_due: '2026.12.31' },
    {},
    ['vbank_due date_format text'],
  ],
  [
    'a day that no calendar has',
    { pay_method: 'vbank', vbank_due: '20260231' },
    {},
    ['vbank_due date_format text'],
  ],
  [
    'a due date that is over',
    { pay_method: 'vbank', vbank_due: '20261127' },
    { now },
    ['vbank_due date_past advice'],
  ],
  [
    'no phone number where the PG demands it',
    { buyer_tel: '' },
    { pg: 'settle' },
    ['buyer_tel missing refused'],
  ],
  [
    'a mail address without @',
    { buyer_email: 'minji.example' },
    {},
    ['buyer_email characters advice'],
  ],
  ['a misspelt method', { pay_method: 'creditcard' }, {}, ['pay_method method_not_offered type']],
  [
    'a method that the PG does not offer',
    { pay_method: 'phone', digital: true },
    { pg: 'smartro' },
    ['pay_method method_not_offered text'],
  ],
  [
    'a phone payment with the other code of Danal',
    { pay_method: 'phone', digital: true },
    {
      pg: 'danal_tpay',
    },
    ['pay_method method_not_offered text', 'pay_method value_not_usable text'],
  ],
  [
    'the old name of Naver Pay at NICE',
    { pay_method: 'naverpay' },
    { pg: 'nice_v2' },
    ['pay_method method_not_offered text', 'pay_method value_not_usable refused'],
  ],
  [
    'won with PayPal',
    { currency: 'KRW' },
    { pg: 'paypal', device: 'pc' },
    ['currency value_not_usable text'],
  ],
  ['a currency in words', { currency: 'won' }, {}, ['currency currency_not_offered text']],
  [
    'dollars where only won are paid',
    { currency: 'USD' },
    { pg: 'galaxia', device: 'pc' },
    [
      'currency currency_not_offered text',
      'currency value_not_usable text',
      'customer_id missing text',
    ],
  ],
  ['a language that no window has', { language: 'kr' }, {}, ['language language_not_offered text']],
  [
    'a popup in an app',
    { popup: true, app_scheme: 'shop' },
    { env: 'app' },
    ['popup popup_in_app refused'],
  ],
  ['an app without its scheme', {}, { env: 'app' }, ['app_scheme missing text']],
  ['a billing key without its name', {}, { intent: 'issue_key' }, ['customer_uid missing text']],
  [
    'a billing key where there is no window for it',
    { customer_uid: 'c-1' },
    { pg: 'nice' },
    ['customer_uid not_usable text'],
  ],
  [
    'a billing key of Toss Pay without a customer',
    {
      pay_method: 'tosspay',
      customer_uid: 'c-1',
    },
    { pg: 'tosspay_v2', device: 'pc' },
    ['customer_id missing text'],
  ],
  [
    'Naver Pay without products',
    { pay_method: undefined },
    { pg: 'naverpay', device: 'pc' },
    ['naverProducts missing type'],
  ],
  [
    'an instalment for a small amount',
    { card: { direct: { code: '361', quota: 3 } } },
    {},
    ['card.direct.quota value_not_usable advice'],
  ],
  [
    'a card company by its name',
    { card: { direct: { code: 'BC' } } },
    {},
    ['card.direct.code value_not_usable type'],
  ],
  [
    'a card with months but no company',
    {
      merchant_uid: 'order20261128',
      card: { direct: { quota: 0 } },
    },
    { pg: 'smartro_v2', device: 'pc' },
    ['card.direct.code missing text'],
  ],
  [
    'parameters of V2',
    { storeId: 'store-8a2f', paymentId: 'payment-1' },
    {},
    ['paymentId parameter_of_v2 type', 'storeId parameter_of_v2 type'],
  ],
  ['a parameter in camel case', { buyerName: '김민지' }, {}, ['buyerName parameter_unknown type']],
  [
    'a parameter with a letter too many',
    { m_redirect_urls: 'https://shop.example' },
    {},
    ['m_redirect_urls parameter_unknown type'],
  ],
  [
    'a parameter by another word',
    { buyer_phone: '010-1234-5678' },
    {},
    ['buyer_phone parameter_unknown type'],
  ],
  [
    'a secret in the page',
    { imp_secret: 'a'.repeat(80) },
    {},
    ['imp_secret secret_in_page advice'],
  ],
  [
    'products that do not add up',
    {
      pay_method: 'paypal',
      currency: 'USD',
      amount: 30,
      products: [{ unitPrice: 10, quantity: 2 }],
    },
    { pg: 'paypal_v2', ui: 'paypal-spb', device: 'pc' },
    [
      'buyer_tel characters advice',
      'm_redirect_url not_usable advice',
      'products sum_differs refused',
    ],
  ],
]

describe('mistakes of public pages', () => {
  it('has nothing against the request that the cases begin from', () => {
    expect(check(right, {})).toEqual([])
  })

  it('are at least 40', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40)
  })

  for (const [mistake, parameters, { pg, ...context }, expected] of cases) {
    it(`names ${mistake}${pg === undefined ? '' : ` (${pg})`}`, () => {
      const channel = pg === undefined ? undefined : channels[pg]
      const problems = check({ ...right, ...parameters }, { ...context, channel })
      expect(
        problems
          .map(({ parameter, reason, strength }) => `${parameter} ${reason} ${strength}`)
          .toSorted(),
      ).toEqual(expected.toSorted())
    })
  }

  it('takes a smart routing group in place of a channel', () => {
    const grouped = { ...right, channelKey: undefined, channelGroupId: 'channel-group-live-1' }
    expect(check(grouped, {})).toEqual([])
  })

  it.each([
    ['html5_inicis', 'samsungpay'],
    ['tosspayments', 'samsung'],
    ['kicc_v2', 'alipay'],
  ])('only hints at the other spelling of a method (%s %s)', (pg, pay_method) => {
    const problems = check({ ...right, pay_method }, { channel: channels[pg], device: 'pc' })
    expect(problems.map(({ reason, strength }) => `${reason} ${strength}`)).toEqual([
      'method_not_offered advice',
    ])
  })

  it('says it in both languages, with the page', () => {
    expect(check({ ...right, pay_method: 'vbank' }, { channel: channels['danal_tpay'] })).toEqual([
      {
        parameter: 'biz_num',
        reason: 'missing',
        ko: '다날: biz_num 파라미터가 필요합니다 (pay_method: vbank)',
        en: 'Danal T-Pay: biz_num is required (with pay_method vbank)',
        strength: 'text',
        source:
          'https://github.com/portone-io/developers.portone.io/blob/af926bd2cdd7c3c6ee6d2e1f636e9a1f3268df32/src/routes/(root)/opi/ko/integration/pg/v1/danal.mdx?plain=1#L125-L129',
      },
    ])
  })

  it('lets only what a page says be a reason to refuse', () => {
    const strengths = ['refused', 'text', 'type', 'advice'] as const
    const problem = { parameter: 'name', reason: 'missing', ko: '', en: '', source: '' } as const
    expect(strengths.map((strength) => mayRefuse({ ...problem, strength }))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
