import { describe, expect, it } from 'vitest'
import { readTime } from '../index.ts'

describe('readTime()', () => {
  it('reads UNIX seconds as a date', () => {
    expect(readTime(1_767_225_600)).toEqual(new Date('2026-01-01T00:00:00Z'))
  })

  it.each([0, null, undefined])('reads %s as "not yet"', (seconds) => {
    expect(readTime(seconds)).toBe(null)
  })
})
