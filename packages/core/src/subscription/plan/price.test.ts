import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plan } from '../../../fixtures/subscription.ts'
import { toPrice, toShare } from './price.ts'

describe('toPrice()', () => {
  it('takes discounts off the first periods, one after the other, and rounds in favour of the buyer', () => {
    const discounted = plan({
      amount: 9_999,
      discounts: [
        { periods: 2, percent: 33 },
        { periods: 1, amount: 1_000 },
      ],
    })
    // 67 % of 9,999 is 6,699.33.
    expect([1, 2, 3].map((index) => toPrice(discounted, index))).toEqual([5_699, 6_699, 9_999])
  })

  it('is never below 0', () => {
    const free = plan({
      discounts: [
        { periods: 1, amount: 10_000 },
        { periods: 2, percent: 100 },
      ],
    })
    expect([1, 2, 3].map((index) => toPrice(free, index))).toEqual([0, 0, 9_900])
  })
})

describe('toShare()', () => {
  it('T159: cuts a price into pieces that add up to it, at the largest price that a plan may have', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        fc.integer({ min: 1, max: 1_900 }),
        (price, of) => {
          let sum = 0
          for (let day = 0; day < of; day++) {
            const piece = toShare(price, { days: day + 1, of }) - toShare(price, { days: day, of })
            expect(Math.abs(piece - price / of)).toBeLessThan(1)
            sum += piece
          }
          expect(sum).toBe(price)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('rounds down exactly where a product of numbers would not be exact', () => {
    const price = 999_999_999_999
    expect(BigInt(toShare(price, { days: 1_825, of: 1_826 }))).toBe(
      (BigInt(price) * 1_825n) / 1_826n,
    )
  })
})
