import { expect, inject, it } from 'vitest'
import { runSeeds } from '../engine/run-schedules.ts'
import { callNames, callOutcomes } from '../engine/scheduler.ts'
import { printCount } from '../report/print-count.ts'
import { cutSeeds, runJobs } from '../threads/thread-pool.ts'
import { quayside } from './system.ts'

const { core: schedules, minCoverage } = inject('cases')

it(`T13, T14, T15, T16, T17, T18, T19, T20, T21: nothing breaks in ${schedules} schedules`, async () => {
  const since = performance.now()
  const results = await runJobs(cutSeeds('core', 0, schedules, 25_000))
  const cases = results.reduce((sum, each) => sum + each.cases, 0)
  printCount('schedules of the core', cases, since)
  expect(results.flatMap((each) => each.violations)).toEqual([])
  expect(cases).toBe(schedules)

  const coverage = new Map<string, number>()
  for (const each of results) {
    for (const [key, count] of Object.entries(each.coverage)) {
      coverage.set(key, (coverage.get(key) ?? 0) + count)
    }
  }
  const seldom = [...coverage].filter(([, count]) => count < minCoverage).map(([key]) => key)
  printCount(
    `different coverage points, each hit at least ${minCoverage} times`,
    coverage.size,
    since,
  )
  expect(seldom).toEqual([])
  // Every outcome and both crashes at every call, every response, and every change that an order can make: what
  // never occurs has no counter, so the counters are counted.
  expect(coverage.size).toBe(callNames.length * (callOutcomes.length + 2) + 37)
})

it('replays a seed to the same trace', async () => {
  const since = performance.now()
  const [one, other, next] = [
    await runSeeds(quayside, 0, 1_000),
    await runSeeds(quayside, 0, 1_000),
    await runSeeds(quayside, 1, 1_001),
  ]
  printCount('seeds replayed to equal traces', one.schedules, since)
  expect(one).toEqual(other)
  expect(next.hash).not.toBe(one.hash)
})
