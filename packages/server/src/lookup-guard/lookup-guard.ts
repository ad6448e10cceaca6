import {
  type FetchPayment,
  fail,
  type MerchantUid,
  ok,
  type Payee,
  payeeOf,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import type { FindPaid, Lookup, LookupGuard } from '@quayside/hono'
import { type Sleep, withTimeout } from '../timers.ts'
import { type Caller, callerOf } from './caller.ts'
import { createKnownPayments } from './known-payments.ts'
import {
  findRecords,
  isNotFound,
  isProviderFailure,
  type LookupResult,
  limited,
  pickPayment,
  readText,
} from './lookup-result.ts'
import { createMissLimit } from './miss-limit.ts'
import { createOrderLookups, type FetchPaymentsOfOrder, type OfRequest } from './order-lookups.ts'
import { createProviderCalls, type LookupsPerMinute } from './provider-calls.ts'
import { type RecordKey, toRecordKey } from './record-key.ts'
import { isWithin, toWait } from './window.ts'

/** What the lookup guard needs. */
export interface LookupGuardDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: Sleep
  /** Returns the address that sent a request; null when it is not known. */
  readonly clientAddress: (request: Request) => string | null
  readonly fetchPaymentsOfOrder: FetchPaymentsOfOrder
  /** Finds who is paid by an order: undefined for the account that needs no name. */
  readonly findPayee: (merchantUid: MerchantUid) => Promise<Result<Payee | undefined, StoreFailure>>
  /** Whether the settings name a payee. */
  readonly isKnownPayee: (payee: Payee) => boolean
}

/** What the completion routes call instead of the provider. */
export interface LookupGuards {
  readonly lookupGuard: LookupGuard
  readonly findPaid: FindPaid
}

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
/** Outdated lookups are deleted once for so many new ones. */
const evictionStep = 100
const maxWaiting = 20

// High enough for any sale. Unknown senders may cause what a webhook sender without a published address may need.
const defaultLookupsPerMinute: LookupsPerMinute = {
  buyer: 60_000,
  provider: 60_000,
  unknown: 6_000,
}

/**
 * Makes the lookup guards of one process. They limit the completion routes only: jobs call the provider directly.
 *
 * - A payment is looked up by one request at a time, and at most once per 2 s. Requests in between get the
 *   record of the last lookup, or wait for the next one when the record may be older than their notice.
 * - Per order and kind of caller, ten lookups a minute may find nothing of that order. After these, the payments of the order
 *   are read by its id, once per 2 s for all requests, so that guesses do not delay the payment that the order has.
 * - Whether an order has money is read in the same way, for a buyer who would otherwise read that the payment failed.
 * - A payment that was found to belong to an order is not counted as a guess.
 * - Buyers, the provider's addresses and all others have separate rate limits.
 * - A failing provider gets single calls only, which one account with refused keys does not cause for the others.
 */
export function createLookupGuards(
  deps: LookupGuardDeps,
  lookupsPerMinute: LookupsPerMinute = defaultLookupsPerMinute,
): LookupGuards {
  const { now, sleep, clientAddress, fetchPaymentsOfOrder, findPayee, isKnownPayee } = deps
  const recent = new Map<RecordKey, RecentLookup>()
  let evictAt = evictionStep
  const knownPayments = createKnownPayments(maxPayments)
  const missLimit = createMissLimit(now)
  const tryCall = createProviderCalls(now, lookupsPerMinute, isKnownPayee)
  const callerOfLookup = (lookup: OfRequest) => callerOf(lookup, clientAddress(lookup.request))
  const lookUpByOrder = createOrderLookups({
    now,
    sleep,
    call: (lookup, order) => {
      const of = { caller: callerOfLookup(lookup), payee: order.payee }
      const pending = tryCall(of, () => fetchPaymentsOfOrder(order))
      return typeof pending === 'string' ? fail(limited(pending)) : ok(pending)
    },
  })

  const startLookup = async (lookup: Lookup, fetchPayment: FetchPayment): Promise<LookupResult> => {
    const { impUid, merchantUid } = lookup.notice
    const record = toRecordKey(lookup)
    const caller = callerOfLookup(lookup)
    // The id names the payee of what the notice is about: an order, a registration, a verification.
    const payee = payeeOf(impUid)
    const missBucket = knownPayments.has({ record, merchantUid })
      ? null
      : missLimit(caller, merchantUid, clientAddress(lookup.request))
    if (missBucket?.take() === false) {
      // Only payments can be read by the id of their order.
      return merchantUid === null || lookup.record !== undefined
        ? limited('guess_limit')
        : pickPayment(await lookUpByOrder(lookup, { merchantUid, payee }), impUid)
    }
    const pending = tryCall({ caller, payee }, () => fetchPayment(impUid))
    if (typeof pending === 'string') {
      missBucket?.restore()
      return limited(pending)
    }
    const waiting = { buyer: 0, provider: 0, unknown: 0 }
    const recentLookup: RecentLookup = { startedAt: now(), pending, result: null, waiting }
    if (recent.size >= evictAt) {
      evict(recent, now())
      evictAt = recent.size + evictionStep
    }
    recent.delete(record)
    recent.set(record, recentLookup)
    const found = await pending
    recentLookup.result = found
    const owner = readText(found, 'merchant_uid')
    const isOwn = typeof owner === 'string' && (merchantUid === null || owner === merchantUid)
    if (isOwn) knownPayments.add(record, owner)
    if (isOwn || isProviderFailure(found)) missBucket?.restore()
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
    const caller = callerOfLookup(lookup)
    if (recentLookup.waiting[caller] >= maxWaiting) return limited('concurrency_limit')
    recentLookup.waiting[caller] += 1
    await sleep(toWait(recentLookup.startedAt, windowMs, now()))
    const next = recent.get(toRecordKey(lookup))
    return next === undefined || next === recentLookup
      ? startLookup(lookup, fetchPayment)
      : joinLookup(next, lookup, fetchPayment)
  }

  const shareLookup = async (
    recentLookup: RecentLookup,
    lookup: Lookup,
    fetchPayment: FetchPayment,
  ): Promise<LookupResult> => {
    const found = await joinLookup(recentLookup, lookup, fetchPayment)
    return satisfies(found, lookup) ? found : waitForNextLookup(recentLookup, lookup, fetchPayment)
  }
  const lookupGuard: LookupGuard = (lookup, fetchPayment) => {
    const recentLookup = recent.get(toRecordKey(lookup))
    return recentLookup === undefined || !isFresh(recentLookup, now())
      ? startLookup(lookup, fetchPayment)
      : shareLookup(recentLookup, lookup, fetchPayment)
  }

  const findPaid: FindPaid = async (lookup) => {
    const { merchantUid } = lookup
    const found = await findPayee(merchantUid)
    if (!found.ok) return fail({ reason: 'provider_unavailable', cause: found.failure })
    const list = await lookUpByOrder(lookup, { merchantUid, payee: found.value })
    if (!list.ok) return isNotFound(list) ? ok([]) : list
    return ok(findRecords(list, 'status', 'paid'))
  }
  return { lookupGuard, findPaid }
}

function isFresh({ startedAt: beganAt, result }: RecentLookup, at: number): boolean {
  if (result === null) return isWithin(beganAt, maxLookupMs, at)
  return isWithin(beganAt, isNotFound(result) ? notFoundMs : windowMs, at)
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

/** Deletes outdated lookups, oldest first, and more of them where the limit would be exceeded before the next time. */
function evict(recent: Map<RecordKey, RecentLookup>, at: number): void {
  for (const [record, { startedAt: beganAt }] of recent) {
    if (recent.size <= maxPayments - evictionStep && at - beganAt < notFoundMs) break
    recent.delete(record)
  }
}
