import {
  decide,
  type ImpUid,
  type MerchantUid,
  type Mode,
  type Order,
  ok,
  type Payment,
  type Result,
  type StoreFailure,
  type Synced,
  type SyncFailure,
  verifyPayment,
} from '@quayside/core'
import type { RepairRooms } from '../deps.ts'
import type { Entry } from '../payments/payment-record.ts'
import { syncRecord } from '../payments/sync-record.ts'
import type { Noted } from '../ports/order-queries.ts'
import { isolate } from './isolate-errors.ts'

/** What a page of the provider's list is, held against the orders. */
export interface Compared {
  /** Payments that were news, and were tried. */
  readonly changed: number
  /** Payments that were news and are not recorded yet: the list is to be read again. */
  readonly left: number
  /** Payments of orders that are not there. */
  readonly unknown: readonly Payment[]
}

/** Each costs queries, and one invocation has a thousand. */
export const mostChanges = 200

/** Holds payments against their orders, with two queries for all of them, and records what is news. */
export async function compare(
  entries: readonly Entry[],
  rooms: RepairRooms,
): Promise<Result<Compared, StoreFailure>> {
  const { bulk } = rooms.store
  const ids = [...new Set(entries.map(({ payment }) => payment.merchantUid))]
  const stored = await bulk.orders(ids)
  if (!stored.ok) return stored
  const orders = new Map(stored.value.map(({ order }) => [order.merchantUid, order]))
  const noted = await bulk.noted(entries.map(({ payment }) => payment.impUid))
  if (!noted.ok) return noted
  const isNoted = toLookup(noted.value)

  let changed = 0
  let left = 0
  for (const { payment, record } of entries) {
    const order = orders.get(payment.merchantUid)
    if (order === undefined || !isNews(payment, order, rooms.config.mode, isNoted)) continue
    if (changed + left >= mostChanges) {
      left += 1
      continue
    }
    const synced = await isolate(payment.impUid, rooms.log, () =>
      syncRecord(order, payment.impUid, record, rooms),
    )
    if (isStoreAway(synced)) left += 1
    else changed += 1
    if (synced?.ok === true) orders.set(order.merchantUid, synced.value.order)
  }
  const unknown = entries.flatMap(({ payment }) =>
    orders.has(payment.merchantUid) ? [] : [payment],
  )
  return ok({ changed, left, unknown })
}

type IsNoted = (
  impUid: ImpUid,
  merchantUid: MerchantUid,
  statuses: readonly Payment['status'][],
) => boolean

function isNews(payment: Payment, order: Order, mode: Mode, isNoted: IsNoted): boolean {
  const verified = verifyPayment(payment, order, mode)
  const isNew = (...statuses: readonly Payment['status'][]): boolean =>
    !isNoted(payment.impUid, order.merchantUid, statuses)
  // A part that was given back of stray money is no news of its order.
  const isNewMoney =
    payment.status === 'partially_cancelled'
      ? isNew('paid', 'partially_cancelled')
      : isNew(payment.status)
  if (!verified.ok) return isNewMoney
  switch (decide(verified.value, order).kind) {
    case 'keep':
      return false
    case 'become':
      return true
    case 'duplicate_paid':
    case 'late_paid':
      return isNewMoney
    case 'given_back':
      return isNew('paid', 'partially_cancelled', 'cancelled')
  }
}

function toLookup(noted: readonly Noted[]): IsNoted {
  const keys = new Set(
    noted.map(({ impUid, merchantUid, paymentStatus }) =>
      JSON.stringify([impUid, merchantUid, paymentStatus]),
    ),
  )
  return (impUid, merchantUid, statuses) =>
    statuses.some((each) => keys.has(JSON.stringify([impUid, merchantUid, each])))
}

/**
 * Then the whole list waits. Whatever else went wrong is the matter of one order, which the looks take up
 * again: it must not hold up what the list brings for the others.
 */
function isStoreAway(synced: Result<Synced, SyncFailure> | null): boolean {
  return synced !== null && !synced.ok && synced.failure.reason === 'store_unavailable'
}
