import { payments } from '@quayside/client'
import { type Order, type Payment, parsePayment, type SyncFailure, toAmount } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import { toSyncProblem } from '../blame.ts'
import type { LogFields } from '../log.ts'
import type { Problem } from '../problem.ts'
import type { Details } from '../refund.ts'
import type { Intent } from '../store/cancels.ts'
import type { Exception } from '../store/exceptions.ts'
import { isolate } from './isolate.ts'
import { findOut, toSaid } from './outcome.ts'
import type { RepairRooms } from './rooms.ts'

/** What came of one try: done, to be tried again, or for a person. */
export type Ending =
  | { readonly kind: 'closed'; readonly outcome: 'accepted' | 'given_back' }
  | { readonly kind: 'again'; readonly outcome: string; readonly problem: Problem }
  | { readonly kind: 'person'; readonly outcome: 'refund_account_missing' }

const mostAtOnce = 50
const mostTries = 5
const firstPauseMs = 50_000

/** Gives back the money that no order wants, where its order's policy says so: once, and what is really left. */
export async function carryOutPolicies(rooms: RepairRooms): Promise<LogFields> {
  const claimed = await rooms.books.exceptions.claim(mostAtOnce)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let closed = 0
  for (const exception of claimed.value) {
    const ending = await isolate(exception.id, rooms.log, () => giveBack(exception, {}, rooms))
    if (ending === null) continue
    await note(exception, ending, rooms)
    if (ending.kind === 'closed') closed += 1
  }
  return { claimed: claimed.value.length, closed }
}

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
  const order = await rooms.store.find(merchantUid)
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

async function cancel(
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
  const opened = await rooms.books.cancels.open(intent)
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

const underWay: Ending = {
  kind: 'again',
  outcome: 'under_way',
  problem: { reason: 'outcome_unknown' },
}

function failed(failure: SyncFailure): Ending {
  const problem = toSyncProblem(failure) ?? { reason: 'nothing_left' }
  return { kind: 'again', outcome: failure.reason, problem }
}

async function note(exception: Exception, ending: Ending, rooms: RepairRooms): Promise<void> {
  const { exceptions } = rooms.books
  const { id, tries } = exception
  const { kind, outcome } = ending
  rooms.log('policy_carried_out', { id, kind, outcome })
  if (kind === 'closed') {
    await exceptions.close(exception, outcome)
    return
  }
  const isOver = kind === 'person' || (outcome === 'cancel_refused' && tries + 1 >= mostTries)
  const pauseMs = firstPauseMs * 2 ** Math.min(tries, 8)
  const dueAt = isOver ? null : new Date(rooms.now().getTime() + pauseMs)
  await exceptions.postpone(exception, outcome, dueAt)
}
