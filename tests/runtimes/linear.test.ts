import { parseBody } from '@quayside/core'
import { describe, expect, it } from 'vitest'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

describe('parseBody() of 16 KiB of hostile input', () => {
  const size = 16_384
  const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length))
  const hostile: Readonly<Record<string, (length: number) => [string, string]>> = {
    'deep lists': (n) => [json, `{"a":${fill('[', n / 2)}${fill(']', n / 2)}}`],
    'many keys': (n) => [json, `{${Array.from({ length: n / 9 }, (_, i) => `"${i}":1`).join()}}`],
    'escaped quotes': (n) => [json, `{"a":"${fill('\\"', n)}"}`],
    'unclosed braces': (n) => [json, fill('{', n)],
    'a form without an equals sign': (n) => [json, fill('a', n)],
    'percent signs': (n) => [form, `a=${fill('%', n)}`],
    'plus signs': (n) => [form, `a=${fill('+', n)}`],
    'charset parameters': (n) => [`${json}${fill(';charset=', n)}`, '{}'],
  }

  it.each(Object.entries(hostile))('T28: takes time proportional to its size: %s', (_, make) => {
    // CPU time of this process in milliseconds: the load of other processes does not count.
    const cost = (length: number) => {
      const [contentType, text] = make(length)
      const start = process.cpuUsage()
      for (let i = 0; i < 20; i++) parseBody(contentType, text, { mislabelledForm: true })
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1_000
    }
    let whole = Number.POSITIVE_INFINITY
    let part = Number.POSITIVE_INFINITY
    // Eight times the text: about 8 times the time when linear, 64 times when quadratic.
    const ratio = () => whole / Math.max(part, 0.05)
    // A disturbance can only add to a cost, so the minimum of many runs is the best estimate.
    for (let run = 0; run < 8 || (run < 200 && ratio() >= 32); run++) {
      whole = Math.min(whole, cost(size))
      part = Math.min(part, cost(size / 8))
    }
    expect(ratio()).toBeLessThan(32)
  })
})
