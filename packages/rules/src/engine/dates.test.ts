import { describe, expect, it } from 'vitest'
import { isDate, isPast } from './dates.ts'

describe('a date', () => {
  it.each([
    ['20261231', 'YYYYMMDD', true],
    ['20261301', 'YYYYMMDD', false],
    ['20260229', 'YYYYMMDD', false],
    ['20280229', 'YYYYMMDD', true],
    ['2026-12-31', 'YYYYMMDD', false],
    ['202612312359', 'YYYYMMDDHHmm', true],
    ['20261231235960', 'YYYYMMDDHHmmss', false],
    ['2026-12-31 23:59:59', 'YYYY-MM-DD HH:mm:ss', true],
    ['2026-12-31 24:00:00', 'YYYY-MM-DD HH:mm:ss', false],
    ['2026-12-31T23:59:59Z', 'ISO 8601', true],
    ['23:59', 'HH:mm', true],
    ['24:00', 'HH:mm', false],
  ] as const)('%s as %s: %s', (text, format, expected) => {
    expect(isDate(text, format)).toBe(expected)
  })

  it('is over when its day has ended in Korea', () => {
    const at = (time: string) => isPast('20261128', new Date(time))
    expect([at('2026-11-28T14:59:59Z'), at('2026-11-28T15:00:00Z')]).toEqual([false, true])
  })

  it('is over at its time, where it has one', () => {
    const at = (time: string) => isPast('2026-11-28 18:00:00', new Date(time))
    expect([at('2026-11-28T09:00:00Z'), at('2026-11-28T09:00:01Z')]).toEqual([false, true])
    expect(isPast('soon', new Date())).toBe(false)
  })
})
