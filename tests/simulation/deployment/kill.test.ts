import { expect, it } from 'vitest'
import { createPrng } from '../engine/prng.ts'
import { printCount } from '../report/print-count.ts'
import { runKills } from './kill.ts'

const kills = 20

it('T15, T16: a deployment killed twenty times loses no order and reports none by two events', async () => {
  const since = performance.now()
  const { violations, unanswered, ...counts } = await runKills(kills, createPrng(1))
  printCount(
    `kills of workerd, ${counts.orders} orders, ${unanswered} notices cut off`,
    kills,
    since,
  )
  expect(violations).toEqual([])
  expect(counts).toEqual({ kills, orders: kills * 6 })
  // If every notice had a response, no kill came while it mattered.
  expect(unanswered).toBeGreaterThan(0)
})
