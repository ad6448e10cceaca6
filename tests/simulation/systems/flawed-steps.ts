import {
  applyChange,
  classify,
  decide,
  fail,
  type Order,
  ok,
  parsePayment,
  type Result,
  type SyncFailure,
  type VerifiedPayment,
  verifyPayment,
} from '@quayside/core'
import type { NamedNotice } from '../workload/notices.ts'
import type { NoticeResponse, SystemDeps } from './system.ts'

// The steps that flawed systems do right.

/** An order with a payment that was verified against it. */
export interface Verified {
  readonly order: Order
  readonly payment: VerifiedPayment
}

/** Looks up the order and its payment and verifies them, or gives the response. */
export async function lookUpAndVerify(
  notice: NamedNotice,
  deps: SystemDeps,
): Promise<Result<Verified, NoticeResponse>> {
  const found = await deps.store.find(notice.merchantUid)
  if (!found.ok) return fail(retryLater)
  const record = await deps.fetchPayment(notice.impUid)
  const payment = record.ok ? parsePayment(record.value) : record
  if (!payment.ok || payment.value.impUid !== notice.impUid) return fail(retryLater)
  const verified = verifyPayment(payment.value, found.value, 'live')
  return verified.ok ? ok({ order: found.value, payment: verified.value }) : fail(forgery)
}

export const retryLater: NoticeResponse = { code: 503, status: 'pending' }
export const forgery: NoticeResponse = { code: 200, status: 'forgery' }
/** The response to a sync that failed. */
export function respondToFailure(failure: SyncFailure): NoticeResponse {
  return classify(failure).retryable ? retryLater : forgery
}

/** The response for an order. */
export const respondWith = (order: Order): NoticeResponse => ({ code: 200, status: order.status })

/** The order as a payment changes it, decided and not recorded. */
export function applyDecision(order: Order, payment: VerifiedPayment): Order {
  const decision = decide(payment, order)
  return decision.kind === 'become' ? applyChange({ order, payment, to: decision.to }) : order
}
