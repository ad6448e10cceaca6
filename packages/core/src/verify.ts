import type { MerchantUid } from './ids.ts'
import { isSameMoney, type Money } from './money.ts'
import type { Allowance, ExpectedOrder } from './order.ts'
import type { Payment } from './payment.ts'
import { fail, ok, type Result } from './result.ts'

declare const verified: unique symbol

/** A payment that was held against its order and found to be that order's. Made here and nowhere else. */
export type VerifiedPayment = Payment & { readonly [verified]: true }

/** Whether real money is expected, or the provider's test channels. */
export type Mode = 'live' | 'test'

/** What does not agree between a payment and the order it was offered for. */
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

/**
 * Holds a payment against the order it was offered for. Afterwards the payment is proved to be of this
 * order, of exactly its amount and currency, and, in live mode, of real money. Its status is proved only
 * to be what the record says.
 *
 * @param payment The provider's record, looked up by us.
 * @param order What the merchant stored before the buyer paid.
 * @param mode `live` refuses every record that does not say `sandbox: false`.
 * @returns The verified payment; `order_mismatch`; `sandbox_payment`; `currency_mismatch`;
 * `amount_mismatch`; `billing_key_issue`, in that order.
 *
 * @example Refusing a lowered amount
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
  order: ExpectedOrder,
  mode: Mode,
): Result<VerifiedPayment, VerifyFailure> {
  const expected = order.amount
  const actual = payment.amount
  if (payment.merchantUid !== order.merchantUid) {
    return fail({
      reason: 'order_mismatch',
      expected: order.merchantUid,
      actual: payment.merchantUid,
    })
  }
  if (mode === 'live' && payment.sandbox !== false) {
    return fail({ reason: 'sandbox_payment', sandbox: payment.sandbox })
  }
  if (actual.currency !== expected.currency) {
    return fail({ reason: 'currency_mismatch', expected, actual })
  }
  if (!isSameMoney(actual, expected) && !isAllowed(payment, order)) {
    return fail({ reason: 'amount_mismatch', expected, actual })
  }
  // A key issue can be recorded as paid with the amount it only displayed.
  if (payment.isBillingKeyIssue && !allows(order, 'billing_key_charge')) {
    return fail({ reason: 'billing_key_issue' })
  }
  return ok(payment as VerifiedPayment)
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
