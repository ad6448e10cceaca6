import type { MerchantUid, Notice, PaymentNotice } from '@quayside/core'
import { completeSubject, toUnreadableNotice } from './complete-subject.ts'
import { confirmFailure } from './confirm-failure.ts'
import type { CompletionDeps } from './deps.ts'
import {
  acceptsPayment,
  type CompletionResult,
  toCompletionResult,
  toOrderResult,
  toPlainResult,
  toReportedFailure,
  toSubjectResult,
} from './response.ts'
import { namesPayment, syncNotice } from './sync-notice.ts'

/** A request of a buyer's browser. */
export interface RequestOfBuyer {
  readonly route: 'complete' | 'redirect'
  readonly request: Request
}

/** A notice that came through a browser, with its route and its request. */
export interface BrowserNotice extends RequestOfBuyer {
  readonly notice: Notice
  /** Whether the message seems to report the registration of a card: then it may be about no order. */
  readonly claimsBillingKey: boolean
}

/** Finds out what to tell the buyer. */
export async function resolveNotice(
  from: BrowserNotice,
  given: CompletionDeps,
): Promise<CompletionResult> {
  const { notice, route, request, claimsBillingKey } = from
  const isOfSubject = notice.kind === 'payment' || notice.kind === 'certification'
  const { completed, deps } = isOfSubject
    ? await completeSubject({ notice, route, request }, given)
    : { completed: null, deps: given }
  if (completed !== null) return toSubjectResult(completed)
  if (notice.kind !== 'payment') {
    deps.report({ kind: 'ignored', route, notice })
    return toPlainResult('received')
  }
  if (!namesPayment(notice)) return resolveRefusal(notice, { route, request }, deps)
  const synced = await syncNotice({ notice, route, request }, deps)
  const result = toCompletionResult(synced, notice, claimsBillingKey)
  if (result.status !== 'failed' || !synced.ok) return result
  const { merchantUid } = synced.value.order
  return confirmFailure(result, { merchantUid, route, request }, deps)
}

/**
 * A failure before a payment existed. Another payment of the order may have succeeded all the same, so the order
 * decides where it has a result.
 */
async function resolveRefusal(
  notice: PaymentNotice,
  from: RequestOfBuyer,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const refusal = toReportedFailure(notice)
  const { merchantUid } = notice
  if (merchantUid === null) return refusal
  const stored = await readOrderResult(merchantUid, from.route, deps)
  if (stored === 'unknown') return refusal
  if (stored === 'unavailable') return toPlainResult('pending')
  if (!acceptsPayment(stored)) return stored
  return refusal.status === 'failed'
    ? confirmFailure(refusal, { merchantUid, ...from }, deps)
    : refusal
}

/** Finds out what to tell the buyer of an order whose return is not readable. */
export async function resolveOrder(
  merchantUid: MerchantUid,
  from: RequestOfBuyer,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const { completed } = await completeSubject(
    { ...from, notice: toUnreadableNotice(merchantUid) },
    deps,
  )
  if (completed !== null) return toSubjectResult(completed)
  const stored = await readOrderResult(merchantUid, from.route, deps)
  if (typeof stored === 'string') return toPlainResult('pending')
  return stored.status === 'failed'
    ? confirmFailure(stored, { merchantUid, ...from }, deps)
    : stored
}

async function readOrderResult(
  merchantUid: MerchantUid,
  route: RequestOfBuyer['route'],
  { store, report }: CompletionDeps,
): Promise<CompletionResult | 'unknown' | 'unavailable'> {
  const found = await store.find(merchantUid)
  if (found.ok) return toOrderResult(found.value)
  if (found.failure.reason === 'order_unknown') return 'unknown'
  report({ kind: 'order_not_read', route, failure: found.failure })
  return 'unavailable'
}
