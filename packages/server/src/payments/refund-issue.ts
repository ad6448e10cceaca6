import { payments } from '@quayside/client'
import { type Order, type Payment, parsePayment, type SyncFailure, toAmount } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { RepairRooms } from '../deps.ts'
import type { Intent } from '../domain/cancel.ts'
import type { Problem } from '../domain/problem.ts'
import type { Exception } from '../domain/reconciliation-issue.ts'
import type { Details } from './cancel-details.ts'
import { findOut, toSaid } from './cancel-outcome.ts'
import { toSyncProblem } from './to-problem.ts'

/** What came of one try: done, to be tried again, or for a person. */
export type Ending =
  | { readonly kind: 'closed'; readonly outcome: 'accepted' | 'given_back' }
  | { readonly kind: 'again'; readonly outcome: string; readonly problem: Problem }
  | { readonly kind: 'person'; readonly outcome: 'refund_account_missing' }

/**
 * Gives back what is left of the money of an exception, unless its order came to want it.
 *
 * @param exception The money.
 * @param details What the cancel says beside the sum: for money that came by bank, where it goes.
 */
export async function giveBack(
  { impUid, merchantUid, kind }: Exception,
  details: Details,
  rooms: RepairRooms,
): Promise<Ending> {
  const found = await createLookup(rooms.client, rooms.config.mode)(impUid)
  const payment = found.ok ? parsePayment(found.value) : found
  if (!payment.ok) return failed(payment.failure)
  const order = await rooms.store.orders.find(merchantUid)
  if (!order.ok && order.failure.reason !== 'order_unknown') return failed(order.failure)
  const own = order.ok ? order.value : null
  // The order may have come to want it: its own payment is not ours to give back.
  if (own?.impUid === impUid && own.status !== 'expired') {
    return { kind: 'closed', outcome: 'accepted' }
  }
  const left = payment.value.amount.minor - payment.value.cancelled.minor
  if (left === 0) return { kind: 'closed', outcome: 'given_back' }
  // The bank cannot send it back where it came from, and only the buyer knows an account.
  if (payment.value.payMethod === 'vbank' && details['refund_account'] === undefined) {
    return { kind: 'person', outcome: 'refund_account_missing' }
  }
  return cancel(payment.value, own, { reason: kind, ...details }, rooms)
}

export async function cancel(
  payment: Payment,
  order: Order | null,
  details: Details,
  rooms: RepairRooms,
): Promise<Ending> {
  const { currency } = payment.amount
  const balance = { minor: payment.amount.minor - payment.cancelled.minor, currency }
  const { impUid } = payment
  const merchantUid = order?.merchantUid ?? payment.merchantUid
  const intent: Intent = { impUid, merchantUid, balance, amount: balance, askedBy: 'policy' }
  const opened = await rooms.store.cancels.open(intent)
  if (!opened.ok) return failed(opened.failure)
  if (!opened.value) return underWay
  const answer = await rooms.client.call(payments.cancelAll, {
    imp_uid: impUid,
    checksum: toAmount(balance),
    ...details,
  })
  const { state, detail } = await findOut(intent, order, toSaid(answer, details), rooms)
  switch (state) {
    case 'confirmed':
      return { kind: 'closed', outcome: 'given_back' }
    case 'refused':
      return {
        kind: 'again',
        outcome: 'cancel_refused',
        problem: { reason: 'cancel_refused', detail },
      }
    case 'requested':
    case 'unknown':
      return underWay
  }
}

export const underWay: Ending = {
  kind: 'again',
  outcome: 'under_way',
  problem: { reason: 'outcome_unknown' },
}

export function failed(failure: SyncFailure): Ending {
  const problem = toSyncProblem(failure) ?? { reason: 'nothing_left' }
  return { kind: 'again', outcome: failure.reason, problem }
}
