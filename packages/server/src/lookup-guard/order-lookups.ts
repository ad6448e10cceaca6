import type { MerchantUid, Result } from '@quayside/core'
import type { Lookup } from '@quayside/hono'
import type { PaidOrder } from '../domain/payee.ts'
import { type Sleep, withTimeout } from '../timers.ts'
import { dropOldest } from './drop-oldest.ts'
import { type LookupResult, limited } from './lookup-result.ts'
import { isWithin, toWait } from './window.ts'

/** Reads all payments of an order in one call. An order without a payment has an empty list. */
export type FetchPaymentsOfOrder = (order: PaidOrder) => Promise<LookupResult>

/** What lookups by order need. */
export interface OrderLookupDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: Sleep
  /** Makes the call for an order, unless a limit forbids it. */
  readonly call: (
    request: OfRequest,
    order: PaidOrder,
  ) => Result<Promise<LookupResult>, LookupResult>
}

/** The request that causes a lookup, and its route. */
export type OfRequest = Pick<Lookup, 'route' | 'request'>

/** Reads the payments of an order: the value is their records. */
export type OrderLookups = (request: OfRequest, order: PaidOrder) => Promise<LookupResult>

interface RecentList {
  readonly startedAt: number
  readonly pending: Promise<LookupResult>
  result: LookupResult | null
  waiting: number
}

/** Within this time the payments of an order are not read again. */
const windowMs = 2_000
const maxOrders = 5_000
// All requests of a window wait for one call. Each is a timer and a few hundred bytes.
const maxWaiting = 5_000
const maxCallMs = 10_000

/**
 * Makes lookups by order: whatever ids are offered for an order, one call per 2 s reads the payments that it really has,
 * and answers every request that arrived before. So guesses cost nothing, and the true id among them is found.
 *
 * A request never gets a list that was read before it arrived: its payment may be newer.
 */
export function createOrderLookups({ now, sleep, call }: OrderLookupDeps): OrderLookups {
  const recent = new Map<MerchantUid, RecentList>()
  const isRecent = (list: RecentList | undefined): list is RecentList =>
    list !== undefined && isWithin(list.startedAt, windowMs, now())

  const start: OrderLookups = async (request, order) => {
    const { merchantUid } = order
    const started = call(request, order)
    if (!started.ok) return started.failure
    const list: RecentList = {
      startedAt: now(),
      pending: started.value,
      result: null,
      waiting: 0,
    }
    recent.delete(merchantUid)
    recent.set(merchantUid, list)
    dropOldest(recent, maxOrders)
    list.result = await list.pending
    return list.result
  }

  return async (request, order) => {
    const { merchantUid } = order
    const before = recent.get(merchantUid)
    if (isRecent(before)) {
      if (before.waiting >= maxWaiting) return limited('concurrency_limit')
      before.waiting += 1
      await sleep(toWait(before.startedAt, windowMs, now()))
    }
    // Not by the time alone: a timer may end a moment early.
    const next = recent.get(merchantUid)
    if (next === before || !isRecent(next)) return start(request, order)
    const found = next.result ?? (await withTimeout(next.pending, maxCallMs, sleep))
    // Its call ended with the request that made it.
    return found ?? start(request, order)
  }
}
