import { type ImpUid, type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type {
  PaymentSnapshot,
  ReconciliationIssue,
  ReconciliationIssueKind,
  ReconciliationIssues,
} from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import { type Driver, isStorable, type Statement } from '../driver.ts'
import { rowsAt, runOnce, runTwice } from '../transaction.ts'
import { toDate, toMs } from './instants.ts'
import { insertIssueEvent, toIssueValues, toNewIssue } from './issue-statements.ts'
import { claimStatements, jobLeaseMs } from './leases.ts'

interface ReconciliationIssueRow {
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
  const write = async (...statements: readonly Statement[]) => {
    const outcomes = await runTwice(driver, statements)
    return outcomes.ok ? ok(null) : outcomes
  }
  const find = async (
    id: string,
    ...before: readonly Statement[]
  ): Promise<Result<ReconciliationIssue | null, StoreFailure>> => {
    if (!isStorable(id)) return ok(null)
    const outcomes = await runTwice(driver, [...before, { text: issues.select, values: [id] }])
    if (!outcomes.ok) return outcomes
    const row = rowsAt<ReconciliationIssueRow>(outcomes.value, -1)[0]
    return ok(row === undefined ? null : toReconciliationIssue(row))
  }

  return {
    async add(added) {
      if (added.length === 0) return ok(null)
      const at = now()
      const fresh = added
        .map(({ kind, payment }) => toNewIssue(kind, payment.merchantUid, payment, at))
        // In the order of the ids, so that two callers that add the same issues wait for each other once.
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      return write(
        ...fresh.flatMap((issue) => {
          const insert = { text: issues.insertReported, values: toIssueValues(issue) }
          return [insert, insertIssueEvent(dialect, issue, insert, at)]
        }),
      )
    },
    async existing(ids) {
      if (ids.length === 0) return ok(new Set())
      const select = { text: issues.selectExisting, values: [ids] }
      const outcomes = await runTwice(driver, [select])
      if (!outcomes.ok) return outcomes
      return ok(new Set(rowsAt<{ id: string }>(outcomes.value, 0).map(({ id }) => id)))
    },
    async accountedFor(ids) {
      if (ids.length === 0) return ok([])
      const select = { text: issues.selectAccountedFor, values: [ids] }
      const outcomes = await runTwice(driver, [select])
      if (!outcomes.ok) return outcomes
      return ok(rowsAt<ReconciliationIssueRow>(outcomes.value, 0).map(toReconciliationIssue))
    },
    async claim(limit) {
      const at = now().getTime()
      const end = at + jobLeaseMs
      const outcomes = await runOnce(
        driver,
        claimStatements(issues.claimDue, [at, end, limit], end, ['id']),
      )
      if (!outcomes.ok) return outcomes
      return ok(rowsAt<ReconciliationIssueRow>(outcomes.value, 0).map(toReconciliationIssue))
    },
    close(issue, outcome) {
      const closedAt = now()
      const update = {
        text: issues.close,
        values: [issue.id, outcome, closedAt.getTime()],
      }
      const closed = { ...issue, outcome, tries: issue.tries + 1, closedAt }
      return write(update, insertIssueEvent(dialect, closed, update, closedAt))
    },
    postpone(issue, outcome, dueAt) {
      const update = { text: issues.postpone, values: [issue.id, outcome, toMs(dueAt)] }
      if (dueAt !== null) return write(update)
      const stopped = { ...issue, outcome, tries: issue.tries + 1 }
      return write(update, insertIssueEvent(dialect, stopped, update, now()))
    },
    find: (id) => find(id),
    closeById: (id, outcome) =>
      find(id, { text: issues.closeById, values: [id, now().getTime(), outcome] }),
    async list(which, after, count) {
      const text = which === 'open' ? issues.selectOpen : issues.selectAll
      const outcomes = await runTwice(driver, [{ text, values: [after, count] }])
      if (!outcomes.ok) return outcomes
      return ok(rowsAt<ReconciliationIssueRow>(outcomes.value, 0).map(toReconciliationIssue))
    },
  }
}

function toReconciliationIssue(row: ReconciliationIssueRow): ReconciliationIssue {
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
