import { describe, expect, it } from 'vitest'
import { readDue } from './due-date.ts'

describe('readDue()', () => {
  for (const [text, moment] of [
    ['2026-03-05', '2026-03-05T23:59:59+09:00'],
    ['20260305', '2026-03-05T23:59:59+09:00'],
    ['2026-03-05 18:30:15', '2026-03-05T18:30:15+09:00'],
    ['20260305183015', '2026-03-05T18:30:15+09:00'],
    ['202603051830', '2026-03-05T18:30:00+09:00'],
  ] as const) {
    it(`reads ${text} as a time in Seoul`, () => {
      expect(readDue(text)).toBe(Date.parse(moment) / 1000)
    })
  }

  for (const text of ['', 'tomorrow', '2026', '2026-03-05 18']) {
    it(`reads nothing from ${JSON.stringify(text)}`, () => {
      expect(readDue(text)).toBeNull()
    })
  }
})
