import { type FetchPayment, fail, type ImpUid } from '@quayside/core'
import type { Lookup, LookupGuard } from '@quayside/hono'
import type { Sleep } from '../timers.ts'
import { type Caller, callerOf } from './caller.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { createTokenBucket, createTokenBuckets } from './token-bucket.ts'
import { withTimeout } from './with-timeout.ts'

/** What the gate works with. */
export interface LookupGuardDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: Sleep
  /** Where a request comes from; null when nobody can tell. */
  readonly clientAddress: (request: Request) => string | null
}

/** Why the gate held a lookup back. */
export interface LookupLimited {
  readonly reason: 'lookup_limited'
  readonly by: 'circuit_breaker' | 'rate_limit' | 'order_limit' | 'concurrency_limit'
}

type LookupResult = Awaited<ReturnType<FetchPayment>>

interface RecentLookup {
  readonly startedAt: number
  readonly pending: Promise<LookupResult>
  result: LookupResult | null
  readonly waiting: Record<Caller, number>
}

/** For so long a payment is not looked up again. */
const windowMs = 2_000
/** An id that the provider does not know is seldom known a moment later. */
const notFoundMs = 10_000
/** A lookup cannot take longer: whoever waits for one that was dropped with its request makes his own. */
const maxLookupMs = 10_000
const maxPayments = 5_000
const maxOrders = 5_000
const maxWaiting = 20
const missesPerMinute = 10

/** How many lookups a minute each kind of caller may cause, at once or spread. */
export type LookupsPerMinute = Readonly<Record<Caller, number>>

// A busy sale must never feel them. What strangers may cause is what a webhook sender whose address is not
// published may need.
const defaultLookupsPerMinute: LookupsPerMinute = {
  buyer: 60_000,
  provider: 60_000,
  unknown: 6_000,
}

/**
 * Makes the gate of one worker instance. Repair does not pass here: its share is its own.
 *
 * - A payment is looked up once at a time, and at most once per 2 s. Who comes in between is served the
 *   record that is there, or, where it may be older than his news, waits for the next.
 * - Each order allows ten lookups a minute that find nothing of its own, to each kind of caller.
 * - Buyers, the provider's addresses and everybody else have budgets of their own.
 * - A provider in trouble is left alone, but for a probe now and then.
 */
export function createLookupGuard(
  { now, sleep, clientAddress }: LookupGuardDeps,
  lookupsPerMinute: LookupsPerMinute = defaultLookupsPerMinute,
): LookupGuard {
  const recent = new Map<ImpUid, RecentLookup>()
  const circuitBreaker = createCircuitBreaker(now)
  const missBuckets = createTokenBuckets(missesPerMinute, maxOrders, now)
  const callerBuckets = {
    buyer: createTokenBucket(lookupsPerMinute.buyer, now),
    provider: createTokenBucket(lookupsPerMinute.provider, now),
    unknown: createTokenBucket(lookupsPerMinute.unknown, now),
  }

  const startLookup = async (lookup: Lookup, fetchPayment: FetchPayment): Promise<LookupResult> => {
    const { impUid, merchantUid } = lookup.notice
    const caller = callerOf(lookup, clientAddress(lookup.request))
    const missBucket = missBuckets(`${caller} ${merchantUid}`)
    if (!missBucket.take()) return limited('order_limit')
    if (!callerBuckets[caller].take()) {
      missBucket.restore()
      return limited('rate_limit')
    }
    if (!circuitBreaker.allowsCall()) {
      missBucket.restore()
      return limited('circuit_breaker')
    }
    const pending = fetchPayment(impUid)
    const waiting = { buyer: 0, provider: 0, unknown: 0 }
    const recentLookup: RecentLookup = { startedAt: now(), pending, result: null, waiting }
    evict(recent, now())
    recent.delete(impUid)
    recent.set(impUid, recentLookup)
    const found = await pending
    recentLookup.result = found
    circuitBreaker.recordOutcome(isProviderFailure(found))
    if (isProviderFailure(found) || readText(found, 'merchant_uid') === merchantUid)
      missBucket.restore()
    return found
  }

  /** The answer of a lookup that somebody else began; our own if his was dropped. */
  const joinLookup = async (
    recentLookup: RecentLookup,
    lookup: Lookup,
    fetchPayment: FetchPayment,
  ): Promise<LookupResult> => {
    const found =
      recentLookup.result ?? (await withTimeout(recentLookup.pending, maxLookupMs, sleep))
    return found ?? startLookup(lookup, fetchPayment)
  }

  /** Waits until the payment may be looked up again; the first to wake does it for all who waited. */
  const waitForNextLookup = async (
    recentLookup: RecentLookup,
    lookup: Lookup,
    fetchPayment: FetchPayment,
  ): Promise<LookupResult> => {
    const caller = callerOf(lookup, clientAddress(lookup.request))
    if (recentLookup.waiting[caller] >= maxWaiting) return limited('concurrency_limit')
    recentLookup.waiting[caller] += 1
    await sleep(Math.max(0, recentLookup.startedAt + windowMs - now()))
    const next = recent.get(lookup.notice.impUid)
    return next === undefined || next === recentLookup
      ? startLookup(lookup, fetchPayment)
      : joinLookup(next, lookup, fetchPayment)
  }

  return async (lookup, fetchPayment) => {
    const recentLookup = recent.get(lookup.notice.impUid)
    if (recentLookup === undefined || !isFresh(recentLookup, now()))
      return startLookup(lookup, fetchPayment)
    const found = await joinLookup(recentLookup, lookup, fetchPayment)
    return satisfies(found, lookup) ? found : waitForNextLookup(recentLookup, lookup, fetchPayment)
  }
}

function isFresh({ startedAt: beganAt, result }: RecentLookup, at: number): boolean {
  if (result === null) return at - beganAt < maxLookupMs
  return at - beganAt < (isNotFound(result) ? notFoundMs : windowMs)
}

/**
 * Whether a record that may have been read before the news serves it. A buyer's page asks again by itself,
 * and a webhook does not: it is answered once, so it needs a record that says what it says. Two cancels
 * look alike from here.
 */
function satisfies(found: LookupResult, { notice, route }: Lookup): boolean {
  if (!found.ok || route !== 'webhook') return true
  return notice.claimedStatus !== 'cancelled' && readText(found, 'status') === notice.claimedStatus
}

function isNotFound(found: LookupResult): boolean {
  return !found.ok && found.failure.reason === 'payment_not_found'
}

function isProviderFailure(found: LookupResult): boolean {
  return !found.ok && found.failure.reason !== 'payment_not_found'
}

function readText(found: LookupResult, name: 'status' | 'merchant_uid'): unknown {
  const record = found.ok ? found.value : null
  if (typeof record !== 'object' || record === null) return undefined
  return Object.getOwnPropertyDescriptor(record, name)?.value
}

function limited(by: LookupLimited['by']): LookupResult {
  const cause: LookupLimited = { reason: 'lookup_limited', by }
  return fail({ reason: 'provider_unavailable', cause })
}

/** Drops what no longer answers for anything, oldest first, and whatever is too much. */
function evict(recent: Map<ImpUid, RecentLookup>, at: number): void {
  for (const [impUid, { startedAt: beganAt }] of recent) {
    if (recent.size < maxPayments && at - beganAt < notFoundMs) break
    recent.delete(impUid)
  }
}
