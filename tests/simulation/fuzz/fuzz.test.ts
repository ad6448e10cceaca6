import { describe, expect, it } from 'vitest'
import { say } from '../report/print-count.ts'
import { fuzz, parsers } from './fuzz.ts'

const inputs = 100_000

describe('a parser', () => {
  it.each(parsers)(
    'T4, T8, T28, T30, T31, T32: %s takes exactly its grammar and throws at nothing',
    (parser) => {
      const since = performance.now()
      const result = fuzz(parser, 0, inputs)
      say(`inputs of ${parser}, ${result.taken} of them taken`, result.inputs, since)
      expect(result.wrong).toEqual([])
      // A generator that makes only bad input, or only good, tries nothing.
      expect(result.taken).toBeGreaterThan(inputs / 100)
      expect(result.taken).toBeLessThan(inputs)
    },
  )
})
