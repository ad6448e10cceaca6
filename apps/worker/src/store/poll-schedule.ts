import type { D1Database } from '@cloudflare/workers-types'
import { type MerchantUid, ok } from '@quayside/core'
import type { PollSchedule } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'

/** Shorter than the minute between two runs: what one run did not finish is due in the next. */
export const jobLeaseMs = 50_000

/** The buyer needs some time in the payment window, and the webhook is faster than a poll. */
export const firstPollMs = 30_000

export const insertPoll = `INSERT INTO looks (merchant_uid, due_at)
  SELECT ?1, ?2 WHERE changes() = 1 ON CONFLICT (merchant_uid) DO NOTHING`

/** An order that is polled no more is polled again once an account is issued for it, which has to expire. */
export const insertPollOfAccount = `INSERT INTO looks (merchant_uid, due_at)
  SELECT ?1, ?2 WHERE EXISTS (
    SELECT 1 FROM orders WHERE merchant_uid = ?1 AND sequence = ?3 AND status = 'vbank_issued'
  )
  ON CONFLICT (merchant_uid) DO NOTHING`

const claimPolls = `UPDATE looks SET due_at = ?2 WHERE merchant_uid IN
  (SELECT merchant_uid FROM looks WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
  RETURNING merchant_uid`

// An upsert, because an UPDATE from a list reads the whole table.
const upsertPolls = `INSERT INTO looks (merchant_uid, due_at)
  SELECT value ->> 0, CAST(value ->> 1 AS INTEGER) FROM json_each(?1) WHERE true
  ON CONFLICT (merchant_uid) DO UPDATE SET due_at = excluded.due_at`

const deletePolls = `DELETE FROM looks WHERE merchant_uid IN (SELECT value FROM json_each(?1))`

export function createPollSchedule(db: D1Database, now: () => Date): PollSchedule {
  return {
    async claim(limit) {
      const at = now().getTime()
      const claim = db.prepare(claimPolls).bind(at, at + jobLeaseMs, limit)
      const batch = await runOnce<{ merchant_uid: MerchantUid }>(db, [claim])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map((row) => row.merchant_uid)) : batch
    },
    async plan(polls) {
      const next = polls.flatMap(({ merchantUid, dueAt }) =>
        dueAt === null ? [] : [[merchantUid, dueAt.getTime()]],
      )
      const finished = polls.filter(({ dueAt }) => dueAt === null).map((poll) => poll.merchantUid)
      const batch = await runTwice(db, [
        db.prepare(upsertPolls).bind(JSON.stringify(next)),
        db.prepare(deletePolls).bind(JSON.stringify(finished)),
      ])
      return batch.ok ? ok(null) : batch
    },
  }
}
