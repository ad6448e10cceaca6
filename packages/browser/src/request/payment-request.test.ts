import { describe, expect, it } from 'vitest'
import type { PaymentRequest } from './payment-request.ts'
import { findRefusals, type RequestProblem } from './problem.ts'

const order = { channelKey: 'channel-key-1', merchant_uid: 'ORD-1', amount: 64_900 }

// The compiler is the test: each line below it has to be an error.
const mistakes: readonly PaymentRequest[] = [
  // @ts-expect-error An amount as text.
  { ...order, amount: '64900' },
  // @ts-expect-error A number of an order.
  { ...order, merchant_uid: 1 },
  // @ts-expect-error A method that does not exist.
  { ...order, pay_method: 'creditcard' },
  // @ts-expect-error A phone bill that does not say whether it is for something digital.
  { ...order, pay_method: 'phone' },
  // @ts-expect-error A relative address.
  { ...order, m_redirect_url: '/done' },
  // @ts-expect-error A misspelled parameter.
  { ...order, merchant_id: 'ORD-1' },
  // @ts-expect-error Months of instalments as text.
  { ...order, display: { card_quota: ['3'] } },
]

describe('PaymentRequest', () => {
  it('takes what the documentation shows', () => {
    const requests: readonly PaymentRequest[] = [
      order,
      { ...order, pg: 'html5_inicis.INIpayTest', pay_method: 'card', name: '당근 10kg' },
      { ...order, pay_method: 'phone', digital: true },
      { ...order, pay_method: 'vbank', vbank_due: '20261224', biz_num: '1234567890' },
      { ...order, m_redirect_url: 'https://shop.example/done', app_scheme: 'myapp' },
      { ...order, currency: 'USD', amount: 14.2, notice_url: ['https://shop.example/hook'] },
      { ...order, card: { direct: { code: '367', quota: 3 } }, display: { card_quota: [3, 6] } },
    ]
    expect(requests.length + mistakes.length).toBe(14)
  })
})

describe('findRefusals()', () => {
  it('keeps the window closed for what refuses, and not for a hint', () => {
    const problem = (strength?: string): RequestProblem => ({
      parameter: 'name',
      ko: '이름',
      en: 'name',
      ...(strength === undefined ? {} : { strength }),
    })
    const found = [
      problem('refused'),
      problem('text'),
      problem(),
      problem('type'),
      problem('advice'),
    ]
    expect(findRefusals(order, () => found)).toEqual(found.slice(0, 3))
    expect(findRefusals(order, undefined)).toEqual([])
  })
})
