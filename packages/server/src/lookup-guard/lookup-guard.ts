import { type FetchPayment, fail, type ImpUid } from '@quayside/core'
import type { Gate, Lookup } from '@quayside/hono'
import type { Sleep } from '../timers.ts'
import { type Caller, callerOf } from './caller.ts'
import { createBreaker } from './circuit-breaker.ts'
import { createBudget, createBudgets } from './token-bucket.ts'
import { within } from './with-timeout.ts'

/** What the gate works with. */
export interface GateRooms {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: Sleep
  /** Where a request comes from; null when nobody can tell. */
  readonly clientAddress: (request: Request) => string | null
}

/** Why the gate held a lookup back. */
export interface HeldBack {
  readonly reason: 'held_back'
  readonly by: 'breaker' | 'budget' | 'misses' | 'crowd'
}

type Found = Awaited<ReturnType<FetchPayment>>

interface Seen {
  readonly beganAt: number
  readonly answer: Promise<Found>
  found: Found | null
  readonly waiting: Record<Caller, number>
}

/** For so long a payment is not looked up again. */
const windowMs = 2_000
/** An id that the provider does not know is seldom known a moment later. */
const notFoundMs = 10_000
/** A lookup cannot take longer: whoever waits for one that was dropped with its request makes his own. */
const longestLookupMs = 10_000
const mostPayments = 5_000
const mostOrders = 5_000
const mostWaiting = 20
const missesPerMinute = 10

/** How many lookups a minute each kind of caller may cause, at once or spread. */
export type LookupsPerMinute = Readonly<Record<Caller, number>>

// A busy sale must never feel them. What strangers may cause is what a webhook sender whose address is not
// published may need.
const lookupsOfOneInstance: LookupsPerMinute = { buyer: 60_000, provider: 60_000, stranger: 6_000 }

/**
 * Makes the gate of one worker instance. Repair does not pass here: its share is its own.
 *
 * - A payment is looked up once at a time, and at most once per 2 s. Who comes in between is served the
 *   record that is there, or, where it may be older than his news, waits for the next.
 * - Each order allows ten lookups a minute that find nothing of its own, to each kind of caller.
 * - Buyers, the provider's addresses and everybody else have budgets of their own.
 * - A provider in trouble is left alone, but for a probe now and then.
 */
export function createGate(
  { now, sleep, clientAddress }: GateRooms,
  lookupsPerMinute: LookupsPerMinute = lookupsOfOneInstance,
): Gate {
  const recent = new Map<ImpUid, Seen>()
  const breaker = createBreaker(now)
  const misses = createBudgets(missesPerMinute, mostOrders, now)
  const budgets = {
    buyer: createBudget(lookupsPerMinute.buyer, now),
    provider: createBudget(lookupsPerMinute.provider, now),
    stranger: createBudget(lookupsPerMinute.stranger, now),
  }

  const begin = async (lookup: Lookup, fetchPayment: FetchPayment): Promise<Found> => {
    const { impUid, merchantUid } = lookup.notice
    const caller = callerOf(lookup, clientAddress(lookup.request))
    const missed = misses(`${caller} ${merchantUid}`)
    if (!missed.take()) return holdBack('misses')
    if (!budgets[caller].take()) {
      missed.giveBack()
      return holdBack('budget')
    }
    if (!breaker.mayPass()) {
      missed.giveBack()
      return holdBack('breaker')
    }
    const answer = fetchPayment(impUid)
    const waiting = { buyer: 0, provider: 0, stranger: 0 }
    const seen: Seen = { beganAt: now(), answer, found: null, waiting }
    forget(recent, now())
    recent.delete(impUid)
    recent.set(impUid, seen)
    const found = await answer
    seen.found = found
    breaker.report(isTrouble(found))
    if (isTrouble(found) || readText(found, 'merchant_uid') === merchantUid) missed.giveBack()
    return found
  }

  /** The answer of a lookup that somebody else began; our own if his was dropped. */
  const join = async (seen: Seen, lookup: Lookup, fetchPayment: FetchPayment): Promise<Found> => {
    const found = seen.found ?? (await within(seen.answer, longestLookupMs, sleep))
    return found ?? begin(lookup, fetchPayment)
  }

  /** Waits until the payment may be looked up again; the first to wake does it for all who waited. */
  const queue = async (seen: Seen, lookup: Lookup, fetchPayment: FetchPayment): Promise<Found> => {
    const caller = callerOf(lookup, clientAddress(lookup.request))
    if (seen.waiting[caller] >= mostWaiting) return holdBack('crowd')
    seen.waiting[caller] += 1
    await sleep(Math.max(0, seen.beganAt + windowMs - now()))
    const next = recent.get(lookup.notice.impUid)
    return next === undefined || next === seen
      ? begin(lookup, fetchPayment)
      : join(next, lookup, fetchPayment)
  }

  return async (lookup, fetchPayment) => {
    const seen = recent.get(lookup.notice.impUid)
    if (seen === undefined || !isYoung(seen, now())) return begin(lookup, fetchPayment)
    const found = await join(seen, lookup, fetchPayment)
    return serves(found, lookup) ? found : queue(seen, lookup, fetchPayment)
  }
}

function isYoung({ beganAt, found }: Seen, at: number): boolean {
  if (found === null) return at - beganAt < longestLookupMs
  return at - beganAt < (isUnknown(found) ? notFoundMs : windowMs)
}

/**
 * Whether a record that may have been read before the news serves it. A buyer's page asks again by itself,
 * and a webhook does not: it is answered once, so it needs a record that says what it says. Two cancels
 * look alike from here.
 */
function serves(found: Found, { notice, door }: Lookup): boolean {
  if (!found.ok || door !== 'webhook') return true
  return notice.claimedStatus !== 'cancelled' && readText(found, 'status') === notice.claimedStatus
}

function isUnknown(found: Found): boolean {
  return !found.ok && found.failure.reason === 'payment_not_found'
}

function isTrouble(found: Found): boolean {
  return !found.ok && found.failure.reason !== 'payment_not_found'
}

function readText(found: Found, name: 'status' | 'merchant_uid'): unknown {
  const record = found.ok ? found.value : null
  if (typeof record !== 'object' || record === null) return undefined
  return Object.getOwnPropertyDescriptor(record, name)?.value
}

function holdBack(by: HeldBack['by']): Found {
  const cause: HeldBack = { reason: 'held_back', by }
  return fail({ reason: 'provider_unavailable', cause })
}

/** Drops what no longer answers for anything, oldest first, and whatever is too much. */
function forget(recent: Map<ImpUid, Seen>, at: number): void {
  for (const [impUid, { beganAt }] of recent) {
    if (recent.size < mostPayments && at - beganAt < notFoundMs) break
    recent.delete(impUid)
  }
}
