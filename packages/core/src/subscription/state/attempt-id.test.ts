import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { subscriptionId } from '../../../fixtures/subscription.ts'
import { parseMerchantUid } from '../../values/ids.ts'
import { parseAttemptId, parseSubscriptionId, toAttemptId } from './attempt-id.ts'

const someId = fc.stringMatching(/^[A-Za-z0-9_-]{1,24}$/)
const someAttempt = fc.record({
  subscriptionId: someId.map(subscriptionId),
  period: fc.integer({ min: 1, max: 99_999 }),
  attempt: fc.integer({ min: 1, max: 99 }),
})

describe('ids of attempts', () => {
  it('are what they say, for a subscription with dashes and numbers in its id, too', () => {
    const id = { subscriptionId: subscriptionId('sub-7-1-2'), period: 12, attempt: 3 }
    expect(toAttemptId(id)).toBe('sub-sub-7-1-2-12-3')
    expect(parseAttemptId('sub-sub-7-1-2-12-3')).toEqual(id)
  })

  it('T157: are read as what they were made of, fit the provider, and are the same for no two attempts', () => {
    fc.assert(
      fc.property(someAttempt, someAttempt, (one, other) => {
        const text = toAttemptId(one)
        expect(parseAttemptId(text)).toEqual(one)
        expect(parseMerchantUid(text).ok).toBe(true)
        expect(text === toAttemptId(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })

  it.each([
    'ORD-1',
    'sub-1-1',
    'sub--1-1-',
    'sub-a-0-1',
    'sub-a-01-1',
    'sub-a-1-0',
    'sub-a-1-100',
    'sub-a-100000-1',
    'sub-a/b-1-1',
    'sub-a-1-1\n',
    'SUB-a-1-1',
    `sub-${'a'.repeat(25)}-1-1`,
    null,
    7,
  ])('T157: are not %j', (text) => {
    expect(parseAttemptId(text)).toBeNull()
  })

  it('are not made for a number that does not fit', () => {
    const subscription = subscriptionId('a')
    for (const [period, attempt] of [
      [0, 1],
      [1, 0],
      [100_000, 1],
      [1, 100],
      [1.5, 1],
    ] as const) {
      expect(() => toAttemptId({ subscriptionId: subscription, period, attempt })).toThrow(
        RangeError,
      )
    }
  })
})

describe('parseSubscriptionId()', () => {
  it.each(['', 'a/b', 'a b', '한글', 'a'.repeat(25), 'a\n', null, undefined, 42])(
    'refuses %j',
    (value) => {
      expect(parseSubscriptionId(value)).toBeNull()
    },
  )

  it('takes letters, digits, _ and -', () => {
    expect(parseSubscriptionId('User_42-a')).toBe('User_42-a')
  })
})
