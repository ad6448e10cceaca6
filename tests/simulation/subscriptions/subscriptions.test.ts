import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { flaws } from './flaws.ts'
import { runSubscription } from './schedule.ts'

const { subscriptions } = inject('cases')

/** What has to happen often for the result to mean anything. */
const expected = [
  'answer lost',
  'call lost',
  'cancel',
  'crash',
  'decline',
  'effect after the answer was lost',
  'late success',
  'pause',
  'refund',
  'resume',
  'two sweepers',
  'webhook lost',
]

describe('24 months of a subscription, against the books of the provider', () => {
  it('T150, T151, T152, T154, T156: no period is charged twice and none is forgotten, when anything fails, is lost or crashes', () => {
    const since = performance.now()
    const violations: string[] = []
    const counts = new Map<string, number>()
    for (let seed = 0; seed < subscriptions; seed++) {
      const run = runSubscription(seed)
      violations.push(...run.violations.map((each) => `seed ${seed}: ${each}`))
      for (const [name, count] of Object.entries(run.counts)) {
        counts.set(name, (counts.get(name) ?? 0) + count)
      }
    }
    printCount('subscriptions of 24 months', subscriptions, since)
    expect(violations).toEqual([])
    expect(expected.filter((name) => (counts.get(name) ?? 0) * 10 < subscriptions)).toEqual([])
  })

  it.each(Object.entries(flaws))('finds within 1,000 seeds a system that %s', (_, flaw) => {
    let found: readonly string[] = []
    for (let seed = 0; seed < 1_000 && found.length === 0; seed++) {
      found = runSubscription(seed, flaw).violations
    }
    expect(found).not.toEqual([])
  })

  it('replays a seed', () => {
    expect(runSubscription(7)).toEqual(runSubscription(7))
  })
})
