import {
  type Deposit,
  type ImpUid,
  isNothing,
  type MerchantUid,
  type Money,
  type Payment,
  type PaymentFields,
  type PaymentStatus,
} from '@quayside/core'
import { currencies, type KnownCurrency, toMinor } from './currencies.ts'

/** A record whose required members a schema has checked; of the others, what has another type counts as absent. */
export interface CheckedRecord {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
  readonly cancel_amount: number
  readonly currency: string
  readonly status: string
  readonly sandbox?: unknown
  readonly pay_method?: unknown
  readonly pg_provider?: unknown
  readonly customer_uid_usage?: unknown
  readonly promotion?: unknown
  readonly receipt_url?: unknown
  readonly deposit_history?: unknown
  readonly started_at?: unknown
  readonly paid_at?: unknown
  readonly cancelled_at?: unknown
  readonly fail_reason?: unknown
  readonly vbank_num?: unknown
  readonly vbank_name?: unknown
  readonly vbank_holder?: unknown
  readonly vbank_date?: unknown
  readonly vbank_issued_at?: unknown
}

/**
 * Makes of a checked record the payment that core verifies and decides on: what every schema leaves to its user. Null for
 * what no schema of single members can refuse. Unlike core's parser it keeps control characters in texts.
 */
export function toPayment(record: CheckedRecord): Payment | null {
  const currency = currencies.get(record.currency)
  if (currency === undefined) return null
  const amount = toMoney(record.amount, currency)
  const cancelled = toMoney(record.cancel_amount, currency)
  if (amount === null || cancelled === null || cancelled.minor > amount.minor) return null
  const status = toStatus(record, amount.minor, cancelled.minor)
  if (status === null) return null
  const isMoney = status === 'paid' || status === 'partially_cancelled' || status === 'cancelled'
  const fields: PaymentFields = {
    impUid: record.imp_uid as ImpUid,
    merchantUid: record.merchant_uid as MerchantUid,
    amount,
    cancelled,
    sandbox: typeof record.sandbox === 'boolean' ? record.sandbox : null,
    payMethod: toText(record.pay_method),
    pgProvider: toText(record.pg_provider),
    isBillingKeyIssue: record.customer_uid_usage === 'issue',
    discount: toDiscount(record.promotion, currency),
    receiptUrl: toUrl(record.receipt_url),
    deposits: toDeposits(record.deposit_history, currency),
    startedAt: toDate(record.started_at),
    paidAt: isMoney ? toDate(record.paid_at) : null,
    accountDueAt: toDate(record.vbank_date),
  }
  return withState(fields, status, record)
}

function withState(fields: PaymentFields, status: PaymentStatus, record: CheckedRecord): Payment {
  switch (status) {
    case 'paid':
      return { ...fields, status }
    case 'pending':
      return { ...fields, status, wireStatus: record.status }
    case 'failed':
      return { ...fields, status, failReason: toText(record.fail_reason) }
    case 'partially_cancelled':
    case 'cancelled':
      return { ...fields, status, cancelledAt: toDate(record.cancelled_at) }
    case 'vbank_issued': {
      const virtualAccount = {
        bank: toText(record.vbank_name),
        number: toText(record.vbank_num) ?? '',
        holder: toText(record.vbank_holder),
        dueAt: fields.accountDueAt,
        issuedAt: toDate(record.vbank_issued_at),
      }
      return { ...fields, status, virtualAccount }
    }
  }
}

function toStatus(
  { status, pay_method, vbank_num }: CheckedRecord,
  amount: number,
  cancelled: number,
): PaymentStatus | null {
  const isKnown =
    status === 'paid' || status === 'ready' || status === 'failed' || status === 'cancelled'
  if (!isKnown && isNothing(status)) return null
  if (cancelled > 0) return cancelled < amount ? 'partially_cancelled' : 'cancelled'
  if (status === 'paid' || status === 'failed' || status === 'cancelled') return status
  const hasAccount = pay_method === 'vbank' && typeof vbank_num === 'string'
  return status === 'ready' && hasAccount && !isNothing(vbank_num) ? 'vbank_issued' : 'pending'
}

function toMoney(amount: number, { code, scale }: KnownCurrency): Money | null {
  const minor = toMinor(amount, scale)
  return minor === null ? null : { minor, currency: code }
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function toUrl(value: unknown): string | null {
  const isUrl = typeof value === 'string' && /^https?:\/\//i.test(value)
  return isUrl ? value : null
}

function toDate(value: unknown): Date | null {
  const isInstant = typeof value === 'number' && value > 0 && value <= 8_640_000_000_000
  return isInstant ? new Date(value * 1000) : null
}

function toDiscount(value: unknown, currency: KnownCurrency): Money | null {
  if (typeof value !== 'object' || value === null || !('discount' in value)) return null
  return typeof value.discount === 'number' ? toMoney(value.discount, currency) : null
}

function toDeposits(value: unknown, currency: KnownCurrency): readonly Deposit[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('amount' in entry)) return []
    const amount = typeof entry.amount === 'number' ? toMoney(entry.amount, currency) : null
    const depositedAt = toDate('deposited_at' in entry ? entry.deposited_at : null)
    return amount === null ? [] : [{ amount, depositedAt }]
  })
}
