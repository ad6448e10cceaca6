import { expect, it } from 'vitest'
import { minuteMs } from '../../engine/clock.ts'
import { printCount } from '../../report/print-count.ts'
import { simulateHour } from './simulate-hour.ts'
import { findFailures } from './verdict.ts'

const charges = 1_000

it('T231: on the limits of the platform 1,000 that are due at once are charged in less than a minute, 75 at once', async () => {
  const since = performance.now()
  const result = await simulateHour({ charges, providerMs: 2_000, maxConcurrency: 15 })
  printCount('subscriptions charged in simulated time', charges, since)
  expect(findFailures(result)).toEqual([])
  expect(result.lastChargeMs).toBeLessThan(minuteMs)
  expect(result.lastEventMs).toBeLessThan(2 * minuteMs)
  // Those of the jobs themselves come on top, one at a time.
  expect(result.mostChargesAtOnce).toBeLessThanOrEqual(76)
})
