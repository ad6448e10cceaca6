import {
  type ExpectedOrder,
  type Fields,
  type ImpUid,
  type MerchantUid,
  type Money,
  parseImpUid,
  parseMerchantUid,
  parseMoney,
  type Result,
} from '@quayside/core'
import {
  type ActualPayment,
  canary,
  type OrderSpec,
  type PaymentStatus,
  type PaymentVersion,
} from '../checkers/history.ts'
import type { Prng } from '../engine/prng.ts'

/** A planned payment at the provider, with the record it shows in each of its states. */
export interface WorkloadPayment extends ActualPayment {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  readonly records: readonly Fields[]
  /** How many of its states it has reached. */
  versionsReached: number
}

/** The payments that will be made, and the orders that the merchant creates. */
export interface Workload {
  readonly orders: readonly ExpectedOrder[]
  readonly orderSpecs: readonly OrderSpec[]
  readonly payments: readonly WorkloadPayment[]
}

/** The value of a result; a workload without it cannot be generated. */
export function unwrap<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value
  throw new TypeError(`Cannot generate workload: ${JSON.stringify(result.failure)}`)
}

/** The lifecycles of payments, the simplest first; the seed ends some of them early. */
export const lifecycles: readonly (readonly PaymentStatus[])[] = [
  ['paid'],
  ['paid', 'cancelled'],
  ['failed', 'paid'],
  ['vbank_issued', 'paid'],
  ['paid', 'partially_cancelled', 'partially_cancelled', 'cancelled'],
  ['failed'],
  ['vbank_issued', 'failed'],
  ['vbank_issued', 'paid', 'cancelled'],
  ['vbank_issued', 'paid', 'partially_cancelled', 'cancelled'],
  ['pending', 'paid'],
  ['vbank_issued'],
]

/** How a payment differs from what its order expects. */
const deviations = [
  'matching',
  'matching',
  'matching',
  'matching',
  'wrong amount',
  'wrong currency',
  'sandbox',
] as const
type Deviation = (typeof deviations)[number]

const merchantUids = ['ORD-1', '주문 2'].map((text) => unwrap(parseMerchantUid(text)))
const impUids = ['imp_1', 'imp_2', 'imp_3'].map((text) => unwrap(parseImpUid(text)))
/** A payment that exists nowhere. */
export const unknownImpUid: ImpUid = unwrap(parseImpUid('imp_0'))
/** An order that exists nowhere. */
export const unknownMerchantUid: MerchantUid = unwrap(parseMerchantUid('ORD-0'))

const prices: Readonly<Record<'KRW' | 'USD', Money>> = {
  KRW: unwrap(parseMoney(64_900, 'KRW')),
  USD: unwrap(parseMoney(64.9, 'USD')),
}
/** How many payments a workload has; the choices are drawn from in this order. */
export const paymentCounts: readonly number[] = [1, 1, 1, 2, 2, 3]
const epochSeconds = 1_800_000_000
/** How long an issued account waits for its deposit, in seconds. */
export const accountLifetimeSeconds = 3_600

/** Generates a workload; every draw of zero makes it simpler. */
export function generateWorkload(prng: Prng, counts = paymentCounts): Workload {
  const amount = prng.below(4) === 3 ? prices.USD : prices.KRW
  const late = prng.below(2) === 1 ? 'deliver' : 'report'
  const orders = merchantUids.slice(0, prng.below(3) === 2 ? 2 : 1).map((merchantUid) => ({
    merchantUid,
    amount,
    allowances: [],
    policy: { late, unmatched: 'report' } as const,
  }))
  const count = counts[prng.below(counts.length)] ?? 1
  const payments = impUids.slice(0, count).map((impUid, at) => {
    const merchantUid = orders[prng.below(orders.length)]?.merchantUid ?? unknownMerchantUid
    const deviation = deviations[prng.below(at === 0 ? 5 : deviations.length)] ?? 'matching'
    const lifecycle = lifecycles[prng.below(lifecycles.length)] ?? ['paid']
    return createPayment(
      impUid,
      merchantUid,
      amount,
      deviation,
      lifecycle.slice(0, lifecycle.length - prng.below(2)),
      at,
    )
  })
  const orderSpecs = orders.map(({ merchantUid }) => ({
    merchant_uid: merchantUid,
    amount: amount.minor,
    currency: amount.currency,
    at: Number.POSITIVE_INFINITY,
  }))
  return { orders, orderSpecs, payments }
}

function createPayment(
  impUid: ImpUid,
  merchantUid: MerchantUid,
  price: Money,
  deviation: Deviation,
  lifecycle: readonly PaymentStatus[],
  at: number,
): WorkloadPayment {
  const amount = deviation === 'wrong amount' ? price.minor - 1 : price.minor
  const currency = deviation === 'wrong currency' ? 'JPY' : price.currency
  const facts = {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    amount,
    currency,
    sandbox: deviation === 'sandbox',
  }
  let cancelled = 0
  const versions = lifecycle.map((status): PaymentVersion => {
    if (status === 'partially_cancelled') cancelled += 400
    if (status === 'cancelled') cancelled = amount
    return { status, cancelled, at: Number.POSITIVE_INFINITY }
  })
  const isAccount = lifecycle.includes('vbank_issued')
  const records = versions.map((version) => toRecord(facts, version, isAccount, at))
  return { ...facts, impUid, merchantUid, versions, records, versionsReached: 0 }
}

/** The record that the provider shows of a payment in one of its states; `at` counts seconds. */
export function toRecord(
  facts: Omit<ActualPayment, 'versions'>,
  { status, cancelled }: PaymentVersion,
  isAccount: boolean,
  at: number,
): Fields {
  const scale = facts.currency === 'USD' ? 100 : 1
  const issuedAt = epochSeconds + at
  return {
    imp_uid: facts.imp_uid,
    merchant_uid: facts.merchant_uid,
    amount: facts.amount / scale,
    cancel_amount: cancelled / scale,
    currency: facts.currency,
    status: toWireStatus(status),
    paid_at: status === 'paid' ? epochSeconds + 60 : 0,
    fail_reason: status === 'failed' ? '한도초과' : null,
    pay_method: isAccount ? 'vbank' : 'card',
    pg_provider: 'kcp',
    sandbox: facts.sandbox,
    buyer_name: `${canary} name`,
    buyer_email: `${canary}@buyer.example`,
    ...(isAccount
      ? {
          vbank_num: `9-${at}`,
          vbank_date: issuedAt + accountLifetimeSeconds,
          vbank_issued_at: issuedAt,
        }
      : {}),
  }
}

/** The provider's status on the wire. */
export function toWireStatus(status: PaymentStatus): string {
  switch (status) {
    case 'pending':
    case 'vbank_issued':
      return 'ready'
    case 'partially_cancelled':
    case 'cancelled':
      return 'cancelled'
    case 'paid':
    case 'failed':
      return status
  }
}

/** When the clock of a schedule starts, in milliseconds since 1970. */
export const startMs: number = epochSeconds * 1000
