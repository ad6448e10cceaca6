import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type ImpUid, type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type {
  PaymentSnapshot,
  ReconciliationIssue,
  ReconciliationIssueKind,
  ReconciliationIssues,
} from '@quayside/server'
import { isRefundable, presentReconciliationIssue } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'
import { toDate, toMs } from './instants.ts'
import { jobLeaseMs } from './poll-schedule.ts'

interface ReconciliationIssueRow {
  readonly id: string
  readonly kind: ReconciliationIssueKind
  readonly merchant_uid: MerchantUid
  readonly imp_uid: ImpUid
  readonly policy: 'report' | 'refund'
  readonly evidence: string
  readonly outcome: string | null
  readonly tries: number
  readonly created_at: number
  readonly closed_at: number | null
}

const columns = `id, kind, merchant_uid, imp_uid, policy, evidence, outcome, tries, created_at, closed_at`

// Many at once, from a JSON list of [id, kind, merchant_uid, imp_uid, evidence, event payload]. The events come first:
// an issue that exists already has had its event, which may have been deleted since.
const insertReportedEvents = `INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
  SELECT value ->> 0, 'exception', json_object('reconciliation_issue', json(value ->> 5)), ?2, ?2, 0
  FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM exceptions WHERE id = value ->> 0)
  ON CONFLICT (id) DO NOTHING`
const insertReported = `INSERT INTO exceptions
  (id, kind, merchant_uid, imp_uid, policy, evidence, created_at)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 'report', value ->> 4, ?2
  FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`
const selectExisting = `SELECT id FROM exceptions WHERE id IN (SELECT value FROM json_each(?1))`
const selectAccountedFor = `SELECT ${columns} FROM exceptions WHERE closed_at IS NULL AND id IN (
  SELECT 'order_unknown:' || imp_uid FROM orders
  WHERE merchant_uid IN (SELECT value FROM json_each(?1)) AND imp_uid IS NOT NULL
  AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled'))`

// Follows the statement that records the attempt, in its transaction: no attempt, no issue. ?7 is 0 where no
// policy may refund.
const insertUnmatched = `INSERT INTO exceptions
  (id, kind, merchant_uid, imp_uid, policy, evidence, created_at, due_at)
  SELECT ?1, ?2, ?3, ?4, policy, ?5, ?6, CASE policy WHEN 'refund' THEN ?6 END
  FROM (SELECT CASE WHEN ?7 = 0 THEN 'report' WHEN ?2 <> 'late_paid' OR status <> 'expired' THEN policy_stray
    WHEN policy_late = 'refund' THEN 'refund' ELSE 'report' END AS policy
    FROM orders WHERE merchant_uid = ?3)
  WHERE changes() = 1 ON CONFLICT (id) DO NOTHING`

const claimDue = `UPDATE exceptions SET due_at = ?2 WHERE id IN
  (SELECT id FROM exceptions WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3) RETURNING ${columns}`
const closeOne = `UPDATE exceptions SET outcome = ?2, tries = tries + 1, due_at = NULL, closed_at = ?3
  WHERE id = ?1 AND closed_at IS NULL`
const postponeOne = `UPDATE exceptions SET outcome = ?2, tries = tries + 1, due_at = ?3
  WHERE id = ?1 AND closed_at IS NULL`
// The last issue of a page may be closed before the next page is read; its row still exists.
const onePage = `(created_at, id) < (
    CASE ?1 WHEN '' THEN 9007199254740991 ELSE (SELECT created_at FROM exceptions WHERE id = ?1) END, ?1)
  ORDER BY created_at DESC, id DESC LIMIT ?2`
const selectOpen = `SELECT ${columns} FROM exceptions WHERE closed_at IS NULL AND ${onePage}`
const selectAll = `SELECT ${columns} FROM exceptions WHERE ${onePage}`

const closeOneById = `UPDATE exceptions SET outcome = ?3, due_at = NULL, closed_at = ?2
  WHERE id = ?1 AND closed_at IS NULL`
const selectOne = `SELECT ${columns} FROM exceptions WHERE id = ?1`

// Follows the statement that inserts or updates the issue: no change, no event. The SQL adds the policy to the payload,
// because only the row has it. The kind is the column's own word for the event `payment.unreconciled`.
const insertEvent = `INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
  SELECT ?1, 'exception', json_object('reconciliation_issue', json_set(?3, '$.policy', policy)), ?4, ?4, 0
  FROM exceptions WHERE id = ?2 AND changes() = 1 ON CONFLICT (id) DO NOTHING`

/**
 * Returns the statements that insert an issue with the order's policy, and its event where the order has no event
 * of its own. They follow the statement that records the attempt.
 */
export function insertReconciliationIssue(
  db: D1Database,
  kind: ReconciliationIssueKind,
  merchantUid: MerchantUid,
  payment: PaymentSnapshot,
  at: Date,
): readonly D1PreparedStatement[] {
  const issue = toNewIssue(kind, merchantUid, payment, at)
  const insert = db
    .prepare(insertUnmatched)
    .bind(...toColumns(issue), Number(isRefundable(payment)))
  return kind === 'mismatch_paid' ? [insert, insertIssueEvent(db, issue, at)] : [insert]
}

/** Returns the statement that inserts the event of an issue: one event per outcome. */
function insertIssueEvent(
  db: D1Database,
  issue: ReconciliationIssue,
  at: Date,
): D1PreparedStatement {
  const { id, outcome } = issue
  const eventId = outcome === null ? id : `${id}:${outcome}`
  const payload = JSON.stringify(presentReconciliationIssue(issue))
  return db.prepare(insertEvent).bind(eventId, id, payload, at.getTime())
}

export function createReconciliationIssues(db: D1Database, now: () => Date): ReconciliationIssues {
  const write = async (...statements: D1PreparedStatement[]) => {
    const batch = await runTwice(db, statements)
    return batch.ok ? ok(null) : batch
  }
  const select = async (
    ...statements: D1PreparedStatement[]
  ): Promise<Result<ReconciliationIssue | null, StoreFailure>> => {
    const batch = await runTwice<ReconciliationIssueRow>(db, statements)
    if (!batch.ok) return batch
    const row = batch.value.at(-1)?.results[0]
    return ok(row === undefined ? null : toReconciliationIssue(row))
  }
  return {
    add(issues) {
      const at = now()
      const rows = issues.map(({ kind, payment }) => {
        const issue = toNewIssue(kind, payment.merchantUid, payment, at)
        const { id, merchantUid, impUid, snapshot } = issue
        const evidence = JSON.stringify(snapshot)
        const payload = JSON.stringify(presentReconciliationIssue(issue))
        return [id, kind, merchantUid, impUid, evidence, payload]
      })
      const list = JSON.stringify(rows)
      return write(
        db.prepare(insertReportedEvents).bind(list, at.getTime()),
        db.prepare(insertReported).bind(list, at.getTime()),
      )
    },
    async existing(ids) {
      const select = db.prepare(selectExisting).bind(JSON.stringify(ids))
      const batch = await runTwice<{ id: string }>(db, [select])
      return batch.ok ? ok(new Set((batch.value[0]?.results ?? []).map(({ id }) => id))) : batch
    },
    async accountedFor(ids) {
      const select = db.prepare(selectAccountedFor).bind(JSON.stringify(ids))
      const batch = await runTwice<ReconciliationIssueRow>(db, [select])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map(toReconciliationIssue)) : batch
    },
    async claim(limit) {
      const at = now().getTime()
      const claim = db.prepare(claimDue).bind(at, at + jobLeaseMs, limit)
      const batch = await runOnce<ReconciliationIssueRow>(db, [claim])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map(toReconciliationIssue)) : batch
    },
    close(issue, outcome) {
      const closedAt = now()
      const update = db.prepare(closeOne).bind(issue.id, outcome, closedAt.getTime())
      const tries = issue.tries + 1
      return write(update, insertIssueEvent(db, { ...issue, outcome, tries, closedAt }, closedAt))
    },
    postpone(issue, outcome, dueAt) {
      const { id } = issue
      const update = db.prepare(postponeOne).bind(id, outcome, toMs(dueAt))
      const tries = issue.tries + 1
      const events =
        dueAt === null ? [insertIssueEvent(db, { ...issue, outcome, tries }, now())] : []
      return write(update, ...events)
    },
    find: (id) => select(db.prepare(selectOne).bind(id)),
    closeById: (id, outcome) =>
      select(
        db.prepare(closeOneById).bind(id, now().getTime(), outcome),
        db.prepare(selectOne).bind(id),
      ),
    async list(which, after, count) {
      const select = db.prepare(which === 'open' ? selectOpen : selectAll).bind(after, count)
      const batch = await runTwice<ReconciliationIssueRow>(db, [select])
      return batch.ok ? ok((batch.value[0]?.results ?? []).map(toReconciliationIssue)) : batch
    },
  }
}

function toNewIssue(
  kind: ReconciliationIssueKind,
  merchantUid: MerchantUid,
  payment: PaymentSnapshot,
  createdAt: Date,
): ReconciliationIssue {
  const { impUid } = payment
  const snapshot = toPaymentSnapshot(payment)
  const fresh = { policy: 'report', outcome: null, tries: 0, createdAt, closedAt: null } as const
  return { id: `${kind}:${impUid}`, kind, merchantUid, impUid, snapshot, ...fresh }
}

function toColumns({
  id,
  kind,
  merchantUid,
  impUid,
  snapshot,
  createdAt,
}: ReconciliationIssue): unknown[] {
  return [id, kind, merchantUid, impUid, JSON.stringify(snapshot), createdAt.getTime()]
}

/** Only these fields: a payment as it was read has more. */
function toPaymentSnapshot(payment: PaymentSnapshot): PaymentSnapshot {
  const { impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider } = payment
  const { isBillingKeyIssue, reason } = payment
  return {
    impUid,
    merchantUid,
    status,
    amount,
    cancelled,
    payMethod,
    pgProvider,
    ...(isBillingKeyIssue === true ? { isBillingKeyIssue } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
}

function toReconciliationIssue(row: ReconciliationIssueRow): ReconciliationIssue {
  const snapshot: PaymentSnapshot = JSON.parse(row.evidence)
  return {
    id: row.id,
    kind: row.kind,
    merchantUid: row.merchant_uid,
    impUid: row.imp_uid,
    policy: row.policy,
    snapshot,
    outcome: row.outcome,
    tries: row.tries,
    createdAt: toDate(row.created_at),
    closedAt: toDate(row.closed_at),
  }
}
