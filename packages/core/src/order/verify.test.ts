import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/payment.json' with { type: 'json' }
import { issuedRecord, merchantUid, money, payment, take } from '../../fixtures/sample.ts'
import { parsePayment } from '../payment/payment.ts'
import { fail, ok } from '../values/result.ts'
import type { Allowance, ExpectedOrder } from './order.ts'
import { type Mode, verifyPayment } from './verify.ts'

const order: ExpectedOrder = {
  merchantUid: merchantUid('ORD-1'),
  amount: money(64_900),
  allowances: [],
}
const paid = payment()
const amountMismatch = (actual: number) =>
  fail({ reason: 'amount_mismatch', expected: money(64_900), actual: money(actual) })
const modes: readonly Mode[] = ['live', 'test']
const isMode = (text: string): text is Mode => modes.some((mode) => mode === text)
const everyAllowance: readonly Allowance[] = [
  'naverco_delivery_fee',
  'card_promotion',
  'billing_key_charge',
]

describe('verifyPayment()', () => {
  it('returns the payment itself when it matches its order', () => {
    expect(verifyPayment(paid, order, 'live')).toEqual(ok(paid))
  })

  const cases = vectors.flatMap(({ name, expected, input, verifications }) =>
    verifications.map((each) => ({ name, expected, record: input.body.response, ...each })),
  )
  const channelMismatch = fail({ reason: 'channel_mismatch' })
  it.each([
    [
      'the PG and one of the methods',
      { pgProvider: 'html5_inicis', payMethods: ['card', 'point'] },
      ok(paid),
    ],
    ['the PG alone', { pgProvider: 'html5_inicis', payMethods: [] }, ok(paid)],
    ['a method alone', { pgProvider: null, payMethods: ['card'] }, ok(paid)],
    ['nothing', { pgProvider: null, payMethods: [] }, ok(paid)],
    ['another PG', { pgProvider: 'kcp', payMethods: ['card'] }, channelMismatch],
    ['another method', { pgProvider: 'html5_inicis', payMethods: ['trans'] }, channelMismatch],
  ] as const)('T177: compares the channel with an order that names %s', (_, channel, expected) => {
    const made = { ...paid, pgProvider: 'html5_inicis', payMethod: 'card' }
    const result = verifyPayment(made, { ...order, channel }, 'live')
    expect(result).toEqual(expected.ok ? ok(made) : expected)
  })

  it('T177: a payment that names no channel is not of the one that is expected', () => {
    const channel = { pgProvider: 'html5_inicis', payMethods: ['card'] }
    for (const unnamed of [{ pgProvider: null }, { payMethod: null }]) {
      const made = { ...paid, pgProvider: 'html5_inicis', payMethod: 'card', ...unnamed }
      expect(verifyPayment(made, { ...order, channel }, 'live')).toEqual(channelMismatch)
    }
  })

  it('compares no channel while there is no money, and no other difference after it', () => {
    const channel = { pgProvider: 'kcp', payMethods: ['trans'] }
    for (const made of [payment({ status: 'ready' }), payment({ status: 'failed' })]) {
      expect(verifyPayment(made, { ...order, channel }, 'live')).toEqual(ok(made))
    }
    const withMoney = [
      paid,
      payment(issuedRecord()),
      payment({ cancel_amount: 100 }),
      payment({ status: 'cancelled', cancel_amount: 64_900 }),
    ]
    for (const made of withMoney) {
      expect(verifyPayment(made, { ...order, channel }, 'live')).toEqual(channelMismatch)
    }
    const lower = { ...paid, amount: money(100) }
    expect(verifyPayment(lower, { ...order, channel }, 'live')).toEqual(amountMismatch(100))
  })

  it.each(cases)('compares $name ($expected) with $order in $mode mode', (vector) => {
    const read = take(parsePayment(vector.record))
    const expected = {
      merchantUid: merchantUid(vector.order.merchant_uid),
      amount: money(vector.order.amount, vector.order.currency),
      allowances: everyAllowance.filter((each) =>
        vector.order.allowances.some((named) => named === each),
      ),
    }
    if (!isMode(vector.mode)) throw new TypeError('Cannot verify vector: mode is unknown')
    const result = verifyPayment(read, expected, vector.mode)
    expect(result).toEqual(vector.failure === null ? ok(read) : fail(vector.failure))
  })

  it.each([0, 1, 100, 64_899, 64_901, 649_000])(
    'T1: refuses a payment of %d for an order of 64900',
    (amount) => {
      expect(verifyPayment(payment({ amount }), order, 'live')).toEqual(amountMismatch(amount))
    },
  )

  it.each([14.19, 14.21])('T1: refuses a payment of %d USD for an order of 14.20', (amount) => {
    const expected = money(14.2, 'USD')
    const result = verifyPayment(
      payment({ amount, currency: 'USD' }),
      { ...order, amount: expected },
      'live',
    )
    expect(result).toEqual(
      fail({ reason: 'amount_mismatch', expected, actual: money(amount, 'USD') }),
    )
  })

  it.each(['ORD-2', 'ord-1', 'ORD-1 ', 'ＯRD-1', 'ORD-10'])(
    'T2: refuses a payment of order %s at the same price',
    (other) => {
      expect(verifyPayment(payment({ merchant_uid: other }), order, 'live')).toEqual(
        fail({ reason: 'order_mismatch', expected: 'ORD-1', actual: other }),
      )
    },
  )

  it.each([
    [false, true, null],
    [true, false, true],
    [undefined, false, null],
    [null, false, null],
    ['false', false, null],
    [0, false, null],
  ])('T3: a record with sandbox %o passes in live mode: %o', (sandbox, passes, details) => {
    const given = payment({ sandbox })
    const refused = fail({ reason: 'sandbox_payment', sandbox: details })
    expect([verifyPayment(given, order, 'live'), verifyPayment(given, order, 'test')]).toEqual([
      passes ? ok(given) : refused,
      ok(given),
    ])
  })

  it.each([
    ['USD', 64_900],
    ['JPY', 64_900],
    ['USD', 649],
  ])('T5: refuses %s %d for an order of 64900 KRW', (currency, amount) => {
    expect(verifyPayment(payment({ currency, amount }), order, 'live')).toEqual(
      fail({
        reason: 'currency_mismatch',
        expected: money(64_900),
        actual: money(amount, currency),
      }),
    )
  })

  it('reports the foreign order first, then the test channel, the billing key, the currency, the amount, the age', () => {
    const wrong = {
      merchant_uid: 'ORD-2',
      sandbox: true,
      currency: 'USD',
      amount: 1,
      customer_uid_usage: 'issue',
    }
    const right = {
      merchant_uid: 'ORD-1',
      sandbox: false,
      customer_uid_usage: null,
      currency: 'KRW',
      amount: 64_900,
    }
    const names = Object.keys(right)
    const young = { ...order, createdAt: new Date('2026-11-28T00:00:00.000Z') }
    const reasons = [0, 1, 2, 3, 4, 5].map((count) => {
      const mended = Object.entries(right).filter(([name]) => names.indexOf(name) < count)
      const result = verifyPayment(
        payment({ ...wrong, ...Object.fromEntries(mended) }),
        young,
        'live',
      )
      return result.ok ? null : result.failure.reason
    })
    expect(reasons).toEqual([
      'order_mismatch',
      'sandbox_payment',
      'billing_key_issue',
      'currency_mismatch',
      'amount_mismatch',
      'payment_too_old',
    ])
  })
})

describe('verifyPayment() of an order whose time of creation is known', () => {
  const hourMs = 3_600_000
  const madeAt = new Date(1_648_344_363_000)
  const createdAfter = (ms: number) => new Date(madeAt.getTime() + ms)
  const unpaid = { paid_at: 0, started_at: 1_648_344_363 }

  it.each([
    ['a payment', {}],
    ['a payment that was refunded in part', { status: 'cancelled', cancel_amount: 1 }],
    ['a window that was left', { ...unpaid, status: 'ready' }],
    ['a failed payment', { ...unpaid, status: 'failed' }],
  ])('T65: refuses %s from more than an hour before the order', (_, fields) => {
    const given = payment(fields)
    const createdAt = createdAfter(hourMs + 1)
    expect(verifyPayment(given, { ...order, createdAt }, 'live')).toEqual(
      fail({ reason: 'payment_too_old', madeAt, createdAt }),
    )
    expect(verifyPayment(given, { ...order, createdAt: createdAfter(hourMs) }, 'live')).toEqual(
      ok(given),
    )
  })

  it('T65: accepts a deposit for the order into an account that was issued long before it', () => {
    const given = payment({ started_at: 1 })
    expect(verifyPayment(given, { ...order, createdAt: createdAfter(0) }, 'live')).toEqual(
      ok(given),
    )
  })

  it('accepts a payment without any time, and any payment where the time of the order is unknown', () => {
    const createdAt = createdAfter(hourMs + 1)
    const timeless = payment({ paid_at: 0 })
    expect([
      verifyPayment(timeless, { ...order, createdAt }, 'live'),
      verifyPayment(paid, { ...order, createdAt: null }, 'live'),
      verifyPayment(paid, order, 'live'),
    ]).toEqual([ok(timeless), ok(paid), ok(paid)])
  })

  it('does not judge again what the order has accepted: its refund must still be recorded', () => {
    const createdAt = createdAfter(hourMs + 1)
    const refunded = payment({ status: 'cancelled', cancel_amount: 64_900 })
    expect(verifyPayment(refunded, { ...order, createdAt, impUid: paid.impUid }, 'live')).toEqual(
      ok(refunded),
    )
  })
})

describe('verifyPayment() of an order with an allowance', () => {
  const allowing = (...allowances: Allowance[]): ExpectedOrder => ({ ...order, allowances })

  it.each([
    ['naverco', 64_900, true],
    ['naverco', 69_400, true],
    ['naverco', 64_899, false],
    ['naverpay', 69_400, false],
    ['kcp', 69_400, false],
    [null, 69_400, false],
  ])(
    'accepts a delivery fee for Naver Pay orders only: %s, %d: %o',
    (pg_provider, amount, passes) => {
      const given = payment({ pg_provider, amount })
      expect(verifyPayment(given, allowing('naverco_delivery_fee'), 'live')).toEqual(
        passes ? ok(given) : amountMismatch(amount),
      )
      expect(verifyPayment(given, order, 'live').ok).toBe(amount === 64_900)
    },
  )

  it.each([
    [63_900, 1000, true],
    [64_900, 1000, true],
    [63_899, 1000, false],
    [63_901, 1000, false],
    [65_900, 1000, false],
    [63_900, undefined, false],
    [0, 64_900, true],
  ])(
    'accepts exactly the discount of a card promotion: %d with a discount of %o: %o',
    (amount, off, passes) => {
      const given = payment({ amount, promotion: { discount: off } })
      expect(verifyPayment(given, allowing('card_promotion'), 'live')).toEqual(
        passes ? ok(given) : amountMismatch(amount),
      )
      expect(verifyPayment(given, order, 'live').ok).toBe(amount === 64_900)
    },
  )

  it('accepts the issue of a billing key as a charge only with its allowance', () => {
    const given = payment({ customer_uid_usage: 'issue', pg_provider: 'kakaopay' })
    expect([
      verifyPayment(given, order, 'live'),
      verifyPayment(given, allowing('naverco_delivery_fee', 'card_promotion'), 'live'),
      verifyPayment(given, allowing('billing_key_charge'), 'live'),
    ]).toEqual([
      fail({ reason: 'billing_key_issue' }),
      fail({ reason: 'billing_key_issue' }),
      ok(given),
    ])
  })

  it.each([
    ['html5_inicis', 'card'],
    ['tosspayments', 'card'],
    ['welcome', 'card'],
    ['constructor', 'card'],
    [null, 'card'],
  ])(
    'T131: never accepts an issue whose window only displayed the amount: %s',
    (pg_provider, pay_method) => {
      const given = payment({ customer_uid_usage: 'issue', pg_provider, pay_method })
      expect(verifyPayment(given, allowing('billing_key_charge'), 'live')).toEqual(
        fail({ reason: 'billing_key_issue' }),
      )
    },
  )
})

describe('verifyPayment() against an independent implementation', () => {
  const orderOf = fc.record({
    merchantUid: fc.constantFrom('ORD-1', 'ORD-2').map((text) => merchantUid(text)),
    amount: fc
      .tuple(fc.constantFrom(99, 100, 101), fc.constantFrom('KRW', 'USD', 'JPY'))
      .map(([amount, currency]) => money(amount, currency)),
    allowances: fc.subarray([...everyAllowance]),
  })
  const fieldsOf = fc.record({
    merchant_uid: fc.constantFrom('ORD-1', 'ORD-2'),
    amount: fc.constantFrom(98, 99, 100, 101, 102),
    currency: fc.constantFrom('KRW', 'USD', 'JPY'),
    sandbox: fc.constantFrom(false, true, undefined, 'false', 0),
    pg_provider: fc.constantFrom('kcp', 'naverco', 'kakaopay'),
    promotion: fc.constantFrom(null, { discount: 1 }, { discount: 2 }),
    customer_uid_usage: fc.constantFrom(null, 'issue'),
  })

  it('T1: accepts exactly the payments that the written rules accept', () => {
    const seen = { accepted: 0, refused: 0 }
    fc.assert(
      fc.property(fieldsOf, orderOf, fc.constantFrom(...modes), (fields, expected, mode) => {
        const want =
          expected.amount.currency === 'USD' ? expected.amount.minor / 100 : expected.amount.minor
        const may = (name: Allowance) => expected.allowances.includes(name)
        const off = fields.promotion?.discount ?? 0
        const isSum =
          fields.amount === want ||
          (may('naverco_delivery_fee') &&
            fields.pg_provider === 'naverco' &&
            fields.amount > want) ||
          // Where a delivery fee may be added, a discount is indistinguishable from a smaller fee.
          (may('card_promotion') &&
            off > 0 &&
            fields.amount + off === want &&
            !(may('naverco_delivery_fee') && fields.pg_provider === 'naverco'))
        const accepts =
          isSum &&
          fields.merchant_uid === expected.merchantUid &&
          fields.currency === expected.amount.currency &&
          (mode === 'test' || fields.sandbox === false) &&
          (fields.customer_uid_usage === null ||
            (may('billing_key_charge') && fields.pg_provider === 'kakaopay'))
        seen[accepts ? 'accepted' : 'refused']++
        expect(verifyPayment(payment(fields), expected, mode).ok).toBe(accepts)
      }),
      { numRuns: 20_000 },
    )
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100)
  })
})
