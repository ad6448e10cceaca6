import { mkdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { runCapacity } from './capacity.ts'
import { findExceededDays, findFailures } from './verdict.ts'

const file = (name: string): string => `.cache/simulation/capacity-test-${name}.sqlite`
mkdirSync('.cache/simulation', { recursive: true })

describe('a shop for two days', () => {
  it.each(['paid', 'free'] as const)(
    'T80: reports every payment within two minutes and compares each day, on the %s plan',
    async (plan) => {
      const since = performance.now()
      const options = { plan, days: 2, ordersPerDay: 300, seed: 1, file: file(plan) }
      const result = await runCapacity(options)
      printCount(`paid orders of a shop on the ${plan} plan`, result.paidOrders, since)
      expect([findFailures(result), findExceededDays(result)]).toEqual([[], []])
      expect(result.paidOrders).toBeGreaterThan(550)
      expect(result.comparedDays).toBe(2)
    },
  )

  it('replays a seed to the same figures', async () => {
    const options = {
      plan: 'paid',
      days: 1,
      ordersPerDay: 50,
      seed: 7,
      file: file('replay'),
    } as const
    expect(await runCapacity(options)).toEqual(await runCapacity(options))
  })
})
