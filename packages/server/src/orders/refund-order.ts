import { type CallResult, type PaymentRecord, payments } from '@quayside/client'
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
import type { Deps } from '../deps.ts'
import type { CancelIntent } from '../domain/cancel.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { CancelRequest } from '../domain/requests.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import { type CancelDetails, toCancelDetails } from '../payments/cancel-details.ts'
import { readCancel, resolveCancel, toProviderReply } from '../payments/cancel-outcome.ts'
import { fromClientFailure } from '../payments/order-failure.ts'

type RefundResult = Result<Order, OrderFailure>

/** A paid order and the payment that paid it. */
interface PaidOrder {
  readonly order: Order
  readonly impUid: ImpUid
  readonly payMethod: string | null
}

/** Two concurrent requests, such as a double click, end within this time. */
const maxReads = 3
const pauseMs = 500

/** Refunds all or part of what was paid for an order. */
export async function refundOrder(
  { order, payMethod }: StoredOrder,
  request: CancelRequest,
  deps: Deps,
): Promise<RefundResult> {
  if (order.impUid === null) return fail({ reason: 'order_contended' })
  const paid: PaidOrder = { order, impUid: order.impUid, payMethod }
  const terms = toTerms(paid, request)
  if (!terms.ok) return terms

  const { checksum, amount, details, intent } = terms.value
  const opened = await deps.store.cancels.open(intent)
  if (!opened.ok) return opened
  if (!opened.value) return awaitPendingCancel(paid, terms.value, deps)

  const target = { imp_uid: paid.impUid, checksum, ...details }
  const response =
    amount === null
      ? await deps.client.call(payments.cancelAll, target)
      : await deps.client.call(payments.cancelPart, { ...target, amount })
  return completeRefund(paid, response, terms.value, deps)
}

interface Terms {
  readonly checksum: number
  /** Null for everything that remains. */
  readonly amount: number | null
  readonly intent: CancelIntent
  /** Whether an order that another request cancelled is what this one requested. */
  readonly isRepeat: (order: Order) => boolean
  readonly details: CancelDetails
}

function toTerms(
  { order, impUid, payMethod }: PaidOrder,
  request: CancelRequest,
): Result<Terms, OrderFailure> {
  const { currency } = order.amount
  const remaining: Money = { minor: order.amount.minor - order.cancelled.minor, currency }
  const { amount: requested, checksum } = request
  if (checksum !== undefined && checksum !== toAmount(remaining)) {
    return fail({ reason: 'balance_mismatch' })
  }
  const money = requested === undefined ? ok(remaining) : parseMoney(requested, currency)
  if (!money.ok) return fail({ reason: 'request_invalid', field: 'amount' })
  if (money.value.minor > remaining.minor) return fail({ reason: 'balance_exceeded' })
  if (payMethod === 'vbank' && request.refund === undefined) {
    return fail({ reason: 'refund_account_missing' })
  }
  return ok({
    checksum: toAmount(remaining),
    amount: requested ?? null,
    intent: {
      impUid,
      merchantUid: order.merchantUid,
      balance: remaining,
      amount: money.value,
      askedBy: 'merchant',
    },
    // Two requests for a part without a checksum may mean two parts.
    isRepeat: ({ status }) => status === 'cancelled' && requested === undefined,
    details: toCancelDetails(request),
  })
}

/** Reads the record after the cancel, whatever its response was: only the record shows the result. */
async function completeRefund(
  { order, impUid }: PaidOrder,
  response: CallResult<PaymentRecord>,
  { intent, details }: Terms,
  deps: Deps,
): Promise<RefundResult> {
  if (!response.ok) {
    const { reason } = response.failure
    deps.log('cancel_not_confirmed', { merchantUid: order.merchantUid, impUid, reason })
  }
  const { synced } = await resolveCancel(intent, order, toProviderReply(response, details), deps)
  if (response.ok) return synced.ok ? ok(synced.value.order) : fail({ reason: 'outcome_unknown' })

  const { failure } = response
  if (failure.reason === 'invalid_argument') {
    return fail({ reason: 'request_invalid', field: failure.parameter })
  }
  const expectedMinor = order.cancelled.minor + intent.amount.minor
  const isCancelled = synced.ok && synced.value.order.status === 'cancelled'
  const isAsExpected = synced.ok && synced.value.order.cancelled.minor === expectedMinor
  // Another cancel refunded everything before: that is what a request for everything means, too.
  const isDone = failure.reason === 'refused' ? isCancelled && isAsExpected : isAsExpected
  if (isDone && synced.ok) return ok(synced.value.order)
  return failure.reason === 'refused'
    ? fail({ reason: 'cancel_refused', detail: failure.message })
    : fail(fromClientFailure(failure))
}

/**
 * A cancel of the same balance was sent before, so none is sent until its result is known. Its stored state is left
 * to the job, because it may be of another amount than this request.
 */
async function awaitPendingCancel(
  { order }: PaidOrder,
  { intent, isRepeat }: Terms,
  deps: Deps,
): Promise<RefundResult> {
  for (let reads = 0; reads < maxReads; reads++) {
    if (reads > 0) await deps.sleep(pauseMs)
    const { recorded, synced } = await readCancel(intent, order, deps)
    if ((recorded === 'applied' || recorded === 'superseded') && synced.ok) {
      const { order: current } = synced.value
      return isRepeat(current) ? ok(current) : fail({ reason: 'order_contended' })
    }
  }
  return fail({ reason: 'outcome_unknown' })
}
