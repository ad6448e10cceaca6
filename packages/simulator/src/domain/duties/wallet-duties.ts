// Easy pays with a window of their own, and PGs of other countries.
import { needs, noKeys } from './common-duties.ts'
import { type Duty, missing, wrong } from './duty.ts'

const naverDay = { matches: /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/ }

const currencies = (source: string, ...oneOf: string[]): Duty => ({
  param: 'currency',
  rule: { oneOf },
  text: wrong('currency'),
  source,
})

const listOf = (param: string, source: string, ...names: string[]): Duty => ({
  param,
  rule: { eachHas: names },
  text: wrong(param),
  source,
})

const onlyMethod = (source: string, ...oneOf: string[]): Duty => ({
  param: 'pay_method',
  rule: { oneOf },
  text: wrong('pay_method'),
  source,
})

const orderType = 'iamport-manual en/NAVERPAY/sample/naverpay-order'
const productSchema = 'iamport-manual en/NAVERPAY/sample/naverpay-schema'
const payPalCurrencies =
  'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD'
const payPalAddress = 'bypass.paypal_v2.shipping_address'

/** Demands by PG. */
export const walletDuties: Readonly<Record<string, readonly Duty[]>> = {
  kakaopay: [
    {
      param: 'bypass.kakaopay.payment_method_type',
      rule: { oneOf: ['CARD', 'MONEY'] },
      text: wrong('bypass.kakaopay.payment_method_type'),
      source: 'kakaopay',
    },
  ],
  naverpay: [
    {
      param: 'amount',
      rule: { atLeast: 10 },
      when: { intent: ['pay'] },
      text: '네이버페이는 10원 이상부터 결제가 가능합니다.',
      source: 'naver',
    },
    needs('naverProducts', 'naver', { intent: ['pay'] }),
    listOf('naverProducts', 'naver', 'categoryType', 'categoryId', 'uid', 'name', 'count'),
    needs('m_redirect_url', 'naver', { naverPopupMode: ['false'] }),
    { param: 'naverUseCfm', rule: naverDay, text: wrong('naverUseCfm'), source: 'naver' },
    {
      param: 'naverPurchaserBirthday',
      rule: naverDay,
      text: wrong('naverPurchaserBirthday'),
      source: 'naver',
    },
  ],
  naverco: [
    needs('buyer_tel', orderType),
    needs('naverProducts', orderType),
    listOf('naverProducts', productSchema, 'id', 'name', 'basePrice'),
    {
      param: 'naverProducts',
      rule: { is: ({ naverProducts }) => areOptionsComplete(naverProducts) },
      text: wrong('naverProducts[].options'),
      source: productSchema,
    },
    {
      ...listOf('naverProducts', productSchema, 'infoUrl', 'imageUrl', 'shipping'),
      strength: 'advised',
    },
    {
      param: 'naverProducts',
      rule: { is: ({ naverProducts }) => areFeesNamed(naverProducts) },
      text: wrong('naverProducts[].shipping'),
      strength: 'advised',
      source: productSchema,
    },
  ],
  payco: [needs('buyer_tel', 'payco', { intent: ['pay'] })],
  smilepay: [needs('buyer_tel', 'smilepay')],
  tosspay: [onlyMethod('tosspay', 'card', 'tosspay'), noKeys('tosspay')],
  tosspay_v2: [
    needs('m_redirect_url', 'tosspay-v2/readme', { intent: ['issue_key'], device: ['mobile'] }),
    needs('customer_id', 'tosspay-v2/readme', { intent: ['issue_key'] }),
    {
      param: 'customer_id',
      rule: { maxLength: 50 },
      when: { intent: ['issue_key'] },
      text: wrong('customer_id'),
      source: 'tosspay-v2/readme',
    },
    {
      param: 'pay_method',
      rule: { oneOf: ['tosspay'] },
      when: { intent: ['issue_key'] },
      text: '지원하지 않는 빌링키 발급 수단입니다.',
      source: 'tosspay-v2/readme',
    },
  ],
  toss_brandpay: [
    currencies('toss-brandpay/readme', 'KRW'),
    ...[
      'useCardPoint',
      'display.card_quota',
      'bypass.cashReceiptType',
      'bypass.customerIdentifier',
      'bypass.toss_brandpay.discountCode',
    ].map((param) =>
      needs('bypass.toss_brandpay.methodId', 'toss-brandpay/readme', { [param]: [true] }),
    ),
  ],
  chai: [
    needs('m_redirect_url', 'iamport-manual en/General/sample/chai'),
    onlyMethod('iamport-manual en/General/sample/chai', 'trans'),
  ],
  alipay: [
    needs('m_redirect_url', 'iamport-manual en/General/sample/alipay'),
    currencies('iamport-manual en/General/sample/alipay', 'USD', 'KRW'),
  ],
  paymentwall: [
    needs('name', 'paymentwall'),
    needs('buyer_name', 'paymentwall'),
    needs('buyer_email', 'paymentwall'),
    {
      param: 'amount',
      rule: { atLeast: 1 },
      when: { intent: ['issue_key'] },
      text: '결제금액 없이 빌링키를 발급할 수 없습니다.',
      source: 'paymentwall',
    },
    {
      param: 'pay_method',
      rule: { oneOf: ['card'] },
      when: { intent: ['issue_key'] },
      text: '지원하지 않는 빌링키 발급 수단입니다.',
      source: 'paymentwall',
    },
  ],
  eximbay: [
    currencies('eximbay', ...'KRW USD EUR GBP JPY THB SGD RUB HKD CAD AUD'.split(' ')),
    {
      param: 'language',
      rule: { oneOf: ['ko', 'en', 'zh', 'jp'] },
      text: wrong('language'),
      source: 'eximbay',
    },
    noKeys('eximbay'),
  ],
  paypal: [
    {
      param: 'currency',
      rule: { noneOf: ['KRW'] },
      text: 'PayPal은 KRW 결제를 지원하지 않습니다.',
      source: 'paypal',
    },
    noKeys('paypal'),
    needs('m_redirect_url', 'paypal'),
  ],
  paypal_v2: [
    {
      param: 'pay_method',
      rule: { is: ({ pay_method = 'paypal' }) => pay_method === 'paypal' },
      when: { intent: ['pay'] },
      text: '페이팔에서 제공하지 않는 결제 수단입니다.',
      source: 'spb/warning',
    },
    {
      param: 'pay_method',
      rule: { is: ({ pay_method = 'paypal' }) => pay_method === 'paypal' },
      when: { intent: ['issue_key'] },
      text: '페이팔에서 제공하지 않는 빌링키 발급 수단입니다.',
      source: 'rt/warning',
    },
    currencies('spb/warning', ...payPalCurrencies.split(' ')),
    {
      param: 'tax_free',
      rule: { oneOf: ['0'] },
      when: { intent: ['pay'] },
      text: 'taxFreeAmount must be 0 in Paypal!',
      source: 'spb/warning',
    },
    {
      param: 'products',
      rule: {
        is: ({ products, amount }) => !Array.isArray(products) || totalOf(products) === amount,
      },
      when: { intent: ['pay'] },
      text: '상품 금액의 합이 결제금액과 일치하지 않습니다.',
      source: 'spb/warning',
    },
    {
      param: 'bypass.paypal_v2.purchase_units',
      rule: { is: ({ bypass }) => unitsOf(bypass).length <= 1 },
      text: wrong('bypass.paypal_v2.purchase_units'),
      source: 'spb/warning',
    },
    ...['admin_area_2', 'country_code'].map((name) => ({
      param: 'bypass.paypal_v2.purchase_units',
      rule: { is: ({ bypass }: Readonly<Record<string, unknown>>) => addressesHave(bypass, name) },
      text: wrong(`bypass.paypal_v2.purchase_units[].shipping.address.${name}`),
      source: 'spb/readme',
    })),
    needs('bypass.paypal_v2.payer.address.country_code', 'spb/readme', {
      'bypass.paypal_v2.payer.address': [true],
    }),
    ...['line1', 'city', 'country_code'].map((name) =>
      needs(`${payPalAddress}.${name}`, 'rt/warning', {
        intent: ['issue_key'],
        [payPalAddress]: [true],
      }),
    ),
  ],
  payletter_global: [
    needs('buyer_email', 'payletter-global'),
    needs('bypass.payletter_global.servicename', 'payletter-global', {
      'bypass.payletter_global.pginfo': [
        'WeChatPayQRCodePayment',
        'WeChatPayH5Payment',
        'ICBAlipay',
      ],
    }),
    {
      param: 'merchant_uid',
      rule: { matches: /^[A-Za-z0-9]+$/ },
      text: wrong('merchant_uid'),
      source: 'payletter-global',
    },
  ],
  inicis_jp: [
    currencies('inicis-jp', 'JPY'),
    needs('buyer_first_name_kana', 'inicis-jp', { pay_method: ['cvs'] }),
    needs('buyer_last_name_kana', 'inicis-jp', { pay_method: ['cvs'] }),
    needs('cvs.payment_deadline', 'inicis-jp', { pay_method: ['cvs'] }),
    {
      param: 'popup',
      rule: { is: ({ popup }) => String(popup) === 'true' },
      when: { device: ['pc'] },
      text: 'PC에서는 popup을 true로 설정해야 합니다.',
      source: 'inicis-jp',
    },
  ],
  kicc_v2: [
    {
      ...needs('order_description', 'kicc-v2', { pay_method: ['alipay_plus'] }),
      text: missing('order_description'),
    },
  ],
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function hasAll(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => (Object(value)[name] ?? '') !== '')
}

function areOptionsComplete(products: unknown): boolean {
  const options = listIn(products).flatMap((product) => listIn(Object(product).options))
  const selections = options.flatMap((option) => listIn(Object(option).selections))
  return (
    options.every((option) => hasAll(option, 'optionQuantity', 'optionPrice')) &&
    selections.every((selection) => hasAll(selection, 'code', 'label', 'value'))
  )
}

function areFeesNamed(products: unknown): boolean {
  return listIn(products)
    .map((product) => Object(product).shipping ?? null)
    .every((shipping) => shipping === null || hasAll(shipping, 'baseFee', 'feePayType'))
}

// Cents: sums of prices in decimals are not exact.
function totalOf(products: readonly unknown[]): number {
  const cents = products.reduce<number>((sum, product) => {
    const { unitPrice, quantity } = Object(product)
    return sum + Math.round(Number(unitPrice) * 100) * Number(quantity)
  }, 0)
  return cents / 100
}

function unitsOf(bypass: unknown): readonly unknown[] {
  const { paypal_v2 } = Object(bypass)
  const { purchase_units } = Object(paypal_v2)
  return Array.isArray(purchase_units) ? purchase_units : []
}

function addressesHave(bypass: unknown, name: string): boolean {
  return unitsOf(bypass).every((unit) => {
    const { shipping } = Object(unit)
    const { address } = Object(shipping)
    return Boolean(Object(address)[name])
  })
}
