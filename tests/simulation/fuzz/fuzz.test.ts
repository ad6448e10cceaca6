import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { fuzz, parsers } from './fuzz.ts'

const { inputs } = inject('cases')

describe('a parser', () => {
  it.each(parsers)(
    'T4, T8, T28, T30, T31, T32: %s accepts exactly its grammar and throws at nothing',
    (parser) => {
      const since = performance.now()
      const result = fuzz(parser, 0, inputs)
      printCount(`inputs of ${parser}, ${result.accepted} of them accepted`, result.inputs, since)
      expect(result.violations).toEqual([])
      // A generator of only invalid input, or only valid, would test nothing.
      expect(result.accepted).toBeGreaterThan(inputs / 100)
      expect(result.accepted).toBeLessThan(inputs)
    },
  )
})
