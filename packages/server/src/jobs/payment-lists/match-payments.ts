import {
  decide,
  type ImpUid,
  isRegistrationId,
  isTestCharge,
  type MerchantUid,
  type Mode,
  type Order,
  ok,
  type Payee,
  type Payment,
  payeeOf,
  type Result,
  type StoreFailure,
  verifyPayment,
} from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import { isCharged, type NewIssue } from '../../domain/reconciliation-issue.ts'
import { isPaid } from '../../domain/status.ts'
import type { ParsedRecord } from '../../payments/payment-record.ts'
import { syncRecord } from '../../payments/sync-record.ts'
import type { UnacceptedAttempt } from '../../ports/order-queries.ts'
import type { Budget } from '../../run-budget.ts'
import { type LimitedDeps, limitWrites } from '../orders/limit-writes.ts'
import { isResponding, readOrders, toStoreCause } from '../orders/read-orders.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'
import { isMoney, reportIssues } from './report-issues.ts'

/** The result of comparing payments with their orders. */
export interface MatchResult {
  /** Payments with something new, which this run has processed. */
  readonly changed: number
  /** Payments with something new that is not recorded yet: the list must be read again. */
  readonly remaining: number
  /** Payments of orders that do not exist. */
  readonly unknown: readonly Payment[]
}

/** What the comparison reads, however many payments there are. */
export const costOfMatch = { storeCalls: 2 }

/**
 * Compares payments with their orders, with two queries for all of them, and records what is new as far as the
 * budget allows. The caller takes {@link costOfMatch} before.
 */
export async function matchPayments(
  records: readonly ParsedRecord[],
  deps: JobDeps,
  budget: Budget,
): Promise<Result<MatchResult, StoreFailure>> {
  if (records.length === 0) return ok({ changed: 0, remaining: 0, unknown: [] })
  const ids = [...new Set(records.map(({ payment }) => payment.merchantUid))]
  const read = await readOrders(ids, deps, budget)
  if (!read.ok) return read
  const { unreadable } = read.value
  const orders = new Map(read.value.orders.map(({ order }) => [order.merchantUid, order]))
  // An order with the id of a payment to somebody else does not account for that payment.
  const orderOf = ({ merchantUid, impUid }: Payment) => {
    const order = orders.get(merchantUid)
    return order?.payee === payeeOf(impUid) ? order : undefined
  }
  const known = records.filter(({ payment }) => orderOf(payment) !== undefined)
  const attempts = await deps.store.orderQueries.unacceptedAttempts(
    known.map(({ payment: { impUid, merchantUid } }) => ({ impUid, merchantUid })),
  )
  if (!attempts.ok) return attempts
  const isRecorded = toIsRecorded(attempts.value)

  const limited = limitWrites(deps, budget)
  let changed = 0
  let remaining = 0
  let isStoreAway = false
  for (const parsed of known) {
    const { payment } = parsed
    const order = orderOf(payment)
    if (order === undefined || !needsSync(payment, order, deps.config.mode, isRecorded)) continue
    if (isStoreAway || limited.isSpent()) {
      remaining += 1
      continue
    }
    const recorded = await recordPayment(order, parsed, limited, budget)
    if (recorded.kind === 'later') remaining += 1
    else changed += 1
    if (recorded.kind === 'later') isStoreAway = true
    if (recorded.kind === 'recorded') orders.set(order.merchantUid, recorded.order)
  }
  const unknown = records.flatMap(({ payment }) =>
    orderOf(payment) !== undefined || unreadable.has(payment.merchantUid) ? [] : [payment],
  )
  const unexplained = await leaveOutRegistrations(unknown, deps, budget)
  if (unexplained === null) return ok({ changed, remaining: remaining + 1, unknown: [] })
  return unexplained.ok ? ok({ changed, remaining, unknown: unexplained.value }) : unexplained
}

/**
 * Leaves out the windows that registered a means of payment and charged nothing. Their records may have an amount that was
 * only displayed. Null when the budget does not allow to ask for them now.
 */
async function leaveOutRegistrations(
  payments: readonly Payment[],
  { store }: JobDeps,
  budget: Budget,
): Promise<Result<readonly Payment[], StoreFailure> | null> {
  const issues = payments.filter(
    (payment) =>
      isRegistrationId(payment.merchantUid) && (!isCharged(payment) || isTestCharge(payment)),
  )
  if (issues.length === 0) return ok(payments)
  if (!budget.take({ storeCalls: 1 })) return null
  const ids = [...new Set(issues.map(({ merchantUid }) => merchantUid))]
  const existing = await store.billingKeys.existing(ids)
  if (!existing.ok) return existing
  return ok(
    payments.filter((each) => !issues.includes(each) || !isRegisteredBy(each, existing.value)),
  )
}

/** A registration of one account does not account for a payment to another. */
function isRegisteredBy(
  { merchantUid, impUid }: Payment,
  registrations: ReadonlyMap<string, Payee | undefined>,
): boolean {
  return registrations.has(merchantUid) && registrations.get(merchantUid) === payeeOf(impUid)
}

/**
 * `later`: the store or the budget does not allow it now, so the list must be read again. `failed`: this payment only,
 * which must not delay the others on the list.
 */
type RecordResult =
  | { readonly kind: 'recorded'; readonly order: Order }
  | { readonly kind: 'failed' }
  | { readonly kind: 'later' }

async function recordPayment(
  order: Order,
  { payment, record }: ParsedRecord,
  { deps, isSpent }: LimitedDeps,
  budget: Budget,
): Promise<RecordResult> {
  const { impUid } = payment
  const { merchantUid } = order
  const synced = await isolateErrors(impUid, deps.log, () =>
    syncRecord(order, impUid, record, deps),
  )
  if (synced === null) return { kind: 'failed' }
  if (synced.ok) return { kind: 'recorded', order: synced.value.order }
  if (synced.failure.reason !== 'store_unavailable') return { kind: 'failed' }
  if (isSpent() || !(await isResponding(deps, budget))) return { kind: 'later' }
  // The store responds, so the fault is this row's.
  deps.log('payment_not_recorded', { merchantUid, impUid, cause: toStoreCause(synced.failure) })
  const issues: readonly NewIssue[] =
    isPaid(payment.status) && isMoney(payment, deps) ? [{ kind: 'mismatch_paid', payment }] : []
  const reported = await reportIssues(issues, deps, budget)
  return { kind: reported === null ? 'later' : 'failed' }
}

type IsRecorded = (
  impUid: ImpUid,
  merchantUid: MerchantUid,
  statuses: readonly Payment['status'][],
) => boolean

function needsSync(payment: Payment, order: Order, mode: Mode, isRecorded: IsRecorded): boolean {
  const verified = verifyPayment(payment, order, mode)
  const isUnrecorded = (...statuses: readonly Payment['status'][]): boolean =>
    !isRecorded(payment.impUid, order.merchantUid, statuses)
  // A partial refund of an unmatched payment changes nothing for its order.
  const isUnrecordedPayment =
    payment.status === 'partially_cancelled'
      ? isUnrecorded('paid', 'partially_cancelled')
      : isUnrecorded(payment.status)
  if (!verified.ok) return isUnrecordedPayment
  switch (decide(verified.value, order).kind) {
    case 'keep':
      return false
    case 'become':
      return true
    case 'duplicate_paid':
    case 'late_paid':
      return isUnrecordedPayment
    case 'refunded':
      return isUnrecorded('paid', 'partially_cancelled', 'cancelled')
  }
}

function toIsRecorded(attempts: readonly UnacceptedAttempt[]): IsRecorded {
  const keys = new Set(
    attempts.map(({ impUid, merchantUid, paymentStatus }) =>
      JSON.stringify([impUid, merchantUid, paymentStatus]),
    ),
  )
  return (impUid, merchantUid, statuses) =>
    statuses.some((each) => keys.has(JSON.stringify([impUid, merchantUid, each])))
}
