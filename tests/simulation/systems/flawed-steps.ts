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
import type { Desk, Reply } from './system.ts'

// What designs that are wrong on purpose do right.

/** An order with a payment that was held against it. */
export interface Verified {
  readonly order: Order
  readonly payment: VerifiedPayment
}

/** The order and its payment, looked up and verified without a fault of the design, or what to answer. */
export async function look(notice: LookupNotice, desk: Desk): Promise<Result<Verified, Reply>> {
  const found = await desk.store.find(notice.merchantUid)
  if (!found.ok) return fail(later)
  const record = await desk.fetchPayment(notice.impUid)
  const payment = record.ok ? parsePayment(record.value) : record
  if (!payment.ok || payment.value.impUid !== notice.impUid) return fail(later)
  const verified = verifyPayment(payment.value, found.value, 'live')
  return verified.ok ? ok({ order: found.value, payment: verified.value }) : fail(forgery)
}

export const later: Reply = { code: 503, word: 'pending' }
export const forgery: Reply = { code: 200, word: 'forgery' }
/** What is answered of an order as it stands. */
export const done = (order: Order): Reply => ({ code: 200, word: order.status })

/** The order as a payment makes it, decided and not written. */
export function changedOf(order: Order, payment: VerifiedPayment): Order {
  const decision = decide(payment, order)
  return decision.kind === 'become' ? applyChange({ order, payment, to: decision.to }) : order
}
