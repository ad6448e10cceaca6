import { payments } from '@quayside/client'
import { isOverdue, type MerchantUid, type Order } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import { toOpenAccounts } from '../domain/accounts.ts'
import { isOpen } from '../domain/status.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import { groupByOrder, type ParsedRecord, parseRecords } from '../payments/payment-record.ts'
import { syncRecord } from '../payments/sync-record.ts'
import type { PlannedPoll } from '../ports/poll-schedule.ts'
import { isolateErrors } from './isolate-errors.ts'
import { isTooLarge } from './list-payments.ts'
import { maxChanges } from './match-payments.ts'
import { planNextPoll, toGraceMs } from './poll-plan.ts'

/** The provider's limit for one call. */
const maxOrdersPerCall = 100
/** Per run; the rest is due in the next one. */
const maxCalls = 150

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
 * due date of its last account has ended: the provider sends no message for it.
 */
export async function pollOpenOrders(deps: JobDeps): Promise<PollResult> {
  const result: PollResult = { calls: 0, polled: 0, changed: 0, expired: 0 }
  while (result.calls < maxCalls && result.changed < maxChanges) {
    const claimed = await deps.store.pollSchedule.claim(maxOrdersPerCall)
    if (!claimed.ok || claimed.value.length === 0) break
    const shouldContinue = await pollOrders(claimed.value, deps, result)
    if (!shouldContinue || claimed.value.length < maxOrdersPerCall) break
  }
  return result
}

async function pollOrders(
  claimed: readonly MerchantUid[],
  deps: JobDeps,
  result: PollResult,
): Promise<boolean> {
  const stored = await deps.store.orderQueries.orders(claimed)
  if (!stored.ok) return false
  const open = stored.value.filter(({ order }) => isOpen(order.status))
  result.polled += open.length
  const found = await readRecords(open, deps, result)
  if (found === null) {
    const dueAt = deps.now()
    await deps.store.pollSchedule.plan(claimed.map((merchantUid) => ({ merchantUid, dueAt })))
    return false
  }
  const polls: PlannedPoll[] = claimed.map((merchantUid) => ({ merchantUid, dueAt: null }))
  for (const each of open) {
    const records = found.get(each.order.merchantUid) ?? []
    const order = await isolateErrors(each.order.merchantUid, deps.log, () =>
      syncOrder(each.order, records, deps, result),
    )
    const dueAt = planNextPoll(order ?? each.order, each.createdAt, deps)
    polls.push({ merchantUid: each.order.merchantUid, dueAt })
  }
  const planned = await deps.store.pollSchedule.plan(lastOfEachOrder(polls))
  return planned.ok
}

/**
 * Returns the records of these orders' payments; null when the provider gave no usable response. A response
 * that is too large is requested again in halves: an order with too many payments is logged, and keeps no other
 * order from being read.
 */
async function readRecords(
  open: readonly StoredOrder[],
  deps: JobDeps,
  result: PollResult,
): Promise<ReadonlyMap<string, readonly ParsedRecord[]> | null> {
  const { client, log } = deps
  if (open.length === 0) return new Map()
  result.calls += 1
  const merchantUids = open.map(({ order }) => order.merchantUid)
  const response = await client.call(payments.several, { merchant_uid: merchantUids })
  if (response.ok) return groupByOrder(parseRecords(response.value))
  // None of them has a payment: the usual case, because many payment windows are never opened.
  if (response.failure.reason === 'not_found') return new Map()
  const { reason } = response.failure
  if (isTooLarge(response.failure) && open.length > 1 && result.calls < maxCalls) {
    const middle = Math.ceil(open.length / 2)
    const first = await readRecords(open.slice(0, middle), deps, result)
    const second = first && (await readRecords(open.slice(middle), deps, result))
    return first && second && new Map([...first, ...second])
  }
  if (isTooLarge(response.failure) && open.length === 1) {
    log('poll_failed', { reason, merchantUid: merchantUids[0] ?? null })
    return new Map()
  }
  log('poll_failed', { reason, orders: open.length })
  return null
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

function lastOfEachOrder(polls: readonly PlannedPoll[]): readonly PlannedPoll[] {
  return [...new Map(polls.map((poll) => [poll.merchantUid, poll])).values()]
}
