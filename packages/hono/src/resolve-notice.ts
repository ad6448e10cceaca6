import type { MerchantUid, Notice, PaymentNotice } from '@quayside/core'
import type { CompletionDeps } from './deps.ts'
import {
  acceptsPayment,
  type CompletionResult,
  toCompletionResult,
  toOrderResult,
  toPlainResult,
  toReportedFailure,
} from './response.ts'
import { namesPayment, syncNotice } from './sync-notice.ts'

/** A notice that came through a browser, with its route and its request. */
export interface BrowserNotice {
  readonly notice: Notice
  readonly route: 'complete' | 'redirect'
  readonly request: Request
  /** Whether the message seems to report the registration of a card: then it may be about no order. */
  readonly claimsBillingKey: boolean
}

/** Finds out what to tell the buyer. */
export async function resolveNotice(
  { notice, route, request, claimsBillingKey }: BrowserNotice,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  if (notice.kind !== 'payment') {
    deps.report({ kind: 'ignored', route, notice })
    return toPlainResult('received')
  }
  if (!namesPayment(notice)) return resolveRefusal(notice, route, deps)
  const synced = await syncNotice({ notice, route, request }, deps)
  return toCompletionResult(synced, notice, claimsBillingKey)
}

/**
 * A failure before a payment existed. Another payment of the order may have succeeded all the same, so the order
 * decides where it has a result.
 */
async function resolveRefusal(
  notice: PaymentNotice,
  route: BrowserNotice['route'],
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const refusal = toReportedFailure(notice)
  if (notice.merchantUid === null) return refusal
  const stored = await readOrderResult(notice.merchantUid, route, deps)
  if (stored === 'unknown') return refusal
  if (stored === 'unavailable') return toPlainResult('pending')
  return acceptsPayment(stored) ? refusal : stored
}

/** Reads the result of an order from the store, without a lookup. */
export async function readOrderResult(
  merchantUid: MerchantUid,
  route: BrowserNotice['route'],
  { store, report }: CompletionDeps,
): Promise<CompletionResult | 'unknown' | 'unavailable'> {
  const found = await store.find(merchantUid)
  if (found.ok) return toOrderResult(found.value)
  if (found.failure.reason === 'order_unknown') return 'unknown'
  report({ kind: 'order_not_read', route, failure: found.failure })
  return 'unavailable'
}
