import { payments } from '@quayside/client'
import { type Order, type Payment, parsePayment, toAmount } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { LogFields } from '../log.ts'
import type { Intent } from '../store/cancels.ts'
import type { Exception } from '../store/exceptions.ts'
import { isolate } from './isolate.ts'
import { findOut, toSaid } from './outcome.ts'
import type { RepairRooms } from './rooms.ts'

/** What came of one try: done, to be tried again, or for a person. */
type Ending =
  | { readonly kind: 'closed'; readonly outcome: string }
  | { readonly kind: 'again'; readonly outcome: string }
  | { readonly kind: 'person'; readonly outcome: string }

const mostAtOnce = 50
const mostTries = 5
const firstPauseMs = 50_000

/** Gives back the money that no order wants, where its order's policy says so: once, and what is really left. */
export async function carryOutPolicies(rooms: RepairRooms): Promise<LogFields> {
  const claimed = await rooms.books.exceptions.claim(mostAtOnce)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let closed = 0
  for (const exception of claimed.value) {
    const ending = await isolate(exception.id, rooms.log, () => giveBack(exception, rooms))
    if (ending === null) continue
    await note(exception, ending, rooms)
    if (ending.kind === 'closed') closed += 1
  }
  return { claimed: claimed.value.length, closed }
}

async function giveBack(
  { impUid, merchantUid, kind }: Exception,
  rooms: RepairRooms,
): Promise<Ending> {
  const found = await createLookup(rooms.client, rooms.config.mode)(impUid)
  const payment = found.ok ? parsePayment(found.value) : found
  if (!payment.ok) return again(payment.failure.reason)
  const order = await rooms.store.find(merchantUid)
  if (!order.ok) return again(order.failure.reason)
  // The order may have come to want it: its own payment is not ours to give back.
  if (order.value.impUid === impUid && order.value.status !== 'expired') {
    return { kind: 'closed', outcome: 'accepted' }
  }
  const left = payment.value.amount.minor - payment.value.cancelled.minor
  if (left === 0) return { kind: 'closed', outcome: 'given_back' }
  // The bank cannot send it back where it came from, and only the buyer knows an account.
  if (payment.value.payMethod === 'vbank') {
    return { kind: 'person', outcome: 'refund_account_missing' }
  }
  return cancel(payment.value, order.value, kind, rooms)
}

async function cancel(
  payment: Payment,
  order: Order,
  reason: string,
  rooms: RepairRooms,
): Promise<Ending> {
  const { currency } = payment.amount
  const balance = { minor: payment.amount.minor - payment.cancelled.minor, currency }
  const { impUid } = payment
  const { merchantUid } = order
  const intent: Intent = { impUid, merchantUid, balance, amount: balance, askedBy: 'policy' }
  const opened = await rooms.books.cancels.open(intent)
  if (!opened.ok) return again(opened.failure.reason)
  if (!opened.value) return again('under_way')
  const answer = await rooms.client.call(payments.cancelAll, {
    imp_uid: impUid,
    checksum: toAmount(balance),
    reason,
  })
  const { state } = await findOut(intent, order, toSaid(answer), rooms)
  switch (state) {
    case 'confirmed':
      return { kind: 'closed', outcome: 'given_back' }
    case 'refused':
      return again('cancel_refused')
    case 'requested':
    case 'unknown':
      return again('under_way')
  }
}

function again(outcome: string): Ending {
  return { kind: 'again', outcome }
}

async function note({ id, tries }: Exception, ending: Ending, rooms: RepairRooms): Promise<void> {
  const { exceptions } = rooms.books
  const { kind, outcome } = ending
  rooms.log('policy_carried_out', { id, kind, outcome })
  if (kind === 'closed') {
    await exceptions.close(id, outcome)
    return
  }
  const isOver = kind === 'person' || (outcome === 'cancel_refused' && tries + 1 >= mostTries)
  const pauseMs = firstPauseMs * 2 ** Math.min(tries, 8)
  const dueAt = isOver ? null : new Date(rooms.now().getTime() + pauseMs)
  await exceptions.postpone(id, outcome, dueAt)
}
