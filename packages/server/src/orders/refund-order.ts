import { type Answer, type PaymentRecord, payments } from '@quayside/client'
import {
  fail,
  type ImpUid,
  type Money,
  type Order,
  ok,
  parseMoney,
  type Result,
  toAmount,
} from '@quayside/core'
import type { Rooms } from '../deps.ts'
import type { Intent } from '../domain/cancel.ts'
import type { Problem } from '../domain/problem.ts'
import type { CancelRequest } from '../domain/requests.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import { type Details, toDetails } from '../payments/cancel-details.ts'
import { findOut, lookFor, toSaid } from '../payments/cancel-outcome.ts'
import { toClientProblem } from '../payments/to-problem.ts'

type Refunded = Result<Order, Problem>

/** A paid order and the payment that paid it. */
interface Paid {
  readonly order: Order
  readonly impUid: ImpUid
  readonly payMethod: string | null
}

/** Two requests at once, a double click, are over by then. */
const mostLooks = 3
const pauseMs = 500

/** Gives back all or part of what was paid for an order. */
export async function refund(
  { order, payMethod }: StoredOrder,
  request: CancelRequest,
  rooms: Rooms,
): Promise<Refunded> {
  if (order.impUid === null) return fail({ reason: 'order_contended' })
  const paid: Paid = { order, impUid: order.impUid, payMethod }
  const terms = toTerms(paid, request)
  if (!terms.ok) return terms

  const { checksum, amount, details, intent } = terms.value
  const opened = await rooms.store.cancels.open(intent)
  if (!opened.ok) return opened
  if (!opened.value) return follow(paid, terms.value, rooms)

  const target = { imp_uid: paid.impUid, checksum, ...details }
  const answer =
    amount === null
      ? await rooms.client.call(payments.cancelAll, target)
      : await rooms.client.call(payments.cancelPart, { ...target, amount })
  return settle(paid, answer, terms.value, rooms)
}

interface Terms {
  readonly checksum: number
  /** Null for everything that remains. */
  readonly amount: number | null
  readonly intent: Intent
  /** Whether an order that somebody else cancelled is what this request wanted. */
  readonly isRepeat: (order: Order) => boolean
  readonly details: Details
}

function toTerms(
  { order, impUid, payMethod }: Paid,
  request: CancelRequest,
): Result<Terms, Problem> {
  const { currency } = order.amount
  const left: Money = { minor: order.amount.minor - order.cancelled.minor, currency }
  const { amount: asked, checksum } = request
  if (checksum !== undefined && checksum !== toAmount(left)) {
    return fail({ reason: 'balance_mismatch' })
  }
  const money = asked === undefined ? ok(left) : parseMoney(asked, currency)
  if (!money.ok) return fail({ reason: 'request_invalid', field: 'amount' })
  if (money.value.minor > left.minor) return fail({ reason: 'balance_exceeded' })
  if (payMethod === 'vbank' && request.refund === undefined) {
    return fail({ reason: 'refund_account_missing' })
  }
  return ok({
    checksum: toAmount(left),
    amount: asked ?? null,
    intent: {
      impUid,
      merchantUid: order.merchantUid,
      balance: left,
      amount: money.value,
      askedBy: 'merchant',
    },
    // Two requests for a part without a checksum may want two parts.
    isRepeat: ({ status }) => status === 'cancelled' && asked === undefined,
    details: toDetails(request),
  })
}

/** Finds out, whatever the cancel answered: only the record tells what became of it. */
async function settle(
  { order, impUid }: Paid,
  answer: Answer<PaymentRecord>,
  { intent, details }: Terms,
  rooms: Rooms,
): Promise<Refunded> {
  if (!answer.ok) {
    const { reason } = answer.failure
    rooms.log('cancel_not_confirmed', { merchantUid: order.merchantUid, impUid, reason })
  }
  const { synced } = await findOut(intent, order, toSaid(answer, details), rooms)
  if (answer.ok) return synced.ok ? ok(synced.value.order) : fail({ reason: 'outcome_unknown' })

  const { failure } = answer
  if (failure.reason === 'invalid_argument') {
    return fail({ reason: 'request_invalid', field: failure.parameter })
  }
  const expectedMinor = order.cancelled.minor + intent.amount.minor
  const isCancelled = synced.ok && synced.value.order.status === 'cancelled'
  const isAsExpected = synced.ok && synced.value.order.cancelled.minor === expectedMinor
  // Somebody else gave everything back before: that is what a request for everything wanted, too.
  const isDone = failure.reason === 'refused' ? isCancelled && isAsExpected : isAsExpected
  if (isDone && synced.ok) return ok(synced.value.order)
  return failure.reason === 'refused'
    ? fail({ reason: 'cancel_refused', detail: failure.message })
    : fail(toClientProblem(failure))
}

/**
 * A cancel of the same balance was asked for before: nobody asks again until it is known what became of it.
 * What is noted of it is for repair to change, because it may have wanted another amount than this one.
 */
async function follow(
  { order }: Paid,
  { intent, isRepeat }: Terms,
  rooms: Rooms,
): Promise<Refunded> {
  for (let looks = 0; looks < mostLooks; looks++) {
    if (looks > 0) await rooms.sleep(pauseMs)
    const { trace, synced } = await lookFor(intent, order, rooms)
    if ((trace === 'applied' || trace === 'overtaken') && synced.ok) {
      const { order: now } = synced.value
      return isRepeat(now) ? ok(now) : fail({ reason: 'order_contended' })
    }
  }
  return fail({ reason: 'outcome_unknown' })
}
