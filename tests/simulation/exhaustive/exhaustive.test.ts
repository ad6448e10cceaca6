import { expect, inject, it } from 'vitest'
import { allGuards } from '../engine/fake-database.ts'
import { printCount } from '../report/print-count.ts'
import type { Job } from '../threads/job.ts'
import { runJobs } from '../threads/thread-pool.ts'
import { type RaceSpace, runEveryOrdering } from './exhaustive.ts'
import { countOrderings } from './orderings.ts'

const parts = 4
const every = (space: RaceSpace): readonly Job[] =>
  Array.from({ length: parts }, (_, part) => ({ kind: 'exhaustive', space, part, parts }))

const { orderings: maxOrderings, faultMatrices } = inject('cases')
const raceSpaces: readonly (readonly [RaceSpace, number])[] = [
  ['three channels without faults', 756_756],
  ['two channels and all pairs of crashes', 252 * 36],
  ['two channels and all outcomes of their commits', 252 * 9],
]

it.each(raceSpaces.filter(([, races]) => races <= maxOrderings))(
  'T13, T15: an order is paid once in every ordering of %s',
  async (space, races) => {
    const since = performance.now()
    const results = await runJobs(every(space))
    const cases = results.reduce((sum, each) => sum + each.cases, 0)
    printCount(`races: ${space}`, cases, since)
    expect(results.flatMap((each) => each.violations)).toEqual([])
    expect(cases).toBe(races)
  },
)

it('counts as many orderings as there are', () => {
  expect([countOrderings(2, 5), countOrderings(3, 4), countOrderings(3, 5)]).toEqual([
    252, 34_650, 756_756,
  ])
})

it('T13: finds an order paid twice where the commit has no condition', async () => {
  const { races, violations } = await runEveryOrdering(
    'two channels and all pairs of crashes',
    0,
    1,
    undefined,
    {
      ...allGuards,
      sequence: false,
    },
  )
  expect(races).toBe(252 * 36)
  expect(violations.length).toBeGreaterThan(0)
})

it(`T15: every fault at every call of ${faultMatrices} schedules, and every two at one`, async () => {
  const since = performance.now()
  const singles = Array.from(
    { length: faultMatrices },
    (_, seed): Job => ({ kind: 'fault_matrix', seed, combination: 'singles' }),
  )
  const results = await runJobs([
    { kind: 'fault_matrix', seed: 6, combination: 'pairs' },
    ...singles,
  ])
  const cases = results.reduce((sum, each) => sum + each.cases, 0)
  printCount('schedules with chosen faults at each call', cases, since)
  expect(results.flatMap((each) => each.violations)).toEqual([])
  expect(cases).toBeGreaterThan(faultMatrices * 200)
})
