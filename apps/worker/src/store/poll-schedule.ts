import type { D1Database } from '@cloudflare/workers-types'
import { type MerchantUid, ok } from '@quayside/core'
import type { Looks } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'

/** Shorter than the minute between two sweeps: what one of them dropped, the next takes up. */
export const leaseMs = 50_000

/** The buyer is in the window for some time, and the webhook is faster. */
export const firstLookMs = 30_000

export const insertLook = `INSERT INTO looks (merchant_uid, due_at)
  SELECT ?1, ?2 WHERE changes() = 1 ON CONFLICT (merchant_uid) DO NOTHING`

const claimLooks = `UPDATE looks SET due_at = ?2 WHERE merchant_uid IN
  (SELECT merchant_uid FROM looks WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
  RETURNING merchant_uid`

// As an upsert, because an UPDATE that names a list as its source reads the whole table.
const planLooks = `INSERT INTO looks (merchant_uid, due_at)
  SELECT value ->> 0, CAST(value ->> 1 AS INTEGER) FROM json_each(?1) WHERE true
  ON CONFLICT (merchant_uid) DO UPDATE SET due_at = excluded.due_at`

const dropLooks = `DELETE FROM looks WHERE merchant_uid IN (SELECT value FROM json_each(?1))`

export function createLooks(db: D1Database, now: () => Date): Looks {
  return {
    async claim(most) {
      const at = now().getTime()
      const claim = db.prepare(claimLooks).bind(at, at + leaseMs, most)
      const batch = await runOnce<{ merchant_uid: MerchantUid }>(db, [claim])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map((row) => row.merchant_uid)) : batch
    },
    async plan(looks) {
      const next = looks.flatMap(({ merchantUid, dueAt }) =>
        dueAt === null ? [] : [[merchantUid, dueAt.getTime()]],
      )
      const over = looks.filter(({ dueAt }) => dueAt === null).map((look) => look.merchantUid)
      const batch = await runTwice(db, [
        db.prepare(planLooks).bind(JSON.stringify(next)),
        db.prepare(dropLooks).bind(JSON.stringify(over)),
      ])
      return batch.ok ? ok(null) : batch
    },
  }
}
