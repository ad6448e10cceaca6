import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../test/merchant.ts'
import { commonDuties } from './common-duties.ts'
import { defaultCurrencyOf, dutiesByPg, dutiesOf } from './duties.ts'
import { findUnmetDuty } from './duty.ts'

type Params = Readonly<Record<string, unknown>>

const order = { merchant_uid: 'order1', amount: 50_000, name: '당근', pay_method: 'card' }
const buyer = { buyer_name: 'Gildong Hong', buyer_tel: '01012345678', buyer_email: 'a@b.kr' }
const key = { customer_uid: 'gildong' }
const vbank = { pay_method: 'vbank', vbank_due: '20260310' }
const bank = { pay_method: 'trans', bypass: { nice_v2: { DirectShowOpt: 'BANK' } } }
const receipt = { cashReceiptType: 'personal', customerIdentifier: '010-1234-5678' }
const naverProduct = { categoryType: 'PRODUCT', categoryId: 'GENERAL', uid: 'P1', name: '당근' }
const shipping = { baseFee: 0, feePayType: 'PREPAYED' }
const checkout = { id: 'P1', name: '당근', basePrice: 1, infoUrl: 'i', imageUrl: 'i', shipping }
const kicc = { orderNumber: 'O1', name: '당근', quantity: 1, amount: 50_000 }
const returns = { m_redirect_url: 'https://shop.example/return' }
const onPhone = { device: 'mobile' }
const directCard = { card: { direct: { code: '361' } } }
const store = { businessName: '가게', businessRegistrationNumber: '1234567890' }
const usd = { currency: 'USD' }
const address = { line1: '1', city: 'Seoul', country_code: 'KR' }
const payPalKey = (changes: Params) => ({
  ...key,
  bypass: { paypal_v2: { shipping_address: { ...address, ...changes } } },
})

const payOptions = (pay_options: Params, others: Params = {}) => ({
  bypass: { ...others, mobilians_v2: { pay_options } },
})
const ksnetBypass = (ksnet: Params) => ({ bypass: { ksnet } })

/** A request that meets every duty of its PG, where more than an order and a buyer is needed. */
const complete: Readonly<Record<string, Params>> = {
  html5_inicis: { period: { from: '20260301', to: '20260331' } },
  kcp_billing: key,
  kcp_quick: { bypass: { kcpQuick: { memberID: 'm1', sdkVersion: 'v2', encryptedCI: 'ci' } } },
  daou: { digital: false },
  danal: { pay_method: 'phone', digital: true },
  danal_tpay: { ...vbank, biz_num: '1234567890' },
  settle: { ...vbank, company: '가게' },
  settle_acc: { pay_method: 'trans' },
  mobilians_v2: { ...vbank },
  galaxia: { customer_id: 'c1' },
  kicc: { pay_method: 'trans', escrow: true, kiccProducts: [kicc] },
  naverpay: { naverProducts: [{ ...naverProduct, count: 1 }] },
  naverco: { naverProducts: [checkout] },
  chai: { ...returns, pay_method: 'trans' },
  alipay: returns,
  eximbay: { ...usd, language: 'jp' },
  paypal: { ...returns, ...usd },
  paypal_v2: { ...usd, pay_method: 'paypal', products: [{ unitPrice: 25_000, quantity: 2 }] },
  inicis_jp: { currency: 'JPY', popup: true },
}

/** Per PG: what is changed in a complete request, and the parameter that is refused. */
const wrongRequests: Readonly<Record<string, readonly (readonly [string, Params])[]>> = {
  html5_inicis: [
    ['buyer_tel', { buyer_tel: '' }],
    ['pay_method', { ...key, pay_method: 'trans' }],
    ['period.from', { period: { from: '2026-03-01', to: '20260331' } }],
    ['period.to', { period: { from: '20260301', to: 'later' } }],
    ['digital', { pay_method: 'phone' }],
    ['name', { name: '가'.repeat(41) }],
    ['bypass.P_RESERVED', { ...onPhone, pay_method: 'trans', bypass: { P_RESERVED: 'a=b' } }],
    ['vbank_due', { pay_method: 'vbank', vbank_due: '10 March' }],
    ['vbank_due', { pay_method: 'vbank', vbank_due: '2026-13-01' }],
  ],
  kcp: [
    ['vbank_due', { ...vbank, vbank_due: '2026-03-10' }],
    ['bypass.shop_user_id', { pay_method: 'phone', digital: true }],
    ['bypass.shop_user_id', { pay_method: 'cultureland' }],
    ['bypass.pt_memcorp_cd', { pay_method: 'point' }],
    ['kcpProducts', { escrow: true, kcpProducts: [{ ...kicc, quantity: null }] }],
    [
      'buyer_name',
      { pay_method: 'phone', digital: true, buyer_name: '', bypass: { shop_user_id: 'm1' } },
    ],
  ],
  kcp_billing: [
    ['customer_uid', { customer_uid: '' }],
    ['pay_method', { pay_method: 'trans' }],
  ],
  kcp_quick: [
    ['bypass.kcpQuick.memberID', { bypass: { kcpQuick: { encryptedCI: 'ci' } } }],
    ['bypass.kcpQuick.memberID', { bypass: { kcpQuick: { memberID: 'm'.repeat(17) } } }],
    ['bypass.kcpQuick.sdkVersion', { bypass: { kcpQuick: { memberID: 'm', sdkVersion: '.v2' } } }],
    ['bypass.kcpQuick.encryptedCI', { bypass: { kcpQuick: { memberID: 'm1' } } }],
    ['pay_method', { pay_method: '', bypass: { kcpQuick: { memberID: 'm1', actionType: 'Pay' } } }],
    ['customer_uid', { bypass: { kcpQuick: { memberID: 'm1', actionType: 'Deregister' } } }],
  ],
  nice_v2: [
    ['vbank_due', { pay_method: 'vbank' }],
    ['vbank_due', { ...vbank, vbank_due: '202603101200' }],
    ['digital', { pay_method: 'phone' }],
    ['escrow', { ...bank, escrow: true }],
    ['bypass.cashReceiptType', bank],
    ['bypass.cashReceiptType', { pay_method: 'naverpay_point' }],
    ['bypass.cashReceiptType', { pay_method: 'ssgpay_bank' }],
    [
      'bypass.customerIdentifier',
      { pay_method: 'naverpay_point', bypass: { cashReceiptType: 'personal' } },
    ],
    [
      'bypass.customerIdentifier',
      {
        ...bank,
        bypass: { ...bank.bypass, cashReceiptType: 'corporate' },
      },
    ],
    [
      'bypass.customerIdentifier',
      {
        pay_method: 'naverpay_point',
        bypass: { ...receipt, customerIdentifier: '900101-1234567' },
      },
    ],
    ['merchant_uid', { pay_method: 'ssgpay_bank', merchant_uid: 'order-1', bypass: receipt }],
    ['pay_method', { pay_method: 'naverpay' }],
    ['pay_method', { ...key, pay_method: 'card' }],
    ['bypass.nice_v2.MallUserID', { pay_method: 'cultureland' }],
    ['card.direct.quota', { card: { direct: { code: '366' } } }],
    ['name', { name: '가'.repeat(14) }],
    ['name', { name: '당근 & 감자' }],
    ['period.from', { period: { to: '20260331' } }],
    ['period.to', { period: { from: '20260331' } }],
  ],
  nice: [
    ['customer_uid', key],
    ['vbank_due', { ...vbank, vbank_due: '2026-03-10' }],
  ],
  tosspayments: [
    ['m_redirect_url', onPhone],
    ['pay_method', { ...key, pay_method: 'trans' }],
    ['pay_method', { pay_method: 'kakaopay' }],
  ],
  uplus: [['vbank_due', { ...vbank, vbank_due: '2026-03-10' }]],
  kicc: [
    ['pay_method', { pay_method: 'card' }],
    ['buyer_name', { buyer_name: '' }],
    ['buyer_email', { buyer_email: '' }],
    ['buyer_tel', { buyer_tel: '' }],
    ['kiccProducts', { kiccProducts: [] }],
    ['kiccProducts', { kiccProducts: [{ ...kicc, amount: null }] }],
    ['pay_method', { ...key, escrow: false }],
  ],
  daou: [
    ['digital', { digital: null }],
    ['pay_method', { escrow: true }],
  ],
  danal_tpay: [
    ['buyer_tel', { buyer_tel: '' }],
    ['biz_num', { biz_num: '' }],
    ['biz_num', { biz_num: '123-45-67890' }],
    ['pay_method', { pay_method: 'phone', digital: true }],
    ['pay_method', { ...key, pay_method: 'trans' }],
  ],
  danal: [
    ['buyer_tel', { buyer_tel: '' }],
    ['amount', { ...key, amount: 0 }],
  ],
  jtnet: [['pay_method', { ...key, pay_method: 'trans' }]],
  settle: [
    ['buyer_tel', { buyer_tel: '' }],
    ['name', { pay_method: 'phone', digital: true, name: '' }],
    ['company', { company: '' }],
    ['company_en', { pay_method: 'phone', digital: true }],
    ['customer_uid', key],
    ['vbank_due', { vbank_due: '20260310120000' }],
  ],
  settle_acc: [
    ['buyer_tel', { buyer_tel: '' }],
    ['pay_method', { pay_method: 'card' }],
  ],
  mobilians: [['vbank_due', { ...vbank, vbank_due: '2026-03-10' }]],
  mobilians_v2: [
    ['vbank_due', { vbank_due: '' }],
    ['vbank_due', { vbank_due: '2026-03-10 12:00:00' }],
    ['amount', { amount: 99 }],
    ['merchant_uid', { merchant_uid: 'abc' }],
    ['buyer_name', { pay_method: 'trans', escrow: true, buyer_name: '' }],
    ['buyer_tel', { pay_method: 'ssgpay', buyer_tel: '' }],
    ['customer_id', { pay_method: 'cultureland' }],
    ['customer_id', { ...key, pay_method: 'card', amount: 0 }],
    ['customer_id', { pay_method: 'cultureland', customer_id: 'c'.repeat(21) }],
    ['card.direct.quota', { pay_method: 'card', card: { direct: { code: '366' } } }],
    ['pay_method', { ...key, pay_method: 'trans' }],
    ['pay_method', { ...key, pay_method: '' }],
    ['buyer_tel', { ...payOptions({ ra_direct: 'Y' }), escrow: true, buyer_tel: '' }],
    ['buyer_email', { ...payOptions({ ra_direct: 'Y' }), escrow: true, buyer_email: '' }],
    [
      'bypass.mobilians_v2.pay_options.ra_escrow_password',
      { ...payOptions({ ra_direct: 'Y' }), escrow: true },
    ],
    ['buyer_tel', { ...payOptions({ mc_fix_no: 'Y' }), buyer_tel: '' }],
    ['bypass.cashReceiptType', payOptions({ ra_direct: 'Y' })],
    ['bypass.customerIdentifier', payOptions({ ra_direct: 'Y' }, { cashReceiptType: 'personal' })],
    ['bypass.cashReceiptType', { ...payOptions({ ep_pay_type: 'P' }), pay_method: 'naverpay' }],
    [
      'bypass.customerIdentifier',
      {
        ...payOptions({ ep_pay_type: 'P' }, { cashReceiptType: 'personal' }),
        pay_method: 'naverpay',
      },
    ],
    [
      'confirm_url',
      { pay_method: 'cultureland', customer_id: 'c1', confirm_url: 'https://shop.example' },
    ],
  ],
  bluewalnut: [['customer_uid', key]],
  ksnet: [
    ['vbank_due', { pay_method: 'vbank' }],
    ['vbank_due', { ...vbank, vbank_due: '10 March' }],
    ['buyer_email', { escrow: true, buyer_email: '' }],
    ['buyer_name', { buyer_name: '', card: { direct: { code: '366' } } }],
    ['currency', { currency: 'JPY' }],
    ['customer_uid', key],
    ['storeDetails.businessName', { card: { direct: { code: '381' } } }],
    [
      'storeDetails.businessRegistrationNumber',
      { card: { direct: { code: '381' } }, storeDetails: { businessName: '가게' } },
    ],
    ['bypass.ksnet.url', { card: { direct: { code: '366' } }, storeDetails: store }],
    ['buyer_tel', { ...directCard, ...onPhone, buyer_tel: '' }],
    ['bypass.ksnet.tcode', { ...directCard, ...onPhone }],
    ['currency', { ...directCard, ...usd }],
    ['buyer_name', { ...ksnetBypass({ easyPayDirect: true }), pay_method: 'lpay', buyer_name: '' }],
    [
      'storeDetails.businessName',
      { ...ksnetBypass({ easyPayDirect: true }), pay_method: 'naverpay' },
    ],
    ['storeDetails.ceoFullName', { pay_method: 'kakaopay' }],
    ['storeDetails.address', { pay_method: 'kakaopay', storeDetails: { ceoFullName: '길동' } }],
    [
      'storeDetails.phoneNumber',
      { pay_method: 'kakaopay', storeDetails: { ceoFullName: '길동', address: '서울' } },
    ],
    ['storeDetails.businessName', { ...ksnetBypass({ easyPayDirect: true }), pay_method: 'payco' }],
    [
      'storeDetails.businessRegistrationNumber',
      {
        ...ksnetBypass({ easyPayDirect: true }),
        pay_method: 'payco',
        storeDetails: { businessName: '가게' },
      },
    ],
    ...['buyer_email', 'buyer_tel'].map((param): readonly [string, Params] => [
      param,
      {
        ...ksnetBypass({ easyPayDirect: true }),
        pay_method: 'payco',
        storeDetails: store,
        [param]: '',
      },
    ]),
    [
      'storeDetails.businessRegistrationNumber',
      { storeDetails: { businessRegistrationNumber: '123-45-67890' } },
    ],
    ['useFreeInterestFromMall', { pay_method: 'lpay', useFreeInterestFromMall: true }],
    ['tax_free', { ...vbank, tax_free: 100 }],
    ['vat_amount', { ...vbank, vat_amount: 100 }],
  ],
  galaxia: [
    ['m_redirect_url', onPhone],
    ['pay_method', { ...key, pay_method: '' }],
    ['customer_id', { customer_id: '' }],
    ['name', { name: '' }],
    ['buyer_name', { pay_method: 'trans', buyer_name: '' }],
    ['vbank_due', { pay_method: 'vbank' }],
    ['vbank_due', { ...vbank, vbank_due: '20260310120000' }],
    ['customer_id', { customer_id: 'c'.repeat(21) }],
    ['currency', usd],
    ['pay_method', { escrow: true }],
    ['pay_method', { ...key, pay_method: 'trans' }],
  ],
  smartro_v2: [
    ['buyer_tel', { buyer_tel: '' }],
    ['customer_id', { pay_method: 'kakaopay' }],
    ['customer_id', key],
    ['customer_id', { ...key, customer_id: 'c'.repeat(21) }],
    ['vbank_due', { pay_method: 'vbank' }],
    ['vbank_due', { ...vbank, vbank_due: '2026-03-10' }],
    ['vbank_due', { ...vbank, vbank_due: '20261332' }],
    ['vbank_due', { ...vbank, vbank_due: '20260230' }],
    ['digital', { pay_method: 'phone' }],
    ['currency', { currency: 'JPY' }],
    ['merchant_uid', { merchant_uid: 'order-1' }],
    ['card.direct.quota', { card: { direct: { code: '366' } } }],
    ['card.direct.code', { card: { direct: { quota: 3 } } }],
    ['card.direct', { escrow: true, card: { direct: { code: '366', quota: 3 } } }],
    ['bypass.cashReceiptType', { pay_method: 'trans', escrow: true, bypass: receipt }],
    ['bypass.customerIdentifier', { bypass: { cashReceiptType: 'corporate' } }],
    ['bypass.customerIdentifier', { bypass: { customerIdentifier: '01012345678' } }],
    ['pay_method', { ...key, customer_id: 'c1', pay_method: 'trans' }],
    ['m_redirect_url', { ...key, ...onPhone, customer_id: 'c1' }],
    ['period.from', { period: { to: '20260331' } }],
    ['period.to', { period: { from: '20260301' } }],
  ],
  welcome: [
    ['m_redirect_url', onPhone],
    ['pay_method', { ...key, pay_method: '' }],
    ['amount', { amount: 999 }],
    ['bypass.customerIdentifier', { ...vbank, bypass: { customerIdentifier: '01012345678' } }],
    ['buyer_name', { buyer_name: '' }],
    ['name', { name: '' }],
    ['buyer_tel', { buyer_tel: '' }],
    ['period.interval', { period: { from: '2026-03-01', to: '2026-03-31', interval: '1m' } }],
    ['period.interval', { period: { to: '2026-03-31', interval: '1m' } }],
    ['period.to', { period: { from: '2026-03-01' } }],
    ['period.from', { period: { to: '2026-03-31' } }],
    ['period.interval', { period: { interval: '1d' } }],
    ['useCardPoint', { useCardPoint: false }],
    ['vat_amount', { vat_amount: 5001 }],
    ['card.direct.quota', { ...onPhone, ...returns, card: { direct: { code: '366', quota: 37 } } }],
    ['card.direct.quota', { ...onPhone, ...returns, display: { card_quota: [2, 40] } }],
    ['card.direct.quota', { card: { direct: { code: '366' } } }],
    ['bypass.cashReceiptType', { pay_method: 'trans', bypass: { cashReceiptType: 'personal' } }],
    ['currency', usd],
    ['pay_method', { pay_method: 'cultureland' }],
    ['pay_method', { pay_method: 'phone', digital: true, escrow: true }],
    ['vbank_due', { ...vbank, vbank_due: '202603101200' }],
    ['pay_method', { ...key, pay_method: 'trans' }],
  ],
  kakaopay: [
    [
      'bypass.kakaopay.payment_method_type',
      { bypass: { kakaopay: { payment_method_type: 'POINT' } } },
    ],
  ],
  naverpay: [
    ['amount', { amount: 9 }],
    ['naverProducts', { naverProducts: null }],
    ['naverProducts', { naverProducts: [] }],
    ['naverProducts', { naverProducts: [naverProduct] }],
    ['m_redirect_url', { naverPopupMode: false }],
    ['naverUseCfm', { naverUseCfm: '2026-03-10' }],
    ['naverPurchaserBirthday', { naverPurchaserBirthday: '900101' }],
  ],
  naverco: [
    ['buyer_tel', { buyer_tel: '' }],
    ['naverProducts', { naverProducts: null }],
    ['naverProducts', { naverProducts: [{ id: 'P1', name: '당근' }] }],
    ['naverProducts', { naverProducts: [{ ...checkout, shipping: null }] }],
    ['naverProducts', { naverProducts: [{ ...checkout, shipping: { baseFee: 0 } }] }],
    ['naverProducts', { naverProducts: [{ ...checkout, options: [{ optionQuantity: 1 }] }] }],
  ],
  payco: [['buyer_tel', { buyer_tel: '' }]],
  smilepay: [['buyer_tel', { buyer_tel: '' }]],
  tosspay: [
    ['pay_method', { pay_method: 'trans' }],
    ['customer_uid', key],
  ],
  tosspay_v2: [
    ['m_redirect_url', { ...key, ...onPhone, pay_method: 'tosspay', customer_id: 'c1' }],
    ['customer_id', { ...key, pay_method: 'tosspay' }],
    ['customer_id', { ...key, pay_method: 'tosspay', customer_id: 'c'.repeat(51) }],
    ['pay_method', { ...key, customer_id: 'c1', pay_method: 'tosspay_card' }],
  ],
  toss_brandpay: [
    ['currency', usd],
    ['bypass.toss_brandpay.methodId', { useCardPoint: true }],
    ['bypass.toss_brandpay.methodId', { display: { card_quota: [3] } }],
    ['bypass.toss_brandpay.methodId', { bypass: { cashReceiptType: 'personal' } }],
    ['bypass.toss_brandpay.methodId', { bypass: { customerIdentifier: '01012345678' } }],
    ['bypass.toss_brandpay.methodId', { bypass: { toss_brandpay: { discountCode: 'd1' } } }],
  ],
  chai: [
    ['m_redirect_url', { m_redirect_url: '' }],
    ['pay_method', { pay_method: 'card' }],
  ],
  alipay: [
    ['m_redirect_url', { m_redirect_url: '' }],
    ['currency', { currency: 'CNY' }],
  ],
  paymentwall: [
    ['name', { name: '' }],
    ['buyer_name', { buyer_name: '' }],
    ['buyer_email', { buyer_email: '' }],
    ['amount', { ...key, amount: 0 }],
    ['pay_method', { ...key, pay_method: 'trans' }],
  ],
  eximbay: [
    ['currency', { currency: 'VND' }],
    ['language', { language: 'fr' }],
    ['customer_uid', key],
  ],
  paypal: [
    ['currency', { currency: 'KRW' }],
    ['customer_uid', key],
    ['m_redirect_url', { m_redirect_url: '' }],
  ],
  paypal_v2: [
    ['pay_method', { pay_method: 'card' }],
    ['pay_method', { ...key, pay_method: 'card' }],
    ['currency', { currency: 'VND' }],
    ['tax_free', { tax_free: 100 }],
    ['products', { products: [{ unitPrice: 25_000, quantity: 1 }] }],
    ['bypass.paypal_v2.purchase_units', { bypass: { paypal_v2: { purchase_units: [{}, {}] } } }],
    ...['admin_area_2', 'country_code'].map((name): readonly [string, Params] => [
      'bypass.paypal_v2.purchase_units',
      {
        bypass: {
          paypal_v2: {
            purchase_units: [
              { shipping: { address: { admin_area_2: 'Seoul', country_code: 'KR', [name]: '' } } },
            ],
          },
        },
      },
    ]),
    [
      'bypass.paypal_v2.payer.address.country_code',
      { bypass: { paypal_v2: { payer: { address: { line1: '1' } } } } },
    ],
    ['bypass.paypal_v2.shipping_address.line1', payPalKey({ line1: '' })],
    ['bypass.paypal_v2.shipping_address.city', payPalKey({ city: '' })],
    ['bypass.paypal_v2.shipping_address.country_code', payPalKey({ country_code: '' })],
  ],
  payletter_global: [
    ['buyer_email', { buyer_email: '' }],
    ['merchant_uid', { merchant_uid: 'order-1' }],
    [
      'bypass.payletter_global.servicename',
      { bypass: { payletter_global: { pginfo: 'ICBAlipay' } } },
    ],
  ],
  inicis_jp: [
    ['popup', { popup: false }],
    [
      'cvs.payment_deadline',
      { pay_method: 'cvs', buyer_first_name_kana: 'ギルドン', buyer_last_name_kana: 'ホン' },
    ],
    ['currency', { currency: 'KRW' }],
    ['buyer_first_name_kana', { pay_method: 'cvs' }],
    ['buyer_last_name_kana', { pay_method: 'cvs', buyer_first_name_kana: 'ギルドン' }],
  ],
  kicc_v2: [['order_description', { pay_method: 'alipay_plus' }]],
}

const requestOf = (pgProvider: string, changes: Params) => {
  const merged: Params = { ...order, ...buyer, ...complete[pgProvider], ...changes }
  const { device, ...params } = merged
  const request = { pgProvider, isSandbox: true, params }
  return { ...request, device: device === 'mobile' ? ('mobile' as const) : ('pc' as const) }
}
const all = Object.entries(wrongRequests).flatMap(([pg, changes]) =>
  changes.map(([param, change]) => ({ pg, param, change })),
)
const unmetBy = (pg: string, changes: Params) =>
  findUnmetDuty(dutiesOf(pg), requestOf(pg, changes), true)

describe('the duties of a PG', () => {
  it.each(Object.keys(dutiesByPg))('%s: a complete request meets them all', (pg) => {
    expect(unmetBy(pg, {})).toBeNull()
  })

  it.each(all)('$pg demands $param: $change', ({ pg, param, change }) => {
    expect(unmetBy(pg, change)).toMatchObject({ param })
  })

  it('are each shown by a request above', () => {
    const shown = new Set(all.map(({ pg, change }) => unmetBy(pg, change)))
    const hidden = [...Object.values(dutiesByPg).flat(), ...commonDuties].filter(
      (duty) => !shown.has(duty),
    )
    expect(hidden).toEqual([])
  })

  it('include the currency of a request that names none', () => {
    expect(['eximbay', 'alipay', 'paypal', 'kcp'].map(defaultCurrencyOf)).toEqual([
      'USD',
      'USD',
      'USD',
      'KRW',
    ])
  })
})

describe('a window', () => {
  const open = (params: Params, options: object = {}) =>
    createMerchant(options).simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: '',
      params: { ...order, ...params },
    })
  const refused = (error_msg: string) => ({
    ok: false,
    imp_uid: null,
    merchant_uid: 'order1',
    error_code: 'F400',
    error_msg,
  })
  const products = { naverProducts: [{ ...naverProduct, count: 1 }] }

  it('of Naver Pay opens from 10 won on', () => {
    const naverpay = { pg: 'naverpay', ...products }
    expect(open({ ...naverpay, amount: 9 })).toEqual(
      refused('네이버페이는 10원 이상부터 결제가 가능합니다.'),
    )
    expect(open({ ...naverpay, amount: 10 })).toMatchObject({ ok: true })
  })

  it('of NICE names what a virtual account and a phone bill lack, in the words of its guide', () => {
    expect(open({ pg: 'nice_v2', pay_method: 'vbank' })).toEqual(
      refused(
        '결제 창 호출에 실패하였습니다. 나이스페이 V2 가상계좌 발급시 유효한 입금 기한을 필수로 입력해야 합니다.',
      ),
    )
    expect(open({ pg: 'nice_v2', pay_method: 'phone' })).toEqual(
      refused('나이스페이 V2 휴대폰 소액결제시 상품 유형 파라미터는 필수 입력입니다.'),
    )
    expect(open({ pg: 'nice_v2', pay_method: 'phone', digital: false })).toMatchObject({ ok: true })
  })

  it('leaves no payment behind when it does not open', async () => {
    const merchant = createMerchant()
    merchant.simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: '',
      params: { ...order, pg: 'settle' },
    })
    expect((await merchant.get('/payments/findAll/order1')).status).toBe(404)
  })

  it('takes a request without a currency in the PG’s own', () => {
    const opened = open({ pg: 'eximbay', amount: 14.2 })
    expect(opened).toMatchObject({ ok: true })
  })

  it('opens without buyer_tel at html5_inicis, unless all demands are enforced', () => {
    expect(open({ pg: 'html5_inicis' })).toMatchObject({ ok: true })
    expect(open({ pg: 'html5_inicis' }, { duties: 'all' })).toEqual(
      refused('buyer_tel 파라메터는 필수 입력입니다.'),
    )
  })

  it('opens for any request when demands are ignored', () => {
    const without = { pg: 'naverpay', amount: 9 }
    expect(open(without, { duties: 'ignored' })).toMatchObject({ ok: true })
  })
})
