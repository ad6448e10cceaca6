import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../values/result.ts'
import { parsePlan } from './parse-plan.ts'
import { defaultRetry } from './plan.ts'

const monthly = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
const full = {
  ...monthly,
  anchor_day: 31,
  hour: 0,
  trial_days: 14,
  first: 'anchor',
  prorate: true,
  discounts: [
    { periods: 3, percent: 50 },
    { periods: 1, amount: 1_000 },
  ],
  periods: 12,
  retry: {
    steps: [
      { days: 0, hour: 23 },
      { days: 25, hour: 10 },
    ],
    grace_days: 0,
    at_end: 'pause',
    fallback: false,
  },
}

describe('parsePlan()', () => {
  it.each([
    [{}, true],
    [{ first: 'now' }, true],
    [{ first: 'anchor' }, false],
    [{ first: 'now', prorate: false }, false],
    [{ first: 'anchor', prorate: true }, true],
  ])('T159: charges days before the first anchor once: %o prorates them: %s', (named, prorate) => {
    expect(parsePlan({ ...monthly, anchor_day: 31, ...named })).toMatchObject({
      value: { prorate },
    })
  })

  it('reads the amount of a discount in the unit of the currency, as that of the plan', () => {
    const price = { amount: 9.9, currency: 'USD', period: { unit: 'month', count: 1 } }
    const plan = parsePlan({ ...price, discounts: [{ periods: 1, amount: 2.5 }] })
    expect(plan).toMatchObject({
      value: { amount: { minor: 990 }, discounts: [{ periods: 1, off: { minor: 250 } }] },
    })
  })

  it('fills in what a plan does not say', () => {
    expect(parsePlan(monthly)).toEqual(
      ok({
        amount: { minor: 9_900, currency: 'KRW' },
        period: { unit: 'month', count: 1 },
        anchorDay: null,
        hour: 10,
        trialDays: 0,
        first: 'now',
        prorate: true,
        discounts: [],
        periods: null,
        retry: defaultRetry,
      }),
    )
  })

  it.each([
    [{}, defaultRetry],
    [{ fallback: false }, { ...defaultRetry, fallback: false }],
    [
      { grace_days: 0, at_end: 'pause' },
      { ...defaultRetry, graceDays: 0, atEnd: 'pause' },
    ],
    [{ steps: [{ days: 1 }] }, { ...defaultRetry, steps: [{ days: 1, hour: 10 }] }],
    [{ steps: [] }, { ...defaultRetry, steps: [] }],
  ])('keeps the default of each field that a retry policy leaves out: %j', (retry, expected) => {
    const plan = parsePlan({ ...monthly, retry })
    expect(plan.ok && plan.value.retry).toEqual(expected)
  })

  it('reads a plan that says everything', () => {
    expect(parsePlan(full)).toEqual(
      ok({
        amount: { minor: 9_900, currency: 'KRW' },
        period: { unit: 'month', count: 1 },
        anchorDay: 31,
        hour: 0,
        trialDays: 14,
        first: 'anchor',
        prorate: true,
        discounts: [
          { periods: 3, off: { percent: 50 } },
          { periods: 1, off: { minor: 1_000 } },
        ],
        periods: 12,
        retry: {
          steps: [
            { days: 0, hour: 23 },
            { days: 25, hour: 10 },
          ],
          graceDays: 0,
          atEnd: 'pause',
          fallback: false,
        },
      }),
    )
  })

  it.each([
    ['', null],
    ['', []],
    ['', 'plan'],
    ['period', { ...monthly, period: undefined }],
    ['period.unit', { ...monthly, period: { unit: 'fortnight', count: 1 } }],
    ['period.count', { ...monthly, period: { unit: 'month' } }],
    ['period.count', { ...monthly, period: { unit: 'month', count: 0 } }],
    ['period.count', { ...monthly, period: { unit: 'month', count: 37 } }],
    ['period.count', { ...monthly, period: { unit: 'month', count: '1' } }],
    ['period.day', { ...monthly, period: { unit: 'month', count: 1, day: 3 } }],
    ['anchor_day', { ...monthly, anchor_day: 32 }],
    ['anchor_day', { ...monthly, anchor_day: 0 }],
    ['anchor_day', { ...monthly, period: { unit: 'week', count: 1 }, anchor_day: 1 }],
    ['hour', { ...monthly, hour: 24 }],
    ['hour', { ...monthly, hour: 9.5 }],
    ['trial_days', { ...monthly, trial_days: -1 }],
    ['first', { ...monthly, first: 'later' }],
    ['prorate', { ...monthly, prorate: 'yes' }],
    ['discounts', { ...monthly, discounts: {} }],
    ['discounts', { ...monthly, discounts: Array(11).fill({ periods: 1, percent: 1 }) }],
    ['discounts.0', { ...monthly, discounts: [null] }],
    [
      'discounts.1.percent',
      {
        ...monthly,
        discounts: [
          { periods: 1, percent: 1 },
          { periods: 1, percent: 101 },
        ],
      },
    ],
    ['discounts.0.amount', { ...monthly, discounts: [{ periods: 1 }] }],
    ['discounts.0.amount', { ...monthly, discounts: [{ periods: 1, amount: 0 }] }],
    ['discounts.0.amount', { ...monthly, discounts: [{ periods: 1, amount: 0.5 }] }],
    ['discounts.0.amount', { ...monthly, discounts: [{ periods: 1, percent: 10, amount: 5 }] }],
    ['discounts.0.periods', { ...monthly, discounts: [{ percent: 10 }] }],
    ['periods', { ...monthly, periods: 0 }],
    ['retry', { ...monthly, retry: null }],
    ['retry.steps', { ...monthly, retry: { steps: Array(16).fill({ days: 1 }) } }],
    ['retry.steps.1', { ...monthly, retry: { steps: [{ days: 3 }, { days: 3, hour: 10 }] } }],
    ['retry.steps.0.days', { ...monthly, retry: { steps: [{ days: 61 }] } }],
    ['retry.grace_days', { ...monthly, retry: { steps: [], grace_days: 61 } }],
    ['retry.at_end', { ...monthly, retry: { at_end: 'continue' } }],
    ['amount', { ...monthly, amount: 1_000_000_000_001 }],
  ])('names the field that is wrong: %s', (field, value) => {
    expect(parsePlan(value)).toEqual(fail({ reason: 'plan_malformed', field }))
  })

  it('T158: refuses a misspelled discount, which would charge the full price', () => {
    expect(parsePlan({ ...monthly, discount: [{ periods: 1, percent: 50 }] })).toEqual(
      fail({ reason: 'plan_malformed', field: 'discount' }),
    )
  })

  it('T158: refuses an amount of 0, and one that is no exact amount', () => {
    expect(parsePlan({ ...monthly, amount: 0 })).toEqual(fail({ reason: 'plan_amount_zero' }))
    expect(parsePlan({ ...monthly, amount: 99.5 })).toEqual(
      fail({ reason: 'amount_malformed', actual: 99.5 }),
    )
    expect(parsePlan({ ...monthly, amount: '9900' })).toEqual(
      fail({ reason: 'amount_malformed', actual: '9900' }),
    )
    expect(parsePlan({ ...monthly, currency: 'WON' })).toEqual(
      fail({ reason: 'currency_unknown', actual: 'WON' }),
    )
  })

  it('T158: reads no field of a prototype', () => {
    const inherited: unknown = Object.create({ hour: 3 }, Object.getOwnPropertyDescriptors(monthly))
    const parsed = parsePlan(inherited)
    expect(parsed.ok && parsed.value.hour).toBe(10)
  })

  it('is stored and read as JSON', () => {
    const parsed = parsePlan(full)
    expect(parsed.ok && JSON.parse(JSON.stringify(parsed.value))).toEqual(parsed.ok && parsed.value)
  })
})
