import { type Fields, isFields, readField, readList, readText } from '../values/fields.ts'
import { type ImpUid, type MerchantUid, parseMerchantUid, parseRecordId } from '../values/ids.ts'
import { type Money, parseMoney } from '../values/money.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { hasBeenPaid, type PaymentStatus, toPaymentStatus } from '../values/status.ts'

/** The bank account for the deposit of one payment (가상계좌). */
export interface VirtualAccount {
  /** The bank by name; null where the record has none. */
  readonly bank: string | null
  /** As the provider sends it, dashes included; `unknown` for a Japanese convenience-store payment. */
  readonly number: string
  /** The name of the account holder; null where the record has none. */
  readonly holder: string | null
  /** The due date of the deposit; null when the record has no date. */
  readonly dueAt: Date | null
  /** When it was issued; null when the record has no date. */
  readonly issuedAt: Date | null
}

/** The fields of every payment, independent of its status. */
export interface PaymentFields {
  /** The provider's id of the payment. */
  readonly impUid: ImpUid
  /** The order that the record names. */
  readonly merchantUid: MerchantUid
  /** The amount of the record, before any refund. */
  readonly amount: Money
  /** The amount refunded so far, in the same currency. */
  readonly cancelled: Money
  /** True for a test channel, false for real money, null in records from before the field existed. */
  readonly sandbox: boolean | null
  /** The method that was used at last (`pay_method`); null where the record has none. */
  readonly payMethod: string | null
  /** The provider's code of the PG; null where the record has none. */
  readonly pgProvider: string | null
  /** True when the record is the issue of a billing key: its `paid` did not charge an order. */
  readonly isBillingKeyIssue: boolean
  /** The discount of a card promotion; null without one. */
  readonly discount: Money | null
  /** The http(s) URL of the sales slip; null without one. */
  readonly receiptUrl: string | null
  /** The deposits into an unlimited fixed account; empty for any other payment. */
  readonly deposits: readonly Deposit[]
  /** When the payment window was opened, or the account requested; null when the record has no date. */
  readonly startedAt: Date | null
  /** When the money came, also after a refund of it; null for a payment without money. */
  readonly paidAt: Date | null
  /** The due date of its virtual account, also after the deposit; null without an account or a date. */
  readonly accountDueAt: Date | null
}

/** One deposit into an unlimited fixed account. */
export interface Deposit {
  /** What was deposited. */
  readonly amount: Money
  /** When it was deposited; null when the record has no date. */
  readonly depositedAt: Date | null
}

/** A parsed payment record, discriminated by `status`. */
export type Payment =
  | (PaymentFields & { readonly status: 'pending'; readonly wireStatus: string })
  | (PaymentFields & { readonly status: 'vbank_issued'; readonly virtualAccount: VirtualAccount })
  | (PaymentFields & { readonly status: 'paid' })
  | (PaymentFields & { readonly status: 'failed'; readonly failReason: string | null })
  | (PaymentFields & {
      readonly status: 'partially_cancelled' | 'cancelled'
      readonly cancelledAt: Date | null
    })

/** A record without a field that a decision needs, or with a field of another type than documented. */
export interface PaymentFailure {
  /** The discriminant of a failure. */
  readonly reason: 'payment_malformed'
  /** The name of the first field that is missing or malformed. */
  readonly field: string
}

/**
 * Parses a payment record (the `response` of `GET /payments/{imp_uid}`).
 *
 * Ids, amount, cancelled amount, currency and status are required. UNIX seconds become dates, and `0`, which
 * means "not yet" on the wire, becomes null. Nothing is verified here.
 *
 * @param value The decoded record; any value is allowed.
 * @returns The payment. Failure: `payment_malformed` with the first field that is missing or malformed.
 *
 * @example
 * ```ts
 * import { parsePayment } from '@quayside/core'
 *
 * const payment = parsePayment({
 *   imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1', amount: 1004, cancel_amount: 0,
 *   currency: 'KRW', status: 'paid', paid_at: 1648344363, sandbox: false,
 * })
 * console.log(payment.ok && payment.value.status) // 'paid'
 * ```
 *
 * @see https://developers.portone.io/api/rest-v1/payment
 */
export function parsePayment(value: unknown): Result<Payment, PaymentFailure> {
  if (!isFields(value)) return malformed('response')
  const impUid = parseRecordId(readField(value, 'imp_uid'))
  if (!impUid.ok) return malformed('imp_uid')
  const merchantUid = parseMerchantUid(readField(value, 'merchant_uid'))
  if (!merchantUid.ok) return malformed('merchant_uid')
  const currency = readField(value, 'currency')
  const amount = parseMoney(readField(value, 'amount'), currency)
  if (!amount.ok)
    return malformed(amount.failure.reason === 'currency_unknown' ? 'currency' : 'amount')
  const cancelled = parseMoney(readField(value, 'cancel_amount'), currency)
  if (!cancelled.ok || cancelled.value.minor > amount.value.minor) return malformed('cancel_amount')
  const wireStatus = readText(value, 'status')
  if (wireStatus === null) return malformed('status')

  const payMethod = readText(value, 'pay_method')
  const accountNumber = readText(value, 'vbank_num')
  const status = toPaymentStatus({
    status: wireStatus,
    amountMinor: amount.value.minor,
    cancelledMinor: cancelled.value.minor,
    payMethod,
    accountNumber,
  })
  return ok({
    impUid: impUid.value,
    merchantUid: merchantUid.value,
    amount: amount.value,
    cancelled: cancelled.value,
    sandbox: readSandbox(value),
    payMethod,
    pgProvider: readText(value, 'pg_provider'),
    isBillingKeyIssue: readField(value, 'customer_uid_usage') === 'issue',
    discount: readDiscount(value),
    receiptUrl: readReceiptUrl(value),
    deposits: readDeposits(value),
    startedAt: readDate(value, 'started_at'),
    paidAt: hasBeenPaid(status) ? readDate(value, 'paid_at') : null,
    accountDueAt: readDate(value, 'vbank_date'),
    ...readState(value, status, wireStatus, accountNumber),
  })
}

type State =
  | { status: 'pending'; wireStatus: string }
  | { status: 'vbank_issued'; virtualAccount: VirtualAccount }
  | { status: 'paid' }
  | { status: 'failed'; failReason: string | null }
  | { status: 'partially_cancelled' | 'cancelled'; cancelledAt: Date | null }

function readState(
  fields: Fields,
  status: PaymentStatus,
  wireStatus: string,
  accountNumber: string | null,
): State {
  switch (status) {
    case 'pending':
      return { status, wireStatus }
    case 'vbank_issued':
      return { status, virtualAccount: readVirtualAccount(fields, accountNumber ?? '') }
    case 'paid':
      return { status }
    case 'failed':
      return { status, failReason: readText(fields, 'fail_reason') }
    case 'partially_cancelled':
    case 'cancelled':
      return { status, cancelledAt: readDate(fields, 'cancelled_at') }
  }
}

function readVirtualAccount(fields: Fields, number: string): VirtualAccount {
  return {
    bank: readText(fields, 'vbank_name'),
    number,
    holder: readText(fields, 'vbank_holder'),
    dueAt: readDate(fields, 'vbank_date'),
    issuedAt: readDate(fields, 'vbank_issued_at'),
  }
}

function readSandbox(fields: Fields): boolean | null {
  const sandbox = readField(fields, 'sandbox')
  return typeof sandbox === 'boolean' ? sandbox : null
}

function readDiscount(fields: Fields): Money | null {
  const promotion = readField(fields, 'promotion')
  if (!isFields(promotion)) return null
  const discount = parseMoney(readField(promotion, 'discount'), readField(fields, 'currency'))
  return discount.ok ? discount.value : null
}

/** The URL is shown to the buyer as a link, so a scheme that runs code must not pass. */
function readReceiptUrl(fields: Fields): string | null {
  const url = readText(fields, 'receipt_url')
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

function readDeposits(fields: Fields): readonly Deposit[] {
  const history = readList(fields, 'deposit_history') ?? []
  return history.flatMap((entry) => {
    if (!isFields(entry)) return []
    const amount = parseMoney(readField(entry, 'amount'), readField(fields, 'currency'))
    return amount.ok ? [{ amount: amount.value, depositedAt: readDate(entry, 'deposited_at') }] : []
  })
}

const lastSecond = 8_640_000_000_000

function readDate(fields: Fields, name: string): Date | null {
  const seconds = readField(fields, name)
  const isInstant = typeof seconds === 'number' && seconds > 0 && seconds <= lastSecond
  // oxlint-disable-next-line eslint/no-restricted-globals -- an instant the provider wrote, not the clock
  return isInstant ? new Date(seconds * 1000) : null
}

function malformed(field: string): { readonly ok: false; readonly failure: PaymentFailure } {
  return fail({ reason: 'payment_malformed', field })
}
