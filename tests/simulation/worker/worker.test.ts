import { describe, expect, it } from 'vitest'
import type { Outcome } from '../engine/run-schedules.ts'
import { fates } from '../engine/scheduler.ts'
import { say } from '../report/print-count.ts'
import { cutSeeds, runCrew } from '../threads/thread-pool.ts'
import { runWorkers } from './run-workers.ts'
import { asItIs, flaws } from './sql-mutants.ts'

const schedules = 2_000
/** A call that is made so often meets every fate. */
const often = 2_000
const calls = [
  'DELETE account',
  'GET list',
  'GET payment',
  'GET payments',
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
    const results = await runCrew(cutSeeds('worker', 0, schedules, 250))
    const cases = results.reduce((sum, each) => sum + each.cases, 0)
    say('schedules of the whole worker', cases, since)
    expect(results.flatMap((each) => each.wrong)).toEqual([])
    expect(cases).toBe(schedules)

    const met = new Map<string, Map<string, number>>()
    for (const [key, count] of results.flatMap((each) => Object.entries(each.reach))) {
      const [call = '', fate] = key.split(' | ')
      if (fate === undefined) continue
      const fatesMet = met.get(call) ?? new Map<string, number>()
      fatesMet.set(fate, (fatesMet.get(fate) ?? 0) + count)
      met.set(call, fatesMet)
    }
    say('different calls of the worker', met.size, since)
    expect(calls.filter((call) => !met.has(call))).toEqual([])
    const missing = [...met].flatMap(([call, fatesMet]) =>
      (fatesMet.get('ok') ?? 0) < often
        ? []
        : [...fates, 'crash before', 'crash after']
            .filter((fate) => !fatesMet.has(fate))
            .map((fate) => `${call} ${fate}`),
    )
    expect(missing).toEqual([])
  }, 900_000)

  it('replays a seed to the same trace', async () => {
    const [one, other] = [await runWorkers(0, 40, asItIs), await runWorkers(0, 40, asItIs)]
    expect(one).toEqual(other)
  }, 300_000)
})

describe('the worker without one of its guards', () => {
  it.each(flaws.map(([flaw, breaks]) => [flaw.name, breaks, flaw] as const))(
    'breaks without %s',
    async (name, breaks, flaw) => {
      const since = performance.now()
      const isFound = ({ broken }: Outcome): boolean =>
        broken.some((each) => breaks.some((invariant) => each.startsWith(`${invariant} `)))
      const { schedules: tried, failures } = await runWorkers(0, 600, flaw, undefined, (all) =>
        all.some(isFound),
      )
      say(`schedules until the worker broke without ${name}`, tried, since)
      expect(failures.filter(isFound).length).toBeGreaterThan(0)
    },
    600_000,
  )
})
