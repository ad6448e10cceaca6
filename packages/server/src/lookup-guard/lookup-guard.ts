import { type FetchPayment, fail, type ImpUid } from '@quayside/core'
import type { Lookup, LookupGuard } from '@quayside/hono'
import type { Sleep } from '../timers.ts'
import { type Caller, callerOf } from './caller.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { createTokenBucket, createTokenBuckets } from './token-bucket.ts'
import { withTimeout } from './with-timeout.ts'

/** What the lookup guard needs. */
export interface LookupGuardDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: Sleep
  /** Returns the address that sent a request; null when it is not known. */
  readonly clientAddress: (request: Request) => string | null
}

/** Why the guard made no lookup. */
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

/** Within this time a payment is not looked up again. */
const windowMs = 2_000
/** An id that the provider does not know is rarely known seconds later. */
const notFoundMs = 10_000
/** No lookup takes longer. A request that waits for one that was dropped with its own request makes another. */
const maxLookupMs = 10_000
const maxPayments = 5_000
const maxOrders = 5_000
const maxWaiting = 20
const missesPerMinute = 10
/** Of all notices together that name no order: any of them may be honest, so they have more. */
const unnamedMissesPerMinute = 600

/** How many lookups a minute each kind of caller may cause, at once or spread. */
export type LookupsPerMinute = Readonly<Record<Caller, number>>

// High enough for any sale. Unknown senders may cause what a webhook sender without a published address may need.
const defaultLookupsPerMinute: LookupsPerMinute = {
  buyer: 60_000,
  provider: 60_000,
  unknown: 6_000,
}

/**
 * Makes the lookup guard of one process. It limits the completion routes only: jobs call the provider directly.
 *
 * - A payment is looked up by one request at a time, and at most once per 2 s. Requests in between get the
 *   record of the last lookup, or wait for the next one when the record may be older than their notice.
 * - Per order and kind of caller, ten lookups a minute may find nothing of that order; 600 of all notices that name
 *   a payment only.
 * - Buyers, the provider's addresses and all others have separate rate limits.
 * - A failing provider gets single calls only.
 */
export function createLookupGuard(
  { now, sleep, clientAddress }: LookupGuardDeps,
  lookupsPerMinute: LookupsPerMinute = defaultLookupsPerMinute,
): LookupGuard {
  const recent = new Map<ImpUid, RecentLookup>()
  const circuitBreaker = createCircuitBreaker(now)
  const missBuckets = createTokenBuckets(missesPerMinute, maxOrders, now)
  const unnamedMissBuckets = createTokenBuckets(unnamedMissesPerMinute, 3, now)
  const callerBuckets = {
    buyer: createTokenBucket(lookupsPerMinute.buyer, now),
    provider: createTokenBucket(lookupsPerMinute.provider, now),
    unknown: createTokenBucket(lookupsPerMinute.unknown, now),
  }

  const startLookup = async (lookup: Lookup, fetchPayment: FetchPayment): Promise<LookupResult> => {
    const { impUid, merchantUid } = lookup.notice
    const caller = callerOf(lookup, clientAddress(lookup.request))
    const missBucket =
      merchantUid === null ? unnamedMissBuckets(caller) : missBuckets(`${caller} ${merchantUid}`)
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
    const isHit = merchantUid === null ? found.ok : readText(found, 'merchant_uid') === merchantUid
    if (isProviderFailure(found) || isHit) missBucket.restore()
    return found
  }

  /** Returns the result of a lookup that another request started; makes its own if that was dropped. */
  const joinLookup = async (
    recentLookup: RecentLookup,
    lookup: Lookup,
    fetchPayment: FetchPayment,
  ): Promise<LookupResult> => {
    const found =
      recentLookup.result ?? (await withTimeout(recentLookup.pending, maxLookupMs, sleep))
    return found ?? startLookup(lookup, fetchPayment)
  }

  /** Waits until the payment may be looked up again; the first request to continue does it for all. */
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
 * Whether a record that may be older than the notice is enough for it. A buyer's page asks again by itself, but a
 * webhook gets one response: it needs a record with the status that it claims. Two cancels cannot be
 * distinguished by that.
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

/** Deletes outdated lookups, oldest first, and as many more as exceed the limit. */
function evict(recent: Map<ImpUid, RecentLookup>, at: number): void {
  for (const [impUid, { startedAt: beganAt }] of recent) {
    if (recent.size < maxPayments && at - beganAt < notFoundMs) break
    recent.delete(impUid)
  }
}
