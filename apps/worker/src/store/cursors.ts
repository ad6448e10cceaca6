import type { D1Database } from '@cloudflare/workers-types'
import { ok } from '@quayside/core'
import type { Marks } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'
import { leaseMs } from './poll-schedule.ts'

const insertMark = `INSERT INTO marks (name, at, held_until) VALUES (?1, ?2, 0)
  ON CONFLICT (name) DO NOTHING`
const takeMark = `UPDATE marks SET held_until = ?3 WHERE name = ?1 AND held_until <= ?2 RETURNING at`
const putMark = `UPDATE marks SET at = ?2, held_until = 0 WHERE name = ?1`

export function createMarks(db: D1Database, now: () => Date): Marks {
  return {
    async take(name, startAt) {
      const at = now().getTime()
      const batch = await runOnce<{ at: number }>(db, [
        db.prepare(insertMark).bind(name, startAt.getTime()),
        db.prepare(takeMark).bind(name, at, at + leaseMs),
      ])
      if (!batch.ok) return batch
      const row = batch.value[1]?.results[0]
      return ok(row === undefined ? null : new Date(row.at))
    },
    async put(name, at) {
      const batch = await runTwice(db, [db.prepare(putMark).bind(name, at.getTime())])
      return batch.ok ? ok(null) : batch
    },
  }
}
