import { describe, expect, it } from 'vitest'
import { parseBody } from '../src/index.ts'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

describe('parseBody() on 16 KiB made to be slow', () => {
  const size = 16_384
  const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length))
  const hostile: Readonly<Record<string, (length: number) => [string, string]>> = {
    'deep lists': (n) => [json, `{"a":${fill('[', n / 2)}${fill(']', n / 2)}}`],
    'many keys': (n) => [json, `{${Array.from({ length: n / 9 }, (_, i) => `"${i}":1`).join()}}`],
    'escaped quotes': (n) => [json, `{"a":"${fill('\\"', n)}"}`],
    'unclosed braces': (n) => [json, fill('{', n)],
    'a form without a sign': (n) => [json, fill('a', n)],
    'percent signs': (n) => [form, `a=${fill('%', n)}`],
    'plus signs': (n) => [form, `a=${fill('+', n)}`],
    'charset parameters': (n) => [`${json}${fill(';charset=', n)}`, '{}'],
  }

  it.each(Object.entries(hostile))('T28: takes time in proportion to its size: %s', (_, make) => {
    const cost = (length: number) => {
      const [contentType, text] = make(length)
      const runs = Array.from({ length: 7 }, () => {
        const start = performance.now()
        for (let i = 0; i < 20; i++) parseBody(contentType, text, { mislabelledForm: true })
        return performance.now() - start
      })
      return Math.min(...runs)
    }
    cost(size)
    // Eight times the text: about 8 times the time when linear, 64 times when quadratic.
    expect(cost(size) / Math.max(cost(size / 8), 0.05)).toBeLessThan(32)
  })
})
