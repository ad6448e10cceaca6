import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAmount, toMinor } from './money.ts'

describe('toMinor()', () => {
  for (const [amount, currency, minor] of [
    [1000, 'KRW', 1000],
    ['1000', 'KRW', 1000],
    ['1000.00', 'KRW', 1000],
    [1000.5, 'KRW', null],
    [14.2, 'USD', 1420],
    ['14.20', 'USD', 1420],
    [14.205, 'USD', null],
    [1.234, 'KWD', 1234],
    [-5, 'KRW', -5],
    [Number.NaN, 'KRW', null],
    [1e21, 'KRW', null],
    ['', 'KRW', null],
    ['1,000', 'KRW', null],
    [null, 'KRW', null],
    [true, 'KRW', null],
  ] as const) {
    it(`reads ${JSON.stringify(amount)} ${currency} as ${minor}`, () => {
      expect(toMinor(amount, currency)).toBe(minor)
    })
  }

  it('reads back every amount it shows', () => {
    const currency = fc.constantFrom('KRW', 'USD', 'KWD')
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), currency, (minor, code) => {
        expect(toMinor(toAmount(minor, code), code)).toBe(minor)
      }),
    )
  })
})
