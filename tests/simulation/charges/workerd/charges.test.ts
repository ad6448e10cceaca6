import { mkdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { printCount } from '../../report/print-count.ts'
import { runCharges } from './run-charges.ts'
import { findFailures } from './verdict.ts'

const charges = 200

it('T231: on workerd with a local D1 and a queue every subscription that is due is charged, once', async () => {
  const since = performance.now()
  mkdirSync('.cache/simulation', { recursive: true })
  const result = await runCharges({ charges, providerMs: 0 })
  printCount('subscriptions charged by messages of a queue', charges, since)
  expect(findFailures(result)).toEqual([])
  expect({ booked: result.booked, ...result.charged }).toEqual({
    booked: charges,
    calls: charges,
    orders: charges,
  })
  expect(result.totals.charges.charges).toBeGreaterThan(0)
})
