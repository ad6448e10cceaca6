import { isChargingWindow } from '../payment/charging-windows.ts'
import type { Payment } from '../payment/payment.ts'
import type { ImpUid, MerchantUid } from '../values/ids.ts'
import { isSameMoney, type Money } from '../values/money.ts'
import { fail, ok, type Result } from '../values/result.ts'
import type { Allowance, ExpectedChannel, ExpectedOrder } from './order.ts'
import { payeeOf } from './payee.ts'

declare const verified: unique symbol

/** A payment that was compared with its order and belongs to it. Only {@link verifyPayment} creates one. */
export type VerifiedPayment = Payment & { readonly [verified]: true }

/** `live` accepts real money only; `test` also accepts the provider's test channels. */
export type Mode = 'live' | 'test'

/** The difference between a payment and the order it was offered for. */
export type VerifyFailure =
  | {
      readonly reason: 'order_mismatch'
      readonly expected: MerchantUid
      readonly actual: MerchantUid
    }
  | { readonly reason: 'currency_mismatch'; readonly expected: Money; readonly actual: Money }
  | { readonly reason: 'amount_mismatch'; readonly expected: Money; readonly actual: Money }
  | { readonly reason: 'sandbox_payment'; readonly sandbox: true | null }
  | { readonly reason: 'billing_key_issue' }
  | { readonly reason: 'payment_too_old'; readonly madeAt: Date; readonly createdAt: Date }
  | { readonly reason: 'channel_mismatch' }

/** The clocks of the provider and the shop differ, and a shop may create the order of a charge after the charge. */
const ageSlackMs = 60 * 60 * 1_000

/**
 * Compares a payment with the order it was offered for. A verified payment belongs to this order, has exactly
 * its amount and currency (or a difference that the order allows) and, in live mode, is real money. Its status
 * is that of the record: a verified payment need not be paid.
 *
 * @param payment The provider's record, looked up and parsed.
 * @param order What the merchant stored before the buyer paid.
 * @param mode `live` refuses every record without `sandbox: false`.
 * @returns The verified payment. Failures, checked in this order: `order_mismatch` for another `merchant_uid`, or a
 * payment to another payee;
 * `sandbox_payment` for a test channel in live mode; `billing_key_issue` for the issue of a billing key, unless the
 * order allows it to charge and the window of the PG does; `currency_mismatch`; `amount_mismatch`; `payment_too_old` for a payment that was made
 * more than an hour before its order was created, unless the order has accepted it already; `channel_mismatch` for
 * one that was made by another channel than the order names. No failure says that no
 * money moved: a mismatch, an old payment and even the issue of a billing key may have charged the buyer.
 *
 * @example A lowered amount
 * ```ts
 * import { parseMerchantUid, parseMoney, parsePayment, verifyPayment } from '@quayside/core'
 *
 * const payment = parsePayment({
 *   imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1', amount: 100, cancel_amount: 0,
 *   currency: 'KRW', status: 'paid', paid_at: 1648344363, sandbox: false,
 * })
 * const merchantUid = parseMerchantUid('ORD-1')
 * const amount = parseMoney(64_900, 'KRW')
 * if (payment.ok && merchantUid.ok && amount.ok) {
 *   const order = { merchantUid: merchantUid.value, amount: amount.value, allowances: [] }
 *   const result = verifyPayment(payment.value, order, 'live')
 *   if (!result.ok) console.log(result.failure.reason) // 'amount_mismatch'
 * }
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/start/v1/auth
 */
export function verifyPayment(
  payment: Payment,
  order: ExpectedOrder & { readonly impUid?: ImpUid | null },
  mode: Mode,
): Result<VerifiedPayment, VerifyFailure> {
  const expected = order.amount
  const actual = payment.amount
  const isOfPayee = payeeOf(payment.impUid) === order.payee
  if (payment.merchantUid !== order.merchantUid || !isOfPayee) {
    return fail({
      reason: 'order_mismatch',
      expected: order.merchantUid,
      actual: payment.merchantUid,
    })
  }
  if (mode === 'live' && payment.sandbox !== false) {
    return fail({ reason: 'sandbox_payment', sandbox: payment.sandbox })
  }
  // The issue of a billing key can be recorded as paid, with an amount that was only displayed.
  const isCharge = allows(order, 'billing_key_charge') && isChargingWindow(payment)
  if (payment.isBillingKeyIssue && !isCharge) {
    return fail({ reason: 'billing_key_issue' })
  }
  if (actual.currency !== expected.currency) {
    return fail({ reason: 'currency_mismatch', expected, actual })
  }
  if (!isSameMoney(actual, expected) && !isAllowed(payment, order)) {
    return fail({ reason: 'amount_mismatch', expected, actual })
  }
  const createdAt = order.createdAt ?? null
  const madeAt = payment.paidAt ?? payment.startedAt
  if (createdAt !== null && madeAt !== null && order.impUid !== payment.impUid) {
    const isTooOld = madeAt.getTime() < createdAt.getTime() - ageSlackMs
    if (isTooOld) return fail({ reason: 'payment_too_old', madeAt, createdAt })
  }
  return isOfChannel(payment, order.channel)
    ? ok(payment as VerifiedPayment)
    : fail({ reason: 'channel_mismatch' })
}

/** A payment that failed, or was not made yet, may be one of any channel: nothing is wrong with it. */
function isOfChannel(
  { status, pgProvider, payMethod }: Payment,
  channel: ExpectedChannel | undefined,
): boolean {
  if (channel === undefined || status === 'pending' || status === 'failed') return true
  const { pgProvider: expected, payMethods } = channel
  return (
    (expected === null || pgProvider === expected) &&
    (payMethods.length === 0 || payMethods.includes(payMethod ?? ''))
  )
}

function isAllowed(payment: Payment, order: ExpectedOrder): boolean {
  const actual = payment.amount.minor
  const expected = order.amount.minor
  if (payment.pgProvider === 'naverco' && allows(order, 'naverco_delivery_fee')) {
    return actual >= expected
  }
  return (
    payment.discount !== null &&
    allows(order, 'card_promotion') &&
    actual + payment.discount.minor === expected
  )
}

function allows(order: ExpectedOrder, allowance: Allowance): boolean {
  return order.allowances.includes(allowance)
}
