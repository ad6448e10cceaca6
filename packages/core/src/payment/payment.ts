import { type Currency, isCurrency } from '../values/currency.ts'
import { type Fields, readRecord, toList, toText } from '../values/fields.ts'
import { type ImpUid, isMerchantUid, isRecordId, type MerchantUid } from '../values/ids.ts'
import { type Money, toMoney } from '../values/money.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { toPaymentStatus } from '../values/status.ts'

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
  return readRecord(value, readPayment) ?? malformed('response')
}

function readPayment(record: Fields): Result<Payment, PaymentFailure> {
  const { imp_uid: impUid, merchant_uid: merchantUid, currency, sandbox } = record
  if (!isRecordId(impUid)) return malformed('imp_uid')
  if (!isMerchantUid(merchantUid)) return malformed('merchant_uid')
  if (!isCurrency(currency)) return malformed('currency')
  const amount = toMoney(record['amount'], currency)
  if (amount === null) return malformed('amount')
  const cancelled = toMoney(record['cancel_amount'], currency)
  if (cancelled === null || cancelled.minor > amount.minor) return malformed('cancel_amount')
  const wireStatus = toText(record['status'])
  if (wireStatus === null) return malformed('status')
  const accountNumber = toText(record['vbank_num'])
  const fields: PaymentFields = {
    impUid,
    merchantUid,
    amount,
    cancelled,
    sandbox: typeof sandbox === 'boolean' ? sandbox : null,
    payMethod: toText(record['pay_method']),
    pgProvider: toText(record['pg_provider']),
    isBillingKeyIssue: record['customer_uid_usage'] === 'issue',
    discount: toDiscount(record['promotion'], currency),
    receiptUrl: toUrl(record['receipt_url']),
    deposits: toDeposits(record['deposit_history'], currency),
    startedAt: toDate(record['started_at']),
    paidAt: toDate(record['paid_at']),
    accountDueAt: toDate(record['vbank_date']),
  }
  const status = toPaymentStatus(wireStatus, accountNumber, fields)
  switch (status) {
    case 'paid':
      return ok({ ...fields, status })
    case 'partially_cancelled':
    case 'cancelled':
      return ok({ ...fields, status, cancelledAt: toDate(record['cancelled_at']) })
    // What follows is without money, whatever the date says.
    case 'pending':
      return ok({ ...fields, paidAt: null, status, wireStatus })
    case 'failed':
      return ok({ ...fields, paidAt: null, status, failReason: toText(record['fail_reason']) })
    case 'vbank_issued': {
      const virtualAccount: VirtualAccount = {
        bank: toText(record['vbank_name']),
        number: accountNumber ?? '',
        holder: toText(record['vbank_holder']),
        dueAt: fields.accountDueAt,
        issuedAt: toDate(record['vbank_issued_at']),
      }
      return ok({ ...fields, paidAt: null, status, virtualAccount })
    }
  }
}

function toDiscount(promotion: unknown, currency: Currency): Money | null {
  return promotion ? readRecord(promotion, ({ discount }) => toMoney(discount, currency)) : null
}

function toDeposits(history: unknown, currency: Currency): readonly Deposit[] {
  const toDeposit = ({ amount, deposited_at }: Fields) => {
    const money = toMoney(amount, currency)
    return money && { amount: money, depositedAt: toDate(deposited_at) }
  }
  return (toList(history) ?? []).flatMap((entry) => readRecord(entry, toDeposit) ?? [])
}

/** The URL is shown to the buyer as a link, so a scheme that runs code must not pass. */
function toUrl(value: unknown): string | null {
  const url = toText(value)
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

const lastSecond = 8_640_000_000_000

function toDate(seconds: unknown): Date | null {
  const isInstant = typeof seconds === 'number' && seconds > 0 && seconds <= lastSecond
  // oxlint-disable-next-line eslint/no-restricted-globals -- an instant the provider wrote, not the clock
  return isInstant ? new Date(seconds * 1000) : null
}

function malformed(field: string): { readonly ok: false; readonly failure: PaymentFailure } {
  return fail({ reason: 'payment_malformed', field })
}
