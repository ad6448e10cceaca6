import { type ImpUid, type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type {
  PaymentSnapshot,
  ReconciliationIssue,
  ReconciliationIssueKind,
  ReconciliationIssues,
} from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import { type Driver, isStorable, type Statement } from '../../driver.ts'
import { read, write } from '../../transaction.ts'
import { toDate, toMs } from '../instants.ts'
import { jobLeaseMs, leaseRows } from '../leases.ts'
import { insertIssueEvent, toNewIssue, toReportedRow } from './issue-statements.ts'

export interface ReconciliationIssueRow {
  readonly id: string
  readonly kind: ReconciliationIssueKind
  readonly merchant_uid: MerchantUid
  readonly imp_uid: ImpUid
  readonly policy: 'report' | 'refund'
  readonly snapshot: string
  readonly outcome: string | null
  readonly tries: number
  readonly created_at: number
  readonly closed_at: number | null
}

export function createReconciliationIssues(
  driver: Driver,
  dialect: Dialect,
  now: () => Date,
): ReconciliationIssues {
  const { issues } = dialect
  const find = async (
    id: string,
    ...before: readonly Statement[]
  ): Promise<Result<ReconciliationIssue | null, StoreFailure>> => {
    if (!isStorable(id)) return ok(null)
    const select = { text: issues.select, values: [id] }
    const found = await read(driver, [...before, select], toReconciliationIssue)
    return found.ok ? ok(found.value[0] ?? null) : found
  }

  return {
    async add(added) {
      if (added.length === 0) return ok(null)
      const at = now()
      const fresh = added
        .map(({ kind, payment }) => toNewIssue(kind, payment.merchantUid, payment, at))
        // In the order of the ids, so that two callers that add the same issues wait for each other once.
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      return write(driver, issues.insertReported(fresh.map(toReportedRow), at.getTime()))
    },
    async existing(ids) {
      if (ids.length === 0) return ok(new Set())
      const select = { text: issues.selectExisting, values: [ids] }
      const existing = await read(driver, [select], toId)
      return existing.ok ? ok(new Set(existing.value)) : existing
    },
    async accountedFor(ids) {
      if (ids.length === 0) return ok([])
      const select = { text: issues.selectAccountedFor, values: [ids] }
      return read(driver, [select], toReconciliationIssue)
    },
    claim: (limit) =>
      leaseRows(driver, issues.claimDue, now(), jobLeaseMs, limit, toReconciliationIssue),
    close(issue, outcome) {
      const closedAt = now()
      const update = {
        text: issues.close,
        values: [issue.id, outcome, closedAt.getTime()],
      }
      const closed = { ...issue, outcome, tries: issue.tries + 1, closedAt }
      return write(driver, [update, insertIssueEvent(dialect, closed, update, closedAt)])
    },
    postpone(issue, outcome, dueAt) {
      const update = { text: issues.postpone, values: [issue.id, outcome, toMs(dueAt)] }
      if (dueAt !== null) return write(driver, [update])
      const stopped = { ...issue, outcome, tries: issue.tries + 1 }
      return write(driver, [update, insertIssueEvent(dialect, stopped, update, now())])
    },
    find: (id) => find(id),
    closeById: (id, outcome) =>
      find(id, { text: issues.closeById, values: [id, now().getTime(), outcome] }),
    list(which, after, count) {
      const text = which === 'open' ? issues.selectOpen : issues.selectAll
      return read(driver, [{ text, values: [after, count] }], toReconciliationIssue)
    },
  }
}

function toId({ id }: Pick<ReconciliationIssueRow, 'id'>): string {
  return id
}

export function toReconciliationIssue(row: ReconciliationIssueRow): ReconciliationIssue {
  const snapshot: PaymentSnapshot = JSON.parse(row.snapshot)
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
