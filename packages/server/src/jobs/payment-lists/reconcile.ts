import type { Payee } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import type { NewIssue } from '../../domain/reconciliation-issue.ts'
import type { LogFields } from '../../log.ts'
import type { Budget } from '../../run-budget.ts'
import { cursorOf } from './cursor-name.ts'
import { findMissing, type Span } from './find-missing.ts'
import { readPaymentList, toListFields } from './list-payments.ts'
import { costOfMatch, matchPayments } from './match-payments.ts'
import { isMoney, reportIssues } from './report-issues.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
/** Acquiring and releasing a cursor. */
const costOfCursor = { storeCalls: 3 }

/** The result of comparing a part of a day. */
interface Comparison {
  /** Up to when both directions were compared. */
  readonly to: Date
  readonly issues: number
  /** Why it is not the whole part; null for the whole. */
  readonly failure: LogFields | null
}

/**
 * Compares the provider's payments of each day with the orders, in both directions, an hour after the day ended.
 * A payment without an order, or a paid order without its payment, becomes a reconciliation issue. A day with more than
 * one run can compare is compared in parts; each run continues where the one before ended.
 */
export async function reconcile(deps: JobDeps, budget: Budget, payee?: Payee): Promise<LogFields> {
  const reconciled = cursorOf('reconciled', payee)
  const { cursors } = deps.store
  if (!budget.take(costOfCursor)) return { failure: 'budget_spent' }
  const now = deps.now().getTime()
  const cursor = await cursors.acquire(reconciled, new Date(now - hourMs))
  if (!cursor.ok) return { failure: cursor.failure.reason }
  if (cursor.value === null) return { held: true }
  // After a clock was set back, days that were not over yet must be compared again.
  const from = new Date(Math.min(cursor.value.getTime(), now - hourMs))
  const isDue = now - from.getTime() >= dayMs + hourMs
  if (!isDue || !budget.take(costOfCursor)) {
    await cursors.release(reconciled, from)
    return { due: isDue }
  }
  const day = { from, to: new Date(from.getTime() + dayMs), payee }
  const fields = await continueDay(day, deps, budget)
  await cursors.release(reconciled, fields.isDone ? day.to : from)
  return { from: from.toISOString(), ...fields }
}

/** Compares the parts of a day that earlier runs left over, as far as the budget allows. */
async function continueDay(day: Span, deps: JobDeps, budget: Budget) {
  const { cursors } = deps.store
  const reconciling = cursorOf('reconciling', day.payee)
  const begun = await cursors.acquire(reconciling, day.from)
  if (!begun.ok) return { isDone: false, issues: 0, failure: begun.failure.reason }
  if (begun.value === null) return { isDone: false, issues: 0, held: true }
  const isInside = begun.value >= day.from && begun.value < day.to
  let position = isInside ? begun.value : day.from
  let issues = 0
  let failure: LogFields | null = null
  while (failure === null && position < day.to) {
    const part = await comparePart({ ...day, from: position }, deps, budget)
    position = part.to
    issues += part.issues
    failure = part.failure
  }
  await cursors.release(reconciling, position)
  return { isDone: position >= day.to, to: position.toISOString(), issues, ...failure }
}

async function comparePart(span: Span, deps: JobDeps, budget: Budget): Promise<Comparison> {
  const stop = (failure: LogFields): Comparison => ({ to: span.from, issues: 0, failure })
  if (!budget.take(costOfMatch)) return stop({ failure: 'budget_spent' })
  const paid = await readPaymentList({ status: 'paid', ...span }, deps, budget)
  if (!paid.ok) return stop(toListFields(paid.failure))
  // A payment that was refunded, in full or in part, is listed as cancelled.
  const window = { ...span, status: 'cancelled', to: paid.value.to } as const
  const cancelled = await readPaymentList(window, deps, budget)
  if (!cancelled.ok) return stop(toListFields(cancelled.failure))
  const { to } = cancelled.value

  const records = [...paid.value.records, ...cancelled.value.records]
  const matched = await matchPayments(records, deps, budget)
  if (!matched.ok) return stop({ failure: matched.failure.reason })
  if (matched.value.remaining > 0) return stop({ remaining: matched.value.remaining })
  const known = new Set<string>(records.map(({ payment }) => payment.impUid))
  const found = await findMissing({ ...span, to }, known, deps, budget)
  const unknown = matched.value.unknown.filter((payment) => isMoney(payment, deps))
  const issues: readonly NewIssue[] = [
    ...unknown.map((payment) => ({ kind: 'order_unknown', payment }) as const),
    ...found.missing.map((payment) => ({ kind: 'payment_missing', payment }) as const),
  ]
  const reported = await reportIssues(issues, deps, budget)
  if (reported === null) return stop({ failure: 'issues_not_written' })
  return { to: found.to, issues: reported, failure: found.to < to ? { partial: true } : null }
}
