import { expect, it } from 'vitest'
import { createChance } from '../engine/prng.ts'
import { say } from '../report/print-count.ts'
import { killAgainAndAgain } from './kill.ts'

const kills = 20

it('T15, T16: a deployment killed twenty times loses no order and tells none twice', async () => {
  const since = performance.now()
  const { wrong, unanswered, ...counts } = await killAgainAndAgain(kills, createChance(1))
  say(`kills of workerd, ${counts.orders} orders, ${unanswered} notices cut off`, kills, since)
  expect(wrong).toEqual([])
  expect(counts).toEqual({ kills, orders: kills * 6 })
  // Were every notice answered, no kill came while it mattered.
  expect(unanswered).toBeGreaterThan(0)
}, 240_000)
