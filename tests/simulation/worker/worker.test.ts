import { describe, expect, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { cutSeeds, runJobs } from '../threads/thread-pool.ts'
import { onCloudflare } from './compositions/cloudflare.ts'
import { countOutcomes, findMissingOutcomes } from './outcomes.ts'
import { runUntilBroken, runWorkers } from './run-workers.ts'
import { sqlMutants, unmodified } from './sql-mutants.ts'

const schedules = 2_000
const calls = [
  'DELETE account',
  'GET list',
  'GET payment',
  'GET payments',
  'GET payments of order',
  'INSERT attempts',
  'INSERT cancels',
  'INSERT cursors',
  'INSERT orders',
  'POST cancel',
  'POST event',
  'POST token',
  'SELECT attempts',
  'SELECT cancels',
  'SELECT orders',
  'SELECT outbox',
  'SELECT reconciliation_issues',
  'UPDATE cancels',
  'UPDATE cursors',
  'UPDATE orders',
  'UPDATE outbox',
  'UPDATE poll_schedule',
  'UPDATE reconciliation_issues',
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

    const counts = countOutcomes(results)
    printCount('different calls of the worker', counts.size, since)
    expect(calls.filter((call) => !counts.has(call))).toEqual([])
    expect(findMissingOutcomes(counts)).toEqual([])
  })

  it('replays a seed to the same trace', async () => {
    const open = onCloudflare(unmodified)
    const [one, other] = [await runWorkers(0, 40, open), await runWorkers(0, 40, open)]
    expect(one).toEqual(other)
  })
})

describe('the worker without one of its guards', () => {
  it.each(sqlMutants.map(([mutant, breaks]) => [mutant.name, breaks, mutant] as const))(
    'breaks without %s',
    async (name, breaks, mutant) => {
      const since = performance.now()
      const { schedules: tried, broken } = await runUntilBroken(onCloudflare(mutant), breaks, 600)
      printCount(`schedules until the worker broke without ${name}`, tried, since)
      expect(broken).toBeGreaterThan(0)
    },
  )
})
