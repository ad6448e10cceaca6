import { describe, expect, it } from 'vitest'
import { ageInSeoul } from './age.ts'

const seoul = (text: string) => new Date(`${text}+09:00`)

describe('ageInSeoul()', () => {
  it.each([
    ['on the eve of the birthday', '2006-11-22', '2025-11-21T23:59:59', 18],
    ['on the birthday', '2006-11-22', '2025-11-22T00:00:00', 19],
    ['on the birthday, while it is the day before in UTC', '2006-11-22', '2025-11-22T08:59:59', 19],
    ['on the eve of New Year', '2007-01-01', '2025-12-31T23:59:59', 18],
    ['on New Year', '2007-01-01', '2026-01-01T00:00:00', 19],
    ['on the last day of a year', '2006-12-31', '2025-12-30T23:59:59', 18],
    ['on 28 February, born on the 29th', '2008-02-29', '2027-02-28T23:59:59', 18],
    ['on 1 March, born on 29 February', '2008-02-29', '2027-03-01T00:00:00', 19],
    ['on 28 February of a leap year, born on the 29th', '2008-02-29', '2028-02-28T23:59:59', 19],
    ['on 29 February, born on one', '2008-02-29', '2028-02-29T00:00:00', 20],
    ['a centenarian', '1925-11-22', '2025-11-22T00:00:00', 100],
    ['born later today', '2025-11-23', '2025-11-22T00:00:00', -1],
  ])('T142: counts full years by the day in Seoul: %s', (_, birthday, at, age) => {
    expect(ageInSeoul(birthday, seoul(at))).toBe(age)
  })

  it('T142: completes each year of each birthday in four years at midnight in Seoul, and nowhere else', () => {
    const dayMs = 24 * 60 * 60 * 1_000
    for (let day = seoul('2004-01-01T00:00:00').getTime(); day < Date.UTC(2008, 0); day += dayMs) {
      const birthday = new Date(day + 9 * 60 * 60 * 1_000).toISOString().slice(0, 10)
      const [, month = '', date = ''] = birthday.split('-')
      const turns = birthday.endsWith('02-29') ? '03-01' : `${month}-${date}`
      const midnight = seoul(`2023-${turns}T00:00:00`)
      expect([
        birthday,
        ageInSeoul(birthday, new Date(midnight.getTime() - 1)),
        ageInSeoul(birthday, midnight),
      ]).toEqual([
        birthday,
        2022 - Number(birthday.slice(0, 4)),
        2023 - Number(birthday.slice(0, 4)),
      ])
    }
  })
})
