import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { cutSeeds, runJobs } from '../threads/thread-pool.ts'
import { countOutcomes, findMissingOutcomes } from '../worker/outcomes.ts'
import { runWorkers } from '../worker/run-workers.ts'
import { unmodified } from '../worker/sql-mutants.ts'
import { onNode } from './composition.ts'

const { node: schedules } = inject('cases')

describe('the whole server on Node and SQLite', () => {
  it('T13, T14, T15, T16, T17, T19, T20, T21, T45, T54: nothing breaks when any call fails, loses its answer or crashes', async () => {
    const since = performance.now()
    const results = await runJobs(cutSeeds('node', 0, schedules, 100))
    const cases = results.reduce((sum, each) => sum + each.cases, 0)
    printCount('schedules of the whole server on Node', cases, since)
    expect(results.flatMap((each) => each.violations)).toEqual([])
    expect(cases).toBe(schedules)
    expect(findMissingOutcomes(countOutcomes(results))).toEqual([])
  })

  it('replays a seed to the same trace', async () => {
    const open = onNode(unmodified)
    const [one, other] = [await runWorkers(0, 20, open), await runWorkers(0, 20, open)]
    expect(one).toEqual(other)
  })
})
