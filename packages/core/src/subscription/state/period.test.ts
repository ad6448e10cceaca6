import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plan, seoul, started, toSeoul } from '../../../fixtures/subscription.ts'
import type { Plan } from '../plan/plan.ts'
import { periodOf, type SubscriptionPeriod } from './period.ts'

function periods(on: string, wirePlan: Plan, count: number): readonly SubscriptionPeriod[] {
  const { subscription } = started(on, wirePlan)
  return Array.from({ length: count }, (_, index) => periodOf(subscription, index + 1))
}

function show({ from, to, dueAt, price }: SubscriptionPeriod): string {
  const due = dueAt === from ? '' : `, due ${toSeoul(dueAt)}`
  return `${toSeoul(from)} to ${toSeoul(to)}${due}: ${price}`
}

describe('periodOf()', () => {
  it('T159: clips the 31st to the end of a shorter month, and returns to it', () => {
    const dates = periods('2027-12-31 15:30', plan(), 14).map(({ from }) =>
      toSeoul(from)?.slice(0, 10),
    )
    expect(dates).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
      '2028-06-30',
      '2028-07-31',
      '2028-08-31',
      '2028-09-30',
      '2028-10-31',
      '2028-11-30',
      '2028-12-31',
      '2029-01-31',
    ])
  })

  it('T159: charges a leap day yearly, on the 28th in other years', () => {
    const yearly = plan({ period: { unit: 'year', count: 1 } })
    expect(periods('2028-02-29 09:00', yearly, 6).map(({ from }) => toSeoul(from))).toEqual([
      '2028-02-29 09:00',
      '2029-02-28 10:00',
      '2030-02-28 10:00',
      '2031-02-28 10:00',
      '2032-02-29 10:00',
      '2033-02-28 10:00',
    ])
  })

  it('begins the first period at once and every other one at the hour of the plan, in Seoul', () => {
    expect(periods('2026-03-10 23:40', plan({ hour: 0 }), 3).map(show)).toEqual([
      '2026-03-10 23:40 to 2026-04-10 00:00: 9900',
      '2026-04-10 00:00 to 2026-05-10 00:00: 9900',
      '2026-05-10 00:00 to 2026-06-10 00:00: 9900',
    ])
  })

  it.each([
    ['day', 3, ['2026-02-27', '2026-03-02', '2026-03-05']],
    ['week', 2, ['2026-02-27', '2026-03-13', '2026-03-27']],
    ['month', 3, ['2026-02-27', '2026-05-27', '2026-08-27']],
    ['year', 2, ['2026-02-27', '2028-02-27', '2030-02-27']],
  ])('counts in %ss', (unit, count, dates) => {
    const all = periods('2026-02-27 12:00', plan({ period: { unit, count } }), 3)
    expect(all.map(({ from }) => toSeoul(from)?.slice(0, 10))).toEqual(dates)
  })

  it('begins after the trial, at an hour at which charges are made', () => {
    const [first, second] = periods('2026-01-31 03:17', plan({ trial_days: 14 }), 2).map(show)
    expect(first).toBe('2026-02-14 10:00 to 2026-03-14 10:00: 9900')
    expect(second).toBe('2026-03-14 10:00 to 2026-04-14 10:00: 9900')
  })

  it.each([
    [
      'now',
      false,
      '2026-01-11 12:00 to 2026-01-31 10:00: 9900',
      '2026-01-31 10:00 to 2026-02-28 10:00: 9900',
    ],
    // 20 of the 31 days from 31 December to 31 January.
    [
      'now',
      true,
      '2026-01-11 12:00 to 2026-01-31 10:00: 6387',
      '2026-01-31 10:00 to 2026-02-28 10:00: 9900',
    ],
    [
      'anchor',
      false,
      '2026-01-31 10:00 to 2026-02-28 10:00: 9900',
      '2026-02-28 10:00 to 2026-03-31 10:00: 9900',
    ],
    [
      'anchor',
      true,
      '2026-01-11 12:00 to 2026-02-28 10:00, due 2026-01-31 10:00: 16287',
      '2026-02-28 10:00 to 2026-03-31 10:00: 9900',
    ],
  ])('with a first charge %s, prorated: %s', (first, prorate, one, other) => {
    const anchored = plan({ anchor_day: 31, first, prorate })
    expect(periods('2026-01-11 12:00', anchored, 2).map(show)).toEqual([one, other])
  })

  it.each(['now', 'anchor'])(
    'has no piece of a period when it begins on its anchor (%s)',
    (first) => {
      const anchored = plan({ anchor_day: 11, first, prorate: true })
      expect(periods('2026-01-11 12:00', anchored, 1).map(show)).toEqual([
        '2026-01-11 12:00 to 2026-02-11 10:00: 9900',
      ])
    },
  )

  it('T159: leaves no gap and no overlap, and keeps its anchor, for every start, length and anchor', () => {
    const someStart = fc.integer({ min: seoul('2024-01-01 00:00'), max: seoul('2032-12-31 23:00') })
    const somePlan = fc.record({
      period: fc.oneof(
        fc.record({ unit: fc.constantFrom('day', 'week'), count: fc.integer({ min: 1, max: 52 }) }),
        fc.record({ unit: fc.constant('month'), count: fc.integer({ min: 1, max: 36 }) }),
        fc.record({ unit: fc.constant('year'), count: fc.integer({ min: 1, max: 5 }) }),
      ),
      day: fc.option(fc.integer({ min: 1, max: 31 })),
      hour: fc.nat(23),
      first: fc.constantFrom('now', 'anchor'),
      prorate: fc.boolean(),
      trial_days: fc.constantFrom(0, 0, 7, 366),
    })
    fc.assert(
      fc.property(someStart, somePlan, (startsAt, { day, ...fields }) => {
        const hasAnchor = fields.period.unit === 'month' || fields.period.unit === 'year'
        const anchored = plan({ ...fields, anchor_day: hasAnchor ? day : null })
        const calendar = { startsAt, firstPeriod: 1, isInitial: true }
        const all = Array.from({ length: 30 }, (_, index) =>
          periodOf({ plan: anchored, planSince: 1, calendar }, index + 1),
        )
        for (const { from, to, dueAt, price } of all) {
          expect(from).toBeLessThan(to)
          expect(dueAt).toBeGreaterThanOrEqual(from)
          expect(dueAt).toBeLessThan(to)
          expect(from).toBeGreaterThanOrEqual(startsAt)
          expect(price).toBeLessThanOrEqual(2 * 9_900)
        }
        const later = all.slice(1)
        expect(later.map(({ from }) => from)).toEqual(all.slice(0, -1).map(({ to }) => to))
        expect(later.map(({ dueAt }) => dueAt)).toEqual(later.map(({ from }) => from))
        const drifted = later.filter(({ from }) => {
          const date = Number(toSeoul(from)?.slice(8, 10))
          const isLastDay = toSeoul(from + 86_400_000)?.slice(8, 10) === '01'
          return anchored.anchorDay !== null && date !== anchored.anchorDay && !isLastDay
        })
        expect(drifted).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
