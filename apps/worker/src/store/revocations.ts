import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type ImpUid, type MerchantUid, type Order, ok } from '@quayside/core'
import type { CancelState, Revocation, Revocations } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'
import { toDate } from './instants.ts'
import { jobLeaseMs } from './poll-schedule.ts'

interface RevocationRow {
  readonly imp_uid: ImpUid
  readonly merchant_uid: MerchantUid
  readonly state: CancelState
  readonly detail: string | null
  readonly requested_at: number
  readonly settled_at: number | null
}

const insertAll = `INSERT INTO revocations (imp_uid, merchant_uid, state, requested_at, due_at)
  SELECT value, ?2, 'requested', ?3, ?4 FROM json_each(?1) WHERE changes() = 1
  ON CONFLICT (imp_uid) DO NOTHING`

// Follows no event at once, so it finds out itself whether the order became what the revocation is for.
const insertOther = `INSERT INTO revocations (imp_uid, merchant_uid, state, requested_at, due_at)
  SELECT value, ?2, 'requested', ?3, ?4 FROM json_each(?1)
  WHERE EXISTS (SELECT 1 FROM orders WHERE merchant_uid = ?2 AND sequence = ?5 AND imp_uid = ?6)
  ON CONFLICT (imp_uid) DO NOTHING`

// The older a revocation, the longer until the next try.
const settleOne = `UPDATE revocations SET state = ?2, detail = ?3, settled_at = ?4,
  due_at = CASE WHEN ?4 IS NULL THEN CAST(?5 + max(?6, (?5 - requested_at) / 4) AS INTEGER) END
  WHERE imp_uid = ?1 AND state <> 'confirmed'`
const claimDue = `UPDATE revocations SET due_at = ?2 WHERE imp_uid IN
  (SELECT imp_uid FROM revocations WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
  RETURNING imp_uid`
const selectOfOrder = `SELECT imp_uid, merchant_uid, state, detail, requested_at, settled_at
  FROM revocations WHERE merchant_uid = ?1 ORDER BY imp_uid LIMIT 100`

/** Returns the statement that inserts revocations; it follows the event of the close or expiry. */
export function insertRevocations(
  db: D1Database,
  impUids: readonly ImpUid[],
  merchantUid: MerchantUid,
  at: Date,
): D1PreparedStatement {
  const ms = at.getTime()
  return db.prepare(insertAll).bind(JSON.stringify(impUids), merchantUid, ms, ms + jobLeaseMs)
}

/** Returns the statement that inserts the revocations of the accounts of an order that another payment paid. */
export function insertOtherRevocations(
  db: D1Database,
  impUids: readonly ImpUid[],
  { merchantUid, sequence, impUid }: Order,
  at: Date,
): D1PreparedStatement {
  const ms = at.getTime()
  return db
    .prepare(insertOther)
    .bind(JSON.stringify(impUids), merchantUid, ms, ms + jobLeaseMs, sequence, impUid)
}

export function createRevocations(db: D1Database, now: () => Date): Revocations {
  return {
    async claim(limit) {
      const at = now().getTime()
      const claim = db.prepare(claimDue).bind(at, at + jobLeaseMs, limit)
      const batch = await runOnce<RevocationRow>(db, [claim])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map((row) => row.imp_uid)) : batch
    },
    async settle(impUid, state, detail) {
      const at = now().getTime()
      const isSettled = state === 'confirmed' || state === 'refused'
      const update = db
        .prepare(settleOne)
        .bind(impUid, state, detail, isSettled ? at : null, at, jobLeaseMs)
      const batch = await runTwice(db, [update])
      return batch.ok ? ok(null) : batch
    },
    async ofOrder(merchantUid) {
      const select = db.prepare(selectOfOrder).bind(merchantUid)
      const batch = await runTwice<RevocationRow>(db, [select])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map(toRevocation)) : batch
    },
  }
}

function toRevocation(row: RevocationRow): Revocation {
  return {
    impUid: row.imp_uid,
    merchantUid: row.merchant_uid,
    state: row.state,
    detail: row.detail,
    requestedAt: toDate(row.requested_at),
    settledAt: toDate(row.settled_at),
  }
}
