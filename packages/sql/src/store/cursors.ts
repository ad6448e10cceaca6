import { ok } from '@quayside/core'
import type { Cursors } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { read, rowsAt, runOnce, write } from '../transaction.ts'
import { jobLeaseMs } from './leases.ts'

interface CursorRow {
  readonly at: number
}

export function createCursors(driver: Driver, { cursors }: Dialect, now: () => Date): Cursors {
  return {
    async acquire(name, startAt) {
      const at = now().getTime()
      const end = at + jobLeaseMs
      const insert = { text: cursors.insert, values: [name, startAt.getTime()] }
      // A lease that ends much later than any does is from before the clock was set back.
      const latest = at + 2 * jobLeaseMs
      const acquire = cursors.acquire([name, at, end, latest], end)
      const outcomes = await runOnce(driver, [insert, ...acquire])
      if (!outcomes.ok) return outcomes
      return ok(rowsAt<CursorRow>(outcomes.value, 1).map(toPosition)[0] ?? null)
    },
    async position(name) {
      const found = await read(driver, [{ text: cursors.position, values: [name] }], toPosition)
      return found.ok ? ok(found.value[0] ?? null) : found
    },
    release: (name, at) => write(driver, [{ text: cursors.release, values: [name, at.getTime()] }]),
  }
}

function toPosition({ at }: CursorRow): Date {
  return new Date(at)
}
