import { ok } from '@quayside/core'
import type { Cursors } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { rowsAt, runOnce, runTwice } from '../transaction.ts'
import { claimStatements, jobLeaseMs } from './leases.ts'

export function createCursors(driver: Driver, { cursors }: Dialect, now: () => Date): Cursors {
  return {
    async acquire(name, startAt) {
      const at = now().getTime()
      const end = at + jobLeaseMs
      const insert = { text: cursors.insert, values: [name, startAt.getTime()] }
      // A lease that ends much later than any does is from before the clock was set back.
      const latest = at + 2 * jobLeaseMs
      const acquire = claimStatements(cursors.acquire, [name, at, end, latest], end, ['name'])
      const outcomes = await runOnce(driver, [insert, ...acquire])
      if (!outcomes.ok) return outcomes
      const row = rowsAt<{ at: number }>(outcomes.value, 1)[0]
      return ok(row === undefined ? null : new Date(row.at))
    },
    async position(name) {
      const select = { text: cursors.position, values: [name] }
      const outcomes = await runTwice(driver, [select])
      if (!outcomes.ok) return outcomes
      const row = rowsAt<{ at: number }>(outcomes.value, 0)[0]
      return ok(row === undefined ? null : new Date(row.at))
    },
    async release(name, at) {
      const release = { text: cursors.release, values: [name, at.getTime()] }
      const outcomes = await runTwice(driver, [release])
      return outcomes.ok ? ok(null) : outcomes
    },
  }
}
