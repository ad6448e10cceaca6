import { payments } from '@quayside/client'
import { isOverdue, type MerchantUid, type Order } from '@quayside/core'
import type { RepairRooms } from '../deps.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import { type Entry, groupByOrder, toEntries } from '../payments/payment-record.ts'
import { syncRecord } from '../payments/sync-record.ts'
import type { Look } from '../ports/poll-schedule.ts'
import { isolate } from './isolate-errors.ts'
import { mostChanges } from './match-payments.ts'
import { isOpen, planLook } from './poll-plan.ts'

/** As many as the provider answers for in one call. */
const mostPerCall = 100
/** Of one sweep; what is left is due in the next. */
const mostCalls = 150

/** What one sweep did. */
export interface Looked {
  calls: number
  looked: number
  changed: number
  expired: number
}

/**
 * Asks the provider about open orders that are due, a hundred in a call, and completes them as the doors
 * would. An account that nobody paid into by its date expires here, after that look: no message tells of it.
 */
export async function lookAtOpenOrders(rooms: RepairRooms): Promise<Looked> {
  const done: Looked = { calls: 0, looked: 0, changed: 0, expired: 0 }
  while (done.calls < mostCalls && done.changed < mostChanges) {
    const claimed = await rooms.store.looks.claim(mostPerCall)
    if (!claimed.ok || claimed.value.length === 0) break
    const goesOn = await lookAt(claimed.value, rooms, done)
    if (!goesOn || claimed.value.length < mostPerCall) break
  }
  return done
}

async function lookAt(
  claimed: readonly MerchantUid[],
  rooms: RepairRooms,
  done: Looked,
): Promise<boolean> {
  const stored = await rooms.store.bulk.orders(claimed)
  if (!stored.ok) return false
  const open = stored.value.filter(({ order }) => isOpen(order))
  const found = await readRecords(open, rooms, done)
  if (found === null) {
    const dueAt = rooms.now()
    await rooms.store.looks.plan(claimed.map((merchantUid) => ({ merchantUid, dueAt })))
    return false
  }
  const looks: Look[] = claimed.map((merchantUid) => ({ merchantUid, dueAt: null }))
  for (const each of open) {
    const entries = found.get(each.order.merchantUid) ?? []
    const order = await isolate(each.order.merchantUid, rooms.log, () =>
      complete(each.order, entries, rooms, done),
    )
    const dueAt = planLook(order ?? each.order, each.createdAt, rooms.now())
    looks.push({ merchantUid: each.order.merchantUid, dueAt })
  }
  const planned = await rooms.store.looks.plan(latest(looks))
  return planned.ok
}

/** The records of these orders' payments; null when the provider gave no usable answer. */
async function readRecords(
  open: readonly StoredOrder[],
  { client, log }: RepairRooms,
  done: Looked,
): Promise<ReadonlyMap<string, readonly Entry[]> | null> {
  if (open.length === 0) return new Map()
  done.calls += 1
  done.looked += open.length
  const merchantUids = open.map(({ order }) => order.merchantUid)
  const answer = await client.call(payments.several, { merchant_uid: merchantUids })
  if (answer.ok) return groupByOrder(toEntries(answer.value))
  // None of them has a payment: the usual case of windows that were never opened.
  if (answer.failure.reason === 'not_found') return new Map()
  log('look_failed', { reason: answer.failure.reason, orders: open.length })
  return null
}

/** Records what each payment of an order says, in the order in which they were begun. */
async function complete(
  stored: Order,
  entries: readonly Entry[],
  rooms: RepairRooms,
  done: Looked,
): Promise<Order> {
  let order = stored
  for (const { payment, record } of entries) {
    const synced = await syncRecord(order, payment.impUid, record, rooms)
    if (synced.ok) order = synced.value.order
  }
  if (order !== stored) done.changed += 1
  const isAnswered = entries.some(({ payment }) => payment.impUid === order.impUid)
  if (!isAnswered || !isOverdue(order, rooms.now())) return order

  const expired = await rooms.store.orders.expire(order)
  if (!expired.ok) return order
  if (expired.value.status === 'expired') done.expired += 1
  return expired.value
}

function latest(looks: readonly Look[]): readonly Look[] {
  return [...new Map(looks.map((look) => [look.merchantUid, look])).values()]
}
