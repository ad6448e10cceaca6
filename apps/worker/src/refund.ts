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
import { toClientProblem } from './blame.ts'
import type { Problem } from './problem.ts'
import type { CancelRequest } from './requests.ts'
import { reread } from './reread.ts'
import type { Rooms } from './rooms.ts'
import type { StoredOrder } from './store/row.ts'

type Refunded = Result<Order, Problem>

/** A paid order and the payment that paid it. */
interface Paid {
  readonly order: Order
  readonly impUid: ImpUid
  readonly payMethod: string | null
}

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

  const { checksum, amount, details } = terms.value
  const target = { imp_uid: paid.impUid, checksum, ...details }
  const answer =
    amount === null
      ? await rooms.client.call(payments.cancelAll, target)
      : await rooms.client.call(payments.cancelPart, { ...target, amount })
  const expectedMinor = order.cancelled.minor + terms.value.minor
  return settle(paid, answer, expectedMinor, rooms)
}

interface Terms {
  readonly checksum: number
  /** Null for everything that remains. */
  readonly amount: number | null
  readonly minor: number
  readonly details: Readonly<Record<string, string>>
}

function toTerms({ order, payMethod }: Paid, request: CancelRequest): Result<Terms, Problem> {
  const { currency } = order.amount
  const left: Money = { minor: order.amount.minor - order.cancelled.minor, currency }
  const { amount: asked, checksum, refund: account } = request
  if (checksum !== undefined && checksum !== toAmount(left)) {
    return fail({ reason: 'balance_mismatch' })
  }
  const money = asked === undefined ? ok(left) : parseMoney(asked, currency)
  if (!money.ok) return fail({ reason: 'request_invalid', field: 'amount' })
  if (money.value.minor > left.minor) return fail({ reason: 'balance_exceeded' })
  if (payMethod === 'vbank' && account === undefined) {
    return fail({ reason: 'refund_account_missing' })
  }
  return ok({
    checksum: toAmount(left),
    amount: asked ?? null,
    minor: money.value.minor,
    details: {
      ...(request.reason === undefined ? {} : { reason: request.reason }),
      ...(account === undefined
        ? {}
        : {
            refund_holder: account.holder,
            refund_bank: account.bank,
            refund_account: account.account,
          }),
      ...(account?.tel === undefined ? {} : { refund_tel: account.tel }),
    },
  })
}

/** Reads the payment again, whatever the cancel answered: only the record tells what became of it. */
async function settle(
  { order, impUid }: Paid,
  answer: Answer<PaymentRecord>,
  expectedMinor: number,
  rooms: Rooms,
): Promise<Refunded> {
  if (!answer.ok) {
    const { reason } = answer.failure
    rooms.log('cancel_not_confirmed', { merchantUid: order.merchantUid, impUid, reason })
    if (answer.failure.reason === 'invalid_argument') {
      return fail({ reason: 'request_invalid', field: answer.failure.parameter })
    }
  }
  const synced = await reread(order.merchantUid, impUid, rooms)
  if (answer.ok) return synced.ok ? ok(synced.value.order) : fail({ reason: 'outcome_unknown' })

  const { failure } = answer
  const isCancelled = synced.ok && synced.value.order.status === 'cancelled'
  const isAsExpected = synced.ok && synced.value.order.cancelled.minor === expectedMinor
  // Somebody else gave everything back before: that is what a request for everything wanted, too.
  const isDone = failure.reason === 'refused' ? isCancelled && isAsExpected : isAsExpected
  if (isDone && synced.ok) return ok(synced.value.order)
  return failure.reason === 'refused'
    ? fail({ reason: 'cancel_refused', detail: failure.message })
    : fail(toClientProblem(failure))
}
