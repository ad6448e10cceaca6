import { expect, it } from 'vitest'
import { allGuards } from '../engine/fake-database.ts'
import { say } from '../report/print-count.ts'
import type { Job } from '../threads/job.ts'
import { runCrew } from '../threads/thread-pool.ts'
import { exhaust, type Field } from './exhaustive.ts'
import { countOrders } from './orderings.ts'

const parts = 4
const every = (field: Field): readonly Job[] =>
  Array.from({ length: parts }, (_, part) => ({ kind: 'exhaust', field, part, parts }))

const fields: readonly (readonly [Field, number])[] = [
  ['three calm channels', 756_756],
  ['two channels and all pairs of deaths', 252 * 36],
  ['two channels and all outcomes of their commits', 252 * 9],
]

it.each(fields)(
  'T13, T15: an order is paid once in every order of %s',
  async (field, races) => {
    const since = performance.now()
    const results = await runCrew(every(field))
    const cases = results.reduce((sum, each) => sum + each.cases, 0)
    say(`races: ${field}`, cases, since)
    expect(results.flatMap((each) => each.wrong)).toEqual([])
    expect(cases).toBe(races)
  },
  120_000,
)

it('counts as many orders as there are', () => {
  expect([countOrders(2, 5), countOrders(3, 4), countOrders(3, 5)]).toEqual([252, 34_650, 756_756])
})

it('T13: sees an order paid twice where the commit has no condition', async () => {
  const { races, wrong } = await exhaust('two channels and all pairs of deaths', 0, 1, undefined, {
    ...allGuards,
    sequence: false,
  })
  expect(races).toBe(252 * 36)
  expect(wrong.length).toBeGreaterThan(0)
})

it('T15: every fate at every call of a hundred schedules, and every two at one', async () => {
  const since = performance.now()
  const singles = Array.from(
    { length: 100 },
    (_, seed): Job => ({ kind: 'menu', seed, courses: 'singles' }),
  )
  const results = await runCrew([{ kind: 'menu', seed: 6, courses: 'pairs' }, ...singles])
  const cases = results.reduce((sum, each) => sum + each.cases, 0)
  say('schedules with chosen faults at each call', cases, since)
  expect(results.flatMap((each) => each.wrong)).toEqual([])
  expect(cases).toBeGreaterThan(20_000)
}, 300_000)
