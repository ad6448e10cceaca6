import type { Payee, Payment } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import type { NewIssue } from '../../domain/reconciliation-issue.ts'
import type { LogFields } from '../../log.ts'
import { type Budget, unlimitedBudget } from '../../run-budget.ts'
import { cursorOf } from './cursor-name.ts'
import { type ListWindow, readPaymentList, toListFields } from './list-payments.ts'
import { costOfMatch, matchPayments } from './match-payments.ts'
import { isMoney, reportIssues } from './report-issues.ts'

const minuteMs = 60_000
/**
 * The end of the list is read again in the next runs: clocks differ, the provider may list a payment some seconds
 * after it was made, and a payment without an order is reported only once it is older than {@link reportAfterMs}.
 */
const overlapMs = 10 * minuteMs
/** By then the order of a payment was created, if it is created after the payment at all. */
const reportAfterMs = 5 * minuteMs
const initialLookbackMs = 24 * 60 * minuteMs
/** Acquiring and releasing the cursor. */
const costOfCursor = { storeCalls: 3 }

/**
 * Reads what the provider lists as paid, or as cancelled, since the last run: one call a minute finds every payment
 * whose messages were all lost, no matter how old its order is. A payment of an order that was never created here
 * becomes an issue. The list is read window by window while the budget lasts; the next run continues.
 */
export async function pollPaymentList(
  status: ListWindow['status'],
  deps: JobDeps,
  budget: Budget = unlimitedBudget,
  payee?: Payee,
): Promise<LogFields> {
  const { cursors } = deps.store
  if (!budget.take(costOfCursor)) return { status, failure: 'budget_spent' }
  const to = deps.now()
  const cursor = await cursors.acquire(
    cursorOf(status, payee),
    new Date(to.getTime() - initialLookbackMs),
  )
  if (!cursor.ok) return { status, failure: cursor.failure.reason }
  if (cursor.value === null) return { status, held: true }

  // A clock that was set back must not leave the cursor in a future that no list reaches.
  const overlapFrom = to.getTime() - overlapMs
  const from = new Date(Math.min(cursor.value.getTime(), overlapFrom))
  const read = await readWindows({ status, payee, from, to }, deps, budget)
  await cursors.release(
    cursorOf(status, payee),
    new Date(Math.min(read.readTo.getTime(), overlapFrom)),
  )
  return { status, ...read.fields }
}

/** Reads a list window by window, and returns up to when everything in it was recorded. */
async function readWindows(
  { status, payee, from, to }: ListWindow,
  deps: JobDeps,
  budget: Budget,
): Promise<{ readonly readTo: Date; readonly fields: LogFields }> {
  const counts = { calls: 0, listed: 0, changed: 0, remaining: 0, issues: 0 }
  let readTo = from
  while (readTo.getTime() < to.getTime()) {
    if (!budget.take(costOfMatch)) return { readTo, fields: { ...counts, failure: 'budget_spent' } }
    const listed = await readPaymentList({ status, payee, from: readTo, to }, deps, budget)
    if (!listed.ok) return { readTo, fields: { ...counts, ...toListFields(listed.failure) } }
    counts.calls += listed.value.calls
    counts.listed += listed.value.records.length
    const matched = await matchPayments(listed.value.records, deps, budget)
    if (!matched.ok) return { readTo, fields: { ...counts, failure: matched.failure.reason } }
    counts.changed += matched.value.changed
    counts.remaining = matched.value.remaining
    const reported = await reportUnknown(matched.value.unknown, payee, deps, budget)
    counts.issues += reported ?? 0
    if (matched.value.remaining > 0 || reported === null) break
    readTo = listed.value.to
  }
  return { readTo, fields: counts }
}

/**
 * Reports payments that no order accounts for, unless their order may still be created. Payments from before the
 * daily comparison's position were compared by it, or are older than this server.
 *
 * @returns How many are new; null when the rest is left to a later run.
 */
async function reportUnknown(
  unknown: readonly Payment[],
  payee: Payee | undefined,
  deps: JobDeps,
  budget: Budget,
): Promise<number | null> {
  const until = deps.now().getTime() - reportAfterMs
  const old = unknown.filter(
    (payment) =>
      payment.paidAt !== null && payment.paidAt.getTime() <= until && isMoney(payment, deps),
  )
  if (old.length === 0) return 0
  if (!budget.take({ storeCalls: 1 })) return null
  const compared = await deps.store.cursors.position(cursorOf('reconciled', payee))
  if (!compared.ok || compared.value === null) return null
  const since = compared.value.getTime()
  const issues: readonly NewIssue[] = old.flatMap((payment) =>
    Number(payment.paidAt) >= since ? [{ kind: 'order_unknown', payment }] : [],
  )
  return reportIssues(issues, deps, budget)
}
