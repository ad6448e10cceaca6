import { orderRules } from '@quayside/rules/orders'
import { describe, expect, it } from 'vitest'
import { checkOrder, mayRefuse, type OrderToCheck } from '../src/index.ts'

const right: OrderToCheck = { merchant_uid: 'order20261128', amount: 12_000, currency: 'KRW' }

const payLine = { categoryType: 'BOOK', categoryId: 'GENERAL', uid: 'b-1', name: '책', count: 1 }
const orderLine = {
  id: 'g-1',
  name: '당근 10kg',
  basePrice: 12_000,
  infoUrl: 'https://shop.example/g-1',
  imageUrl: 'https://shop.example/g-1.jpg',
  shipping: { baseFee: 2_500, feePayType: 'PREPAYED' },
}

function problemsOf(pg: string, order: Partial<OrderToCheck>): readonly string[] {
  const rules = orderRules[pg]
  if (rules === undefined) throw new TypeError(`No rules of ${pg}`)
  const problems = checkOrder({ ...right, ...order }, rules)
  expect(problems.every(mayRefuse)).toBe(true)
  return problems.map(({ parameter, reason }) => `${parameter} ${reason}`)
}

describe('an order and the channel by which it has to be paid', () => {
  it.each([
    ['smartro_v2', { merchant_uid: 'order-1' }, ['merchant_uid characters']],
    ['payletter_global', { merchant_uid: 'order_1' }, ['merchant_uid characters']],
    ['mobilians_v2', { merchant_uid: '123' }, ['merchant_uid too_short']],
    ['mobilians_v2', { amount: 99 }, ['amount number_too_small']],
    ['naverpay', { amount: 9 }, ['amount number_too_small']],
    ['paypal', {}, ['currency value_not_usable']],
    ['paypal_v2', {}, ['currency value_not_usable']],
    ['galaxia', { currency: 'USD' }, ['currency currency_not_offered']],
    ['smartro_v2', { currency: 'USD' }, ['currency currency_not_offered']],
    ['inicis_jp', {}, ['currency currency_not_offered']],
    ['smartro', { pay_methods: ['phone'] }, ['pay_method method_not_offered']],
    ['danal_tpay', { pay_methods: ['phone'] }, ['pay_method method_not_offered']],
    ['kakaopay', { vat_amount: 100 }, ['vat_amount not_usable']],
    ['ksnet', { tax_free: 100, pay_methods: ['vbank'] }, ['tax_free not_usable']],
    ['mobilians_v2', { tax_free: 100, pay_methods: ['phone'] }, ['tax_free not_usable']],
    ['mobilians_v2', { vat_amount: 100, pay_methods: ['payco'] }, ['vat_amount not_usable']],
    ['tosspayments', { pay_methods: ['culturegift'] }, ['pay_method method_not_offered']],
    ['kicc_v2', { pay_methods: ['vbank'] }, ['pay_method method_not_offered']],
    ['welcome', { vat_amount: 1_300 }, ['vat_amount number_too_large']],
    ['nice_v2', { amount: 1.234, currency: 'USD' }, ['amount decimals']],
    [
      'naverpay',
      {
        naverProducts: [
          { ...payLine, count: undefined },
          { ...payLine, startDate: '2026' },
        ],
      },
      ['naverProducts[].count missing', 'naverProducts[].startDate date_format'],
    ],
    [
      'naverpay',
      { naverProducts: [orderLine] },
      ['categoryType', 'categoryId', 'uid', 'count'].map(
        (name) => `naverProducts[].${name} missing`,
      ),
    ],
    [
      'naverco',
      { naverProducts: [{ ...orderLine, shipping: { baseFee: 2_500, feePayType: 'LATER' } }] },
      ['naverProducts[].shipping.feePayType value_not_usable'],
    ],
    [
      'naverco',
      { naverProducts: [{ ...orderLine, options: [{ optionQuantity: 1 }] }] },
      ['naverProducts[].options[].optionPrice missing'],
    ],
  ])('%s refuses %o', (pg, order, expected) => {
    expect(problemsOf(pg, order)).toEqual(expected)
  })

  it.each([
    ['kcp', { merchant_uid: 'order-1_2.3', pay_methods: ['card', 'vbank'] }],
    ['naverpay', { naverProducts: [payLine] }],
    ['naverco', { naverProducts: [orderLine] }],
    // The page may know them.
    ['naverpay', {}],
    // One of the methods is enough.
    ['smartro', { pay_methods: ['phone', 'card'] }],
    // A wallet is recorded as what it was paid from.
    ['tosspay', { pay_methods: ['point'] }],
    ['tosspayments', { pay_methods: ['samsung'] }],
    ['html5_inicis', { pay_methods: ['samsungpay'] }],
    ['mobilians_v2', { tax_free: 100, pay_methods: ['point'] }],
    ['mobilians_v2', { vat_amount: 100, pay_methods: ['trans'] }],
    ['mobilians_v2', { tax_free: 100, pay_methods: ['kpay'] }],
    // A record names a wallet more shortly than a request, or one that only the window of the PG offers.
    ['nice_v2', { pay_methods: ['naverpay'] }],
    ['nice_v2', { pay_methods: ['tosspay'] }],
    ['html5_inicis', { pay_methods: ['kpay'] }],
    ['payco', { pay_methods: ['payco'] }],
    ['tosspay', { pay_methods: ['tosspay'] }],
    ['smilepay', { pay_methods: ['smilepay'] }],
    ['chai', { pay_methods: ['chai'] }],
    ['inicis_jp', { pay_methods: ['vbank'], currency: 'JPY' }],
    ['eximbay', { pay_methods: ['vbank'], currency: 'JPY' }],
    ['ksnet', { tax_free: 100, pay_methods: ['vbank', 'card'] }],
    ['ksnet', { tax_free: 0, vat_amount: 0, pay_methods: ['vbank'] }],
    // The window only registers a key, and its amount is shown.
    ['mobilians_v2', { amount: 50, issues_key: true }],
    ['paypal', { currency: 'USD' }],
    ['naverpay', { pay_methods: ['card'] }],
    ['kakaopay', { pay_methods: ['anything'] }],
  ])('%s takes %o', (pg, order) => {
    expect(problemsOf(pg, order)).toEqual([])
  })
})
