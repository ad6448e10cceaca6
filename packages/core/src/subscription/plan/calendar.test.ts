import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seoul } from '../../../fixtures/subscription.ts'
import { atSeoulHour, nextSeoulHour, toDayOfMonth, toMonth, toSeoulDay } from './calendar.ts'

const dayMs = 86_400_000

describe('the calendar of Seoul', () => {
  it('names every day from 1900 to 2200 as the calendar of the runtime does', () => {
    const wrong: string[] = []
    for (let day = -25_567; day < 84_006; day++) {
      const date = new Date(day * dayMs)
      const { month, dayOfMonth } = toMonth(day)
      const isSame =
        month === date.getUTCFullYear() * 12 + date.getUTCMonth() &&
        dayOfMonth === date.getUTCDate()
      if (!isSame || toDayOfMonth(month, dayOfMonth) !== day) wrong.push(date.toISOString())
    }
    expect(wrong).toEqual([])
  })

  it('takes the last day of a month that is shorter', () => {
    const lastDays = Array.from({ length: 12 }, (_, month) =>
      toMonth(toDayOfMonth(2028 * 12 + month, 31)),
    )
    expect(lastDays.map(({ dayOfMonth }) => dayOfMonth)).toEqual([
      31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ])
    expect(toMonth(toDayOfMonth(2100 * 12 + 1, 31)).dayOfMonth).toBe(28)
    expect(toMonth(toDayOfMonth(2000 * 12 + 1, 31)).dayOfMonth).toBe(29)
  })

  it('begins a day at midnight in Seoul, nine hours before it begins in London', () => {
    const day = toSeoulDay(seoul('2026-01-31 00:00'))
    expect(toSeoulDay(seoul('2026-01-30 23:59'))).toBe(day - 1)
    expect(toSeoulDay(seoul('2026-01-31 23:59'))).toBe(day)
    expect(atSeoulHour(day, 10)).toBe(seoul('2026-01-31 10:00'))
    expect(nextSeoulHour(seoul('2026-01-31 10:00'), 10)).toBe(seoul('2026-01-31 10:00'))
    expect(nextSeoulHour(seoul('2026-01-31 10:01'), 10)).toBe(seoul('2026-02-01 10:00'))
  })

  it('finds the day of every instant and hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 90_000 }), fc.nat(23), (day, hour) => {
        expect(toSeoulDay(atSeoulHour(day, hour))).toBe(day)
      }),
    )
  })
})
