import type { D1Database } from '@cloudflare/workers-types'
import { ok } from '@quayside/core'
import type { Cursors } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'
import { jobLeaseMs } from './poll-schedule.ts'

const insertCursor = `INSERT INTO marks (name, at, held_until) VALUES (?1, ?2, 0)
  ON CONFLICT (name) DO NOTHING`
// A lease that ends much later than any does is from before the clock was set back.
const acquireCursor = `UPDATE marks SET held_until = ?3 WHERE name = ?1
  AND (held_until <= ?2 OR held_until > ?4) RETURNING at`
const selectCursor = `SELECT at FROM marks WHERE name = ?1`
const releaseCursor = `UPDATE marks SET at = ?2, held_until = 0 WHERE name = ?1`

export function createCursors(db: D1Database, now: () => Date): Cursors {
  return {
    async acquire(name, startAt) {
      const at = now().getTime()
      const batch = await runOnce<{ at: number }>(db, [
        db.prepare(insertCursor).bind(name, startAt.getTime()),
        db.prepare(acquireCursor).bind(name, at, at + jobLeaseMs, at + 2 * jobLeaseMs),
      ])
      if (!batch.ok) return batch
      const row = batch.value[1]?.results[0]
      return ok(row === undefined ? null : new Date(row.at))
    },
    async position(name) {
      const batch = await runTwice<{ at: number }>(db, [db.prepare(selectCursor).bind(name)])
      if (!batch.ok) return batch
      const row = batch.value[0]?.results[0]
      return ok(row === undefined ? null : new Date(row.at))
    },
    async release(name, at) {
      const batch = await runTwice(db, [db.prepare(releaseCursor).bind(name, at.getTime())])
      return batch.ok ? ok(null) : batch
    },
  }
}
