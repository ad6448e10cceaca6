import { isOverdue, type MerchantUid, type Order, type Payee } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import { toOpenAccounts } from '../../domain/accounts.ts'
import { isOpen } from '../../domain/status.ts'
import type { StoredOrder } from '../../domain/stored-order.ts'
import { findUnknownPayee, toDepsOf } from '../../payees.ts'
import { groupByOrder, type ParsedRecord } from '../../payments/payment-record.ts'
import { costOfParts, readInParts } from '../../payments/read-in-parts.ts'
import { maxIdsPerCall, type PaymentRead, readPayments } from '../../payments/read-payments.ts'
import { syncRecord } from '../../payments/sync-record.ts'
import type { PlannedPoll } from '../../ports/poll-schedule.ts'
import { type Budget, unlimitedBudget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'
import { limitWrites } from './limit-writes.ts'
import { planNextPoll, toGraceMs } from './poll-plan.ts'
import { readOrders } from './read-orders.ts'

/** Claiming orders, reading them, reading their open issues and planning their next poll. */
const costOfBatch = { storeCalls: 5 }
const costOfClose = { storeCalls: 2 }
/** After so long an order is tried again that cannot be read, or whose payee the settings do not name. */
const waitMs = 60 * 60_000

/** What one run did. */
export interface PollResult {
  calls: number
  polled: number
  changed: number
  expired: number
}

/**
 * Reads the payments of open orders that are due, a hundred orders per call, and completes them as the
 * completion routes would. An order without a deposit expires here, after that call, when the grace period after the
 * due date of its last account has ended: the provider sends no message for it. What does not fit the
 * budget stays due.
 */
export async function pollOpenOrders(
  deps: JobDeps,
  budget: Budget = unlimitedBudget,
): Promise<PollResult> {
  const result: PollResult = { calls: 0, polled: 0, changed: 0, expired: 0 }
  while (budget.take(costOfBatch)) {
    const claimed = await deps.store.pollSchedule.claim(maxIdsPerCall)
    if (!claimed.ok || claimed.value.length === 0) break
    const shouldContinue = await pollOrders(claimed.value, deps, budget, result)
    if (!shouldContinue || claimed.value.length < maxIdsPerCall) break
  }
  return result
}

async function pollOrders(
  claimed: readonly MerchantUid[],
  deps: JobDeps,
  budget: Budget,
  result: PollResult,
): Promise<boolean> {
  const stored = await readOrders(claimed, deps, budget)
  if (!stored.ok) return false
  const dueAts = new Map<MerchantUid, Date | null>(claimed.map((id) => [id, null]))
  const isKnown = ({ order }: StoredOrder) => findUnknownPayee(order.payee, deps) === null
  const notOver = stored.value.orders.filter(({ order }) => isOpen(order.status))
  const open = notOver.filter(isKnown)
  postpone(
    notOver.filter((each) => !isKnown(each)),
    dueAts,
    deps,
  )
  const read: PaymentRead[] = []
  const records: ParsedRecord[] = []
  for (const [payee, orders] of groupByPayee(open)) {
    const counted = countCalls(toDepsOf(payee, deps), result)
    const merchantUids = orders.map(({ order }) => order.merchantUid)
    const ofPayee = await readPayments('merchant_uid', merchantUids, counted, budget)
    read.push(ofPayee)
    records.push(...(await addUnreadable(orders, ofPayee, counted, budget)))
  }
  const unread = new Set(read.flatMap((each) => [...each.unread]))
  const recordsOf = groupByOrder(records)
  const limited = limitWrites(deps, budget)
  for (const id of stored.value.unreadable) {
    dueAts.set(id, new Date(deps.now().getTime() + waitMs))
  }
  // The list of paid payments, which is read at the same time, begins with the other end: both writing the same orders
  // would spend the budget twice.
  for (const each of open.toReversed()) {
    const { merchantUid } = each.order
    // The payments come with a later call, so the order is polled again at once.
    if (unread.has(merchantUid) || limited.isSpent()) {
      dueAts.set(merchantUid, deps.now())
      continue
    }
    result.polled += 1
    const order = await isolateErrors(merchantUid, deps.log, () =>
      syncOrder(each.order, recordsOf.get(merchantUid) ?? [], limited.deps, result),
    )
    const next = planNextPoll(order ?? each.order, each.createdAt, deps)
    dueAts.set(merchantUid, limited.isSpent() ? deps.now() : next)
  }
  const isClosed = await closeAccountedFor(claimed, deps, budget)
  const polls = [...dueAts].map(
    ([merchantUid, dueAt]): PlannedPoll => ({
      merchantUid,
      dueAt: dueAt === null && !isClosed ? deps.now() : dueAt,
    }),
  )
  const planned = await deps.store.pollSchedule.plan(polls)
  return planned.ok && unread.size === 0 && !limited.isSpent() && isClosed
}

/**
 * Plans the next poll of orders whose payees the settings do not name, and logs that they were not read. Due again at once, they
 * would be in the way of those whose payments can be read.
 */
function postpone(
  orders: readonly StoredOrder[],
  dueAts: Map<MerchantUid, Date | null>,
  deps: JobDeps,
): void {
  const soonest = deps.now().getTime() + waitMs
  for (const [payee, ofPayee] of groupByPayee(orders)) {
    const reason = findUnknownPayee(payee, deps)
    deps.log('payments_not_read', { ids: ofPayee.length, reason, payee: payee ?? null })
    for (const { order, createdAt } of ofPayee) {
      const next = planNextPoll(order, createdAt, deps)
      dueAts.set(order.merchantUid, next && new Date(Math.max(next.getTime(), soonest)))
    }
  }
}

/** Orders of one payee are read together, with its client. */
function groupByPayee(
  orders: readonly StoredOrder[],
): ReadonlyMap<Payee | undefined, readonly StoredOrder[]> {
  const groups = new Map<Payee | undefined, StoredOrder[]>()
  for (const each of orders) {
    const { payee } = each.order
    const group = groups.get(payee)
    if (group === undefined) groups.set(payee, [each])
    else group.push(each)
  }
  return groups
}

/** Adds what matters of the orders whose payments cannot be read at once. */
async function addUnreadable(
  open: readonly StoredOrder[],
  { records, unreadable }: PaymentRead,
  deps: JobDeps,
  budget: Budget,
): Promise<readonly ParsedRecord[]> {
  const all = [...records]
  for (const { order } of open) {
    if (!unreadable.has(order.merchantUid) || !budget.take(costOfParts)) continue
    const parts = await readInParts(order, deps, budget)
    if (parts.ok) all.push(...parts.value)
  }
  return all
}

/** Counts calls of the provider. */
function countCalls(deps: JobDeps, result: PollResult): JobDeps {
  const call: JobDeps['client']['call'] = (...parameters) => {
    result.calls += 1
    return deps.client.call(...parameters)
  }
  return { ...deps, client: { ...deps.client, call } }
}

/**
 * Closes the issues of payments that these orders have accepted since: they were made before their orders existed here,
 * or the database refused to record them. Every order comes by here at least once after it was created.
 *
 * @returns Whether all of them are closed.
 */
async function closeAccountedFor(
  claimed: readonly MerchantUid[],
  { store }: JobDeps,
  budget: Budget,
): Promise<boolean> {
  const issues = await store.reconciliationIssues.accountedFor(claimed)
  if (!issues.ok) return false
  for (const issue of issues.value) {
    if (!budget.take(costOfClose)) return false
    const outcome = issue.kind === 'order_unknown' ? 'order_created' : 'payment_accepted'
    const closed = await store.reconciliationIssues.close(issue, outcome)
    if (!closed.ok) return false
  }
  return true
}

/** Records each payment of an order, in the order in which they were started. */
async function syncOrder(
  stored: Order,
  records: readonly ParsedRecord[],
  deps: JobDeps,
  result: PollResult,
): Promise<Order> {
  let order = stored
  for (const { payment, record } of records) {
    const synced = await syncRecord(order, payment.impUid, record, deps)
    if (synced.ok) order = synced.value.order
  }
  if (order !== stored) result.changed += 1
  const listed = new Set(records.map(({ payment }) => payment.impUid))
  const areListed = toOpenAccounts(order.accounts).every((impUid) => listed.has(impUid))
  if (!areListed || !isOverdue(order, deps.now(), toGraceMs(deps.config))) return order

  const expired = await deps.store.orders.expire(order)
  if (!expired.ok) return order
  if (expired.value.status === 'expired') result.expired += 1
  return expired.value
}
