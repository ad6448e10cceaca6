import {
  applyChange,
  decide,
  fail,
  type LookupNotice,
  type Order,
  ok,
  parsePayment,
  type Result,
  type VerifiedPayment,
  verifyPayment,
} from '@quayside/core'
import type { NoticeResponse, SystemDeps } from './system.ts'

// What designs that are wrong on purpose do right.

/** An order with a payment that was held against it. */
export interface Verified {
  readonly order: Order
  readonly payment: VerifiedPayment
}

/** The order and its payment, looked up and verified without a fault of the design, or what to answer. */
export async function lookUpAndVerify(
  notice: LookupNotice,
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
/** What is answered of an order as it stands. */
export const respondWith = (order: Order): NoticeResponse => ({ code: 200, status: order.status })

/** The order as a payment makes it, decided and not written. */
export function applyDecision(order: Order, payment: VerifiedPayment): Order {
  const decision = decide(payment, order)
  return decision.kind === 'become' ? applyChange({ order, payment, to: decision.to }) : order
}
