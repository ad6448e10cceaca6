import { type CallResult, type PaymentRecord, payments } from '@quayside/client'
import {
  fail,
  type ImpUid,
  isSameMoney,
  type Order,
  ok,
  type Payment,
  parseMoney,
  type Result,
  toAmount,
  toText,
} from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { Cancel, CancelIntent } from '../domain/cancel.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { CancelRequest } from '../domain/requests.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import type { TaxShares } from '../domain/tax-shares.ts'
import { type CancelDetails, findWrongPart, toCancelDetails } from '../payments/cancel-details.ts'
import { readCancel, resolveCancel, toProviderReply } from '../payments/cancel-outcome.ts'
import { toCancelParts, toCancelShares } from '../payments/cancel-shares.ts'
import { lookUpPayment, toRemaining } from '../payments/look-up-payment.ts'
import { fromClientFailure, fromSyncFailure } from '../payments/order-failure.ts'
import { readCancels } from '../payments/read-cancels.ts'
import { syncRecord } from '../payments/sync-record.ts'

type RefundResult = Result<Order, OrderFailure>

/** A paid order and its payment, both as the provider's record shows them. */
interface PaidOrder {
  readonly order: Order
  readonly payment: Payment
  /** Whether the record had a refund that the order did not show when the request arrived. */
  readonly wasOutdated: boolean
}

/** Two concurrent requests, such as a double click, end within this time. */
const maxReads = 3
const pauseMs = 500

/**
 * Refunds all or part of what was paid for an order. Amounts are those of the payment's record, which is read first:
 * an allowance lets them differ from the order's.
 */
export async function refundOrder(
  { order, shares }: StoredOrder,
  request: CancelRequest,
  deps: Deps,
): Promise<RefundResult> {
  if (order.impUid === null) return fail({ reason: 'order_contended' })
  const read = await readPaidOrder(order, order.impUid, deps)
  if (!read.ok) return read
  const paid = read.value
  if (toRemaining(paid.payment).minor === 0) {
    return request.amount === undefined ? ok(paid.order) : fail({ reason: 'nothing_left' })
  }
  const { merchantUid, impUid } = order
  const before = await readCancels(merchantUid, impUid, shares, deps.store)
  if (!before.ok) return before
  const terms = toTerms(paid, request, shares, before.value)
  if (!terms.ok) return terms

  const { isFull, details, intent } = terms.value
  const opened = await deps.store.cancels.open(intent)
  if (!opened.ok) return opened
  if (!opened.value) return awaitPendingCancel(paid, terms.value, deps)

  const target = { imp_uid: intent.impUid, checksum: toAmount(intent.balance), ...details }
  const response = isFull
    ? await deps.client.call(payments.cancelAll, target)
    : await deps.client.call(payments.cancelPart, { ...target, amount: toAmount(intent.amount) })
  return completeRefund(paid, response, terms.value, deps)
}

/** Looks the payment up, and records a refund that the order does not show yet. */
async function readPaidOrder(
  order: Order,
  impUid: ImpUid,
  deps: Deps,
): Promise<Result<PaidOrder, OrderFailure>> {
  const found = await lookUpPayment(impUid, deps)
  if (!found.ok) return fail(fromSyncFailure(found.failure) ?? { reason: 'nothing_left' })
  const { payment, record } = found.value
  if (payment.cancelled.minor === order.cancelled.minor) {
    return ok({ order, payment, wasOutdated: false })
  }
  const synced = await syncRecord(order, impUid, record, deps)
  if (!synced.ok) return fail(fromSyncFailure(synced.failure) ?? { reason: 'order_contended' })
  return ok({ order: synced.value.order, payment, wasOutdated: true })
}

interface Terms {
  /** Whether everything that remains is refunded, whatever it is. */
  readonly isFull: boolean
  readonly intent: CancelIntent
  /** Whether an order that another request cancelled is what this one requested. */
  readonly isRepeat: (order: Order) => boolean
  readonly details: CancelDetails
}

function toTerms(
  { order, payment, wasOutdated }: PaidOrder,
  request: CancelRequest,
  ofOrder: TaxShares,
  before: readonly Cancel[],
): Result<Terms, OrderFailure> {
  const remaining = toRemaining(payment)
  const { currency } = remaining
  const isFull = request.amount === undefined
  const left = `${toText(remaining)} of the payment remain`
  const checksum = parseMoney(request.checksum ?? toAmount(remaining), currency)
  if (!checksum.ok) return fail({ reason: 'request_invalid', field: 'checksum' })
  if (!isSameMoney(checksum.value, remaining)) {
    const detail = `checksum is ${toText(checksum.value)}, ${left}`
    return fail({ reason: 'balance_mismatch', detail })
  }
  // The part may have been refunded by an earlier try of this request whose response was lost.
  if (wasOutdated && !isFull && request.checksum === undefined) {
    return fail({ reason: 'balance_mismatch', detail: `a refund came first, ${left}` })
  }
  const amount = isFull ? ok(remaining) : parseMoney(request.amount, currency)
  if (!amount.ok) return fail({ reason: 'request_invalid', field: 'amount' })
  if (amount.value.minor > remaining.minor) {
    const detail = `amount is ${toText(amount.value)}, ${left}`
    return fail({ reason: 'balance_exceeded', detail })
  }
  if (payment.payMethod === 'vbank' && request.refund === undefined) {
    return fail({ reason: 'refund_account_missing' })
  }
  const isExact = isSameMoney(payment.amount, order.amount)
  const { cancelled } = payment
  const refund = { ofOrder, isExact, cancelled, before, remaining, amount: amount.value }
  const shares = toCancelShares(refund, request)
  if (!shares.ok) return shares
  const details = { ...toCancelDetails(request), ...toCancelParts(shares.value) }
  const wrongPart = findWrongPart(details, amount.value)
  if (wrongPart !== null) return fail({ reason: 'request_invalid', field: wrongPart })
  const { impUid } = payment
  const { merchantUid } = order
  return ok({
    isFull,
    intent: {
      impUid,
      merchantUid,
      balance: remaining,
      amount: amount.value,
      askedBy: 'merchant',
      shares: shares.value,
    },
    // Two requests for a part without a checksum may mean two parts.
    isRepeat: ({ status }) => status === 'cancelled' && isFull,
    details,
  })
}

/** Reads the record after the cancel, whatever its response was: only the record shows the result. */
async function completeRefund(
  { order }: PaidOrder,
  response: CallResult<PaymentRecord>,
  { intent, details }: Terms,
  deps: Deps,
): Promise<RefundResult> {
  if (!response.ok) {
    const { merchantUid, impUid } = intent
    deps.log('cancel_not_confirmed', { merchantUid, impUid, reason: response.failure.reason })
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
