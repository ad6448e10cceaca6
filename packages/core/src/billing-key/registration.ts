import type { Mode } from '../order/verify.ts'
import { isChargingWindow, isTestCharge } from '../payment/charging-windows.ts'
import { type Payment, type PaymentFailure, parsePayment } from '../payment/payment.ts'
import { isFields, readText } from '../values/fields.ts'
import type { MerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { hasBeenPaid } from '../values/status.ts'
import type { BillingKeyRecord } from './key-record.ts'

/** The registration of a means of payment as the merchant began it. */
export interface ExpectedKey {
  /** The `merchant_uid` with which the window was opened. */
  readonly registrationId: MerchantUid
  /** The id of the billing key, drawn for this registration. */
  readonly customerUid: string
  /** The `customer_id` with which the window was opened; null for a key that was issued elsewhere. */
  readonly customerId: string | null
  /** The PG of the window, without the merchant's id at it; null when only the channel was named. */
  readonly pgProvider: string | null
  /** The merchant's id at the PG; null when it was not named. */
  readonly pgId: string | null
}

/** The payment record of an issue window. */
export interface KeyIssue {
  /** The record of the window, whose amount may be charged or not: {@link isChargingWindow}. */
  readonly payment: Payment
  /** The billing key that the window issued; null where the PG's record has none. */
  readonly customerUid: string | null
}

/** Why a record is not that of the registration. */
export type RegistrationFailure =
  /** The record is of another registration, or of an order. */
  | {
      readonly reason: 'registration_mismatch'
      readonly expected: MerchantUid
      readonly actual: MerchantUid
    }
  | { readonly reason: 'customer_uid_mismatch' }
  | { readonly reason: 'customer_id_mismatch' }
  /** The key is of another PG, or of another merchant id at it. */
  | { readonly reason: 'channel_mismatch'; readonly pgProvider: string; readonly pgId: string }
  /** A test channel in live mode. */
  | { readonly reason: 'sandbox_key'; readonly sandbox: true | null }
  /** The window charged the buyer, and no order expects it. */
  | { readonly reason: 'unexpected_charge' }

/** What the record of an issue window says about its registration. */
export type IssueResult =
  /** No result yet. */
  | { readonly kind: 'pending' }
  /** No key was issued. A later try may still issue one. */
  | {
      readonly kind: 'failed'
      readonly failReason: string | null
      readonly isCancelledByBuyer: boolean
    }
  /** The window ended well: the record of the key decides. */
  | { readonly kind: 'issued' }

/**
 * Parses the payment record of an issue window.
 *
 * @param value The decoded record; any value is allowed.
 * @returns The payment and the id of the key. Failure: that of `parsePayment`.
 *
 * @example
 * ```ts
 * import { parseKeyIssue } from '@quayside/core'
 *
 * const issue = parseKeyIssue({
 *   imp_uid: 'imp_310000000001', merchant_uid: 'KEY-7f3a', amount: 0, cancel_amount: 0, currency: 'KRW',
 *   status: 'paid', paid_at: 1764200000, sandbox: false, customer_uid: 'ck1', customer_uid_usage: 'issue',
 * })
 * console.log(issue.ok && issue.value.customerUid) // ck1
 * ```
 */
export function parseKeyIssue(value: unknown): Result<KeyIssue, PaymentFailure> {
  const payment = parsePayment(value)
  if (!payment.ok) return payment
  const customerUid = isFields(value) ? readText(value, 'customer_uid') : null
  return ok({ payment: payment.value, customerUid })
}

/**
 * Compares the payment record of an issue window with the registration it was offered for, and says what it means. It proves
 * no key: only the record of the key does.
 *
 * @param issue The record, looked up and parsed.
 * @param expected The registration.
 * @param mode `live` refuses every record without `sandbox: false`.
 * @returns What the record says. Failures, checked in this order: `registration_mismatch` for another `merchant_uid`;
 * `sandbox_key` for a test channel in live mode; `customer_uid_mismatch` for another key; `unexpected_charge` for a window
 * that charged, though the registration is of no order.
 *
 * @example
 * ```ts
 * import { type ExpectedKey, type KeyIssue, readIssue } from '@quayside/core'
 *
 * const isIssued = (issue: KeyIssue, expected: ExpectedKey): boolean => {
 *   const result = readIssue(issue, expected, 'live')
 *   return result.ok && result.value.kind === 'issued'
 * }
 * console.log(typeof isIssued) // function
 * ```
 */
export function readIssue(
  { payment, customerUid }: KeyIssue,
  { registrationId, customerUid: expected }: ExpectedKey,
  mode: Mode,
): Result<IssueResult, RegistrationFailure> {
  if (payment.merchantUid !== registrationId) {
    const actual = payment.merchantUid
    return fail({ reason: 'registration_mismatch', expected: registrationId, actual })
  }
  if (mode === 'live' && payment.sandbox !== false) {
    return fail({ reason: 'sandbox_key', sandbox: payment.sandbox })
  }
  if (customerUid !== null && customerUid !== expected) {
    return fail({ reason: 'customer_uid_mismatch' })
  }
  if (payment.status === 'failed') {
    const { failReason } = payment
    return ok({ kind: 'failed', failReason, isCancelledByBuyer: isBuyersCancel(failReason) })
  }
  if (!hasBeenPaid(payment.status)) return ok({ kind: 'pending' })
  return isMoney(payment) ? fail({ reason: 'unexpected_charge' }) : ok({ kind: 'issued' })
}

/**
 * Whether an issue moved money: a payment that issued no key did, and so did one at a PG whose window charges. Elsewhere
 * the amount was only displayed.
 */
function isMoney(payment: Payment): boolean {
  if (payment.amount.minor === 0) return false
  return !payment.isBillingKeyIssue || (isChargingWindow(payment) && !isTestCharge(payment))
}

/** PGs have no common code for it, but much the same words. */
function isBuyersCancel(failReason: string | null): boolean {
  return /(?:사용자|고객|구매자|이용자)\S*\s*(?:\S+\s+)?취소|결제\s*포기|cancell?ed by (?:the )?(?:user|buyer|customer)/i.test(
    failReason ?? '',
  )
}

/**
 * Compares the record of a billing key with the registration that issued it.
 *
 * @param key The record, read by the `customer_uid` of the registration, and parsed.
 * @param expected The registration.
 * @param mode `live` refuses every record without `sandbox: false`.
 * @returns The key, which may be charged. Failures, checked in this order: `customer_uid_mismatch`; `sandbox_key` for a
 * test channel in live mode; `channel_mismatch` for another PG, or another merchant id at it, than the merchant named;
 * `customer_id_mismatch` for a key of another customer. A record without a `customer_id` is of the customer: the
 * `customer_uid` was drawn for the registration.
 *
 * @example
 * ```ts
 * import { type ExpectedKey, parseBillingKey, verifyBillingKey } from '@quayside/core'
 *
 * const isOwnKey = (record: unknown, expected: ExpectedKey): boolean => {
 *   const key = parseBillingKey(record)
 *   return key.ok && verifyBillingKey(key.value, expected, 'live').ok
 * }
 * console.log(typeof isOwnKey) // function
 * ```
 */
export function verifyBillingKey(
  key: BillingKeyRecord,
  expected: ExpectedKey,
  mode: Mode,
): Result<BillingKeyRecord, RegistrationFailure> {
  const { pgProvider, pgId, customerId, sandbox } = key
  if (key.customerUid !== expected.customerUid) return fail({ reason: 'customer_uid_mismatch' })
  if (mode === 'live' && sandbox !== false) return fail({ reason: 'sandbox_key', sandbox })
  const isOtherPg = expected.pgProvider !== null && !isSamePg(pgProvider, expected.pgProvider)
  if (isOtherPg || (expected.pgId !== null && pgId !== expected.pgId)) {
    return fail({ reason: 'channel_mismatch', pgProvider, pgId })
  }
  if (customerId !== null && ![customerId, null].includes(expected.customerId)) {
    return fail({ reason: 'customer_id_mismatch' })
  }
  return ok(key)
}

/** The name of a billing channel may have an addition that the record leaves out, such as `kcp_billing`. */
function isSamePg(actual: string, expected: string): boolean {
  return actual === expected || `${actual}_billing` === expected || actual === `${expected}_billing`
}
