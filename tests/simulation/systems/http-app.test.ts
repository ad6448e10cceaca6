import { expect, inject, it } from 'vitest'
import { runSeeds } from '../engine/run-schedules.ts'
import { printCount } from '../report/print-count.ts'
import { cutSeeds, runJobs } from '../threads/thread-pool.ts'
import { createHttpSystem } from './http-app.ts'

const { app: schedules } = inject('cases')

it(`T7, T12, T13, T15, T18, T22, T41: nothing breaks in ${schedules} schedules of requests`, async () => {
  const since = performance.now()
  const results = await runJobs(cutSeeds('app', 0, schedules, 10_000))
  const cases = results.reduce((sum, each) => sum + each.cases, 0)
  printCount('schedules of the app', cases, since)
  expect(results.flatMap((each) => each.violations)).toEqual([])
  expect(cases).toBe(schedules)
})

it('replays a seed through the app to the same trace', async () => {
  const [one, other] = [
    await runSeeds(createHttpSystem(), 0, 300),
    await runSeeds(createHttpSystem(), 0, 300),
  ]
  expect(one).toEqual(other)
})
