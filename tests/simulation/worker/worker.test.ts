import { describe, expect, it } from 'vitest'
import type { ScheduleResult } from '../engine/run-schedules.ts'
import { callOutcomes } from '../engine/scheduler.ts'
import { printCount } from '../report/print-count.ts'
import { cutSeeds, runJobs } from '../threads/thread-pool.ts'
import { runWorkers } from './run-workers.ts'
import { sqlMutants, unmodified } from './sql-mutants.ts'

const schedules = 2_000
/** A call that is made so often must have had every outcome. */
const manyCalls = 2_000
const calls = [
  'DELETE account',
  'GET list',
  'GET payment',
  'GET payments',
  'GET payments of order',
  'INSERT attempts',
  'INSERT cancels',
  'INSERT marks',
  'INSERT orders',
  'POST cancel',
  'POST event',
  'POST token',
  'SELECT attempts',
  'SELECT cancels',
  'SELECT exceptions',
  'SELECT orders',
  'SELECT outbox',
  'UPDATE cancels',
  'UPDATE exceptions',
  'UPDATE looks',
  'UPDATE marks',
  'UPDATE orders',
  'UPDATE outbox',
  'UPDATE revocations',
  'prepare',
  'send message',
]

describe('the whole worker on its own SQL', () => {
  it('T13, T14, T15, T16, T17, T19, T20, T21, T45, T54: nothing breaks in 2,000 schedules', async () => {
    const since = performance.now()
    const results = await runJobs(cutSeeds('worker', 0, schedules, 250))
    const cases = results.reduce((sum, each) => sum + each.cases, 0)
    printCount('schedules of the whole worker', cases, since)
    expect(results.flatMap((each) => each.violations)).toEqual([])
    expect(cases).toBe(schedules)

    const counts = new Map<string, Map<string, number>>()
    for (const [key, count] of results.flatMap((each) => Object.entries(each.coverage))) {
      const [call = '', outcome] = key.split(' | ')
      if (outcome === undefined) continue
      const outcomes = counts.get(call) ?? new Map<string, number>()
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count)
      counts.set(call, outcomes)
    }
    printCount('different calls of the worker', counts.size, since)
    expect(calls.filter((call) => !counts.has(call))).toEqual([])
    const missing = [...counts].flatMap(([call, outcomes]) =>
      (outcomes.get('ok') ?? 0) < manyCalls
        ? []
        : [...callOutcomes, 'crash before', 'crash after']
            .filter((outcome) => !outcomes.has(outcome))
            .map((outcome) => `${call} ${outcome}`),
    )
    expect(missing).toEqual([])
  })

  it('replays a seed to the same trace', async () => {
    const [one, other] = [await runWorkers(0, 40, unmodified), await runWorkers(0, 40, unmodified)]
    expect(one).toEqual(other)
  })
})

describe('the worker without one of its guards', () => {
  it.each(sqlMutants.map(([mutant, breaks]) => [mutant.name, breaks, mutant] as const))(
    'breaks without %s',
    async (name, breaks, mutant) => {
      const since = performance.now()
      const isFound = ({ violations }: ScheduleResult): boolean =>
        violations.some((each) => breaks.some((invariant) => each.startsWith(`${invariant} `)))
      const { schedules: tried, failures } = await runWorkers(0, 600, mutant, undefined, (all) =>
        all.some(isFound),
      )
      printCount(`schedules until the worker broke without ${name}`, tried, since)
      expect(failures.filter(isFound).length).toBeGreaterThan(0)
    },
  )
})
