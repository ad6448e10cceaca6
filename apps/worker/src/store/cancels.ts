import type { D1Database } from '@cloudflare/workers-types'
import { type Currency, type ImpUid, type MerchantUid, ok } from '@quayside/core'
import type { Cancel, CancelIntent, CancelState, Cancels } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'
import { toDate } from './instants.ts'
import { jobLeaseMs } from './poll-schedule.ts'

interface CancelRow {
  readonly imp_uid: ImpUid
  readonly balance: number
  readonly amount: number
  readonly currency: Currency
  readonly merchant_uid: MerchantUid
  readonly asked_by: CancelIntent['askedBy']
  readonly state: CancelState
  readonly detail: string | null
  readonly requested_at: number
  readonly settled_at: number | null
}

const columns = `imp_uid, balance, amount, currency, merchant_uid, asked_by, state, detail,
  requested_at, settled_at`

const openOne = `INSERT INTO cancels
  (imp_uid, balance, amount, currency, merchant_uid, asked_by, state, requested_at, due_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'requested', ?7, ?8)
  ON CONFLICT (imp_uid, balance) DO UPDATE SET
    amount = excluded.amount, asked_by = excluded.asked_by, state = excluded.state, detail = NULL,
    requested_at = excluded.requested_at, settled_at = NULL, due_at = excluded.due_at
  WHERE cancels.state = 'refused'
  RETURNING imp_uid`

// The older a cancel, the longer until the next try to resolve it. A confirmed cancel stays confirmed: a later
// result may come from an older record.
const settleOne = `UPDATE cancels SET state = ?3, detail = ?4, settled_at = ?5,
  due_at = CASE WHEN ?5 IS NULL THEN CAST(?6 + max(?7, (?6 - requested_at) / 4) AS INTEGER) END
  WHERE imp_uid = ?1 AND balance = ?2 AND state <> 'confirmed'`
const claimDue = `UPDATE cancels SET due_at = ?2 WHERE (imp_uid, balance) IN
  (SELECT imp_uid, balance FROM cancels WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
  RETURNING ${columns}`
const selectOfOrder = `SELECT ${columns} FROM cancels WHERE merchant_uid = ?1
  ORDER BY requested_at, balance DESC LIMIT 100`

export function createCancels(db: D1Database, now: () => Date): Cancels {
  return {
    async open({ impUid, merchantUid, balance, amount, askedBy }) {
      const at = now().getTime()
      const insert = db
        .prepare(openOne)
        .bind(
          impUid,
          balance.minor,
          amount.minor,
          balance.currency,
          merchantUid,
          askedBy,
          at,
          at + jobLeaseMs,
        )
      // Not repeated: a second run could not distinguish its own intent from that of another request.
      const batch = await runOnce<CancelRow>(db, [insert])
      return batch.ok ? ok(batch.value[0]?.results.length === 1) : batch
    },
    async settle({ impUid, balance }, state, detail) {
      const at = now().getTime()
      const isSettled = state === 'confirmed' || state === 'refused'
      const update = db
        .prepare(settleOne)
        .bind(impUid, balance.minor, state, detail, isSettled ? at : null, at, jobLeaseMs)
      const batch = await runTwice(db, [update])
      return batch.ok ? ok(null) : batch
    },
    async claim(limit) {
      const at = now().getTime()
      const claim = db.prepare(claimDue).bind(at, at + jobLeaseMs, limit)
      const batch = await runOnce<CancelRow>(db, [claim])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map(toCancel)) : batch
    },
    async ofOrder(merchantUid) {
      const batch = await runTwice<CancelRow>(db, [db.prepare(selectOfOrder).bind(merchantUid)])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map(toCancel)) : batch
    },
  }
}

function toCancel(row: CancelRow): Cancel {
  return {
    impUid: row.imp_uid,
    merchantUid: row.merchant_uid,
    balance: { minor: row.balance, currency: row.currency },
    amount: { minor: row.amount, currency: row.currency },
    askedBy: row.asked_by,
    state: row.state,
    detail: row.detail,
    requestedAt: toDate(row.requested_at),
    settledAt: toDate(row.settled_at),
  }
}
