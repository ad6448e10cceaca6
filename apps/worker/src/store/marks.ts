import type { D1Database } from '@cloudflare/workers-types'
import { ok, type Result, type StoreFailure } from '@quayside/core'
import { leaseMs } from './looks.ts'
import { runOnce, runTwice } from './run.ts'

/** Up to when a list of the provider has been read. */
export interface Marks {
  /** Takes a mark, made at `startAt` if it is not there; null while somebody else holds it. */
  take(name: string, startAt: Date): Promise<Result<Date | null, StoreFailure>>
  /** Moves a mark that was taken, and gives it back. */
  put(name: string, at: Date): Promise<Result<null, StoreFailure>>
}

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
