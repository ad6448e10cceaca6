import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencies, decimalsOf } from '../../fixtures/currencies.ts'
import { isSameMoney, parseMoney, toAmount, toText } from './money.ts'
import { fail, ok } from './result.ts'

const largest = 2 ** 51 - 1

describe('parseMoney()', () => {
  it.each([
    [64_900, 'KRW', 64_900],
    [64_899, 'KRW', 64_899],
    [64_901, 'KRW', 64_901],
    [0, 'KRW', 0],
    [Number.MAX_SAFE_INTEGER, 'KRW', Number.MAX_SAFE_INTEGER],
    [1500, 'JPY', 1500],
    [14.2, 'USD', 1420],
    [14.19, 'USD', 1419],
    [14.21, 'USD', 1421],
    [0.01, 'USD', 1],
    [0.3, 'USD', 30],
    [0.1 + 0.2, 'USD', 30],
    [4.35, 'EUR', 435],
    [1.005 * 1000, 'USD', 100_500],
    [largest / 100, 'USD', largest],
    [1_250_000, 'VND', 1_250_000],
    [1_250_000.5, 'IDR', 125_000_050],
    [499.99, 'INR', 49_999],
    [100.01, 'TRY', 10_001],
    [10.125, 'KWD', 10_125],
    [1.2345, 'CLF', 12_345],
  ])('reads %d %s as exactly %d of its smallest unit', (amount, currency, minor) => {
    expect(parseMoney(amount, currency)).toEqual(ok({ minor, currency }))
  })

  it.each([
    [Number.NaN, 'KRW'],
    [-0, 'KRW'],
    [-1, 'KRW'],
    [-0.01, 'USD'],
    [1e21, 'KRW'],
    [1e21, 'USD'],
    [Number.POSITIVE_INFINITY, 'USD'],
    [2 ** 53, 'KRW'],
    [64_900.000_000_1, 'KRW'],
    [64_900.000_000_1, 'USD'],
    [0.1 + 0.2, 'KRW'],
    [1000.5, 'KRW'],
    [1000.5, 'JPY'],
    [14.205, 'USD'],
    [1.5, 'VND'],
    [10.1255, 'KWD'],
    [0.001, 'USD'],
    [0.300_000_000_000_001, 'USD'],
    [Number.MIN_VALUE, 'USD'],
    ['64900', 'KRW'],
    [[64_900], 'KRW'],
    [{ valueOf: () => 64_900 }, 'KRW'],
    [64_900n, 'KRW'],
    [null, 'KRW'],
    [undefined, 'KRW'],
    [true, 'KRW'],
  ])('T1: refuses %o %s, which is not an exact amount', (amount, currency) => {
    expect(parseMoney(amount, currency)).toEqual(
      fail({ reason: 'amount_malformed', actual: amount }),
    )
  })

  it.each([[2 ** 45 + 1 / 128], [Number.MAX_SAFE_INTEGER / 100], [2 ** 51 / 100]])(
    'T1: refuses %d USD, too large for exact cents in a floating-point number',
    (amount) => {
      expect(parseMoney(amount, 'USD')).toEqual(
        fail({ reason: 'amount_malformed', actual: amount }),
      )
    },
  )

  it.each([
    [undefined],
    [null],
    [''],
    ['krw'],
    ['KRW '],
    ['XXX'],
    ['XAU'],
    ['XTS'],
    ['EEK'],
    ['ED '],
    ['D A'],
    ['USD EUR'],
    ['toString'],
    ['__proto__'],
    [['KRW']],
    [410],
  ])('T5: refuses the currency %o', (currency) => {
    expect(parseMoney(1000, currency)).toEqual(
      fail({ reason: 'currency_unknown', actual: currency }),
    )
  })

  it('returns the exact amount that was parsed, in every currency', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.oneof(fc.nat(), fc.integer({ min: 0, max: largest })),
        (currency, minor) => {
          expect(parseMoney(toAmount({ minor, currency }), currency)).toEqual(
            ok({ minor, currency }),
          )
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('accepts a wire decimal exactly when it has no more digits than its currency', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.nat({ max: 10 ** 9 }),
        fc.stringMatching(/^\d{1,6}$/),
        (currency, whole, decimals) => {
          const digits = decimalsOf.get(currency) ?? 0
          const isExact = /^0*$/.test(decimals.slice(digits))
          const minor = Number(`${whole}${decimals.padEnd(4, '0').slice(0, digits)}`)
          const amount = Number(`${whole}.${decimals}`)
          expect(parseMoney(amount, currency)).toEqual(
            isExact
              ? ok({ minor, currency })
              : fail({ reason: 'amount_malformed', actual: amount }),
          )
        },
      ),
      { numRuns: 5_000 },
    )
  })
})

describe('toText()', () => {
  it.each([
    [{ minor: 1004, currency: 'KRW' }, '1004 KRW'],
    [{ minor: 1420, currency: 'USD' }, '14.20 USD'],
    [{ minor: 0, currency: 'JPY' }, '0 JPY'],
    [{ minor: 1, currency: 'EUR' }, '0.01 EUR'],
    [{ minor: 1, currency: 'VND' }, '1 VND'],
    [{ minor: 10_125, currency: 'KWD' }, '10.125 KWD'],
    [{ minor: 1, currency: 'UYW' }, '0.0001 UYW'],
  ] as const)('writes %o as %s', (money, text) => {
    expect(toText(money)).toBe(text)
  })
})

describe('isSameMoney()', () => {
  it('T5: distinguishes equal numbers of different currencies, for every pair', () => {
    const same = currencies.flatMap((a) =>
      currencies
        .filter((b) => isSameMoney({ minor: 1000, currency: a }, { minor: 1000, currency: b }))
        .map((b) => [a, b]),
    )
    expect(same).toEqual(currencies.map((currency) => [currency, currency]))
  })

  it('T1: distinguishes amounts that differ by one unit', () => {
    const order = { minor: 64_900, currency: 'KRW' } as const
    expect(
      [64_899, 64_900, 64_901].map((minor) => isSameMoney({ ...order, minor }, order)),
    ).toEqual([false, true, false])
  })
})
