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
  hasBeenPaid,
  type OrderSpec,
  type PaymentStatus,
  type PaymentVersion,
} from '../checkers/history.ts'
import type { SimulatedClock } from '../engine/clock.ts'
import type { Prng } from '../engine/prng.ts'

/** How a payment differs from others of its lifecycle. */
export interface PaymentPlan {
  /** Whether it is a deposit into a virtual account. */
  readonly isAccount: boolean
  /** How long its account waits for the deposit, in seconds. */
  readonly lifetimeSeconds: number
  /** How long after the money came the provider shows it, in seconds. */
  readonly delaySeconds: number
  /** Whether it was made a year before the schedule, under an id that the merchant uses again. */
  readonly isOld: boolean
}

/** A planned payment at the provider, with the record that it showed in each state it has reached. */
export interface WorkloadPayment extends ActualPayment {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  readonly plan: PaymentPlan
  readonly records: Fields[]
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

const accountLifecycles = lifecycles.filter((each) => each.includes('vbank_issued'))

/** How a payment differs from what its order expects. */
const deviations = [
  'matching',
  'matching',
  'matching',
  'matching',
  'wrong amount',
  'wrong currency',
  'sandbox',
  'too old',
  'key issue',
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
/** How long the accounts of a workload wait, which a buyer's page can choose; drawn from in this order. */
const lifetimes = [accountLifetimeSeconds, 600, 2 * accountLifetimeSeconds]
/** How long after the money came the provider shows it, in seconds; drawn from in this order. */
const delays = [0, 0, 150, accountLifetimeSeconds]
const yearMs = 365 * 86_400_000
/** How long after its last due date an order of the simulations expires, in milliseconds. */
export const graceMs = 600_000

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
  // Several accounts of one order: the buyer's, and those that strangers issued for it.
  const hasAccounts = prng.below(4) === 3
  const count = Math.max(counts[prng.below(counts.length)] ?? 1, hasAccounts ? 2 : 1)
  const plans = hasAccounts ? accountLifecycles : lifecycles
  const payments = impUids.slice(0, count).map((impUid, at) => {
    const ofOrder = prng.below(hasAccounts ? 1 : orders.length)
    const merchantUid = orders[ofOrder]?.merchantUid ?? unknownMerchantUid
    const deviation = deviations[prng.below(at === 0 ? 5 : deviations.length)] ?? 'matching'
    const lifecycle = plans[prng.below(plans.length)] ?? ['paid']
    const reached = lifecycle.slice(0, lifecycle.length - prng.below(2))
    const plan: PaymentPlan = {
      isAccount: reached.includes('vbank_issued'),
      lifetimeSeconds: lifetimes[prng.below(lifetimes.length)] ?? accountLifetimeSeconds,
      delaySeconds: delays[prng.below(delays.length)] ?? 0,
      isOld: deviation === 'too old',
    }
    return createPayment({ impUid, merchantUid, price: amount, deviation, reached, plan })
  })
  const orderSpecs = orders.map(({ merchantUid }) => ({
    merchant_uid: merchantUid,
    amount: amount.minor,
    currency: amount.currency,
    acceptsLate: late === 'deliver',
    at: Number.POSITIVE_INFINITY,
    createdAt: Number.POSITIVE_INFINITY,
  }))
  return { orders, orderSpecs, payments }
}

interface PlannedPayment {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  readonly price: Money
  readonly deviation: Deviation
  readonly reached: readonly PaymentStatus[]
  readonly plan: PaymentPlan
}

function createPayment(planned: PlannedPayment): WorkloadPayment {
  const { impUid, merchantUid, price, deviation, reached, plan } = planned
  const amount = deviation === 'wrong amount' ? price.minor - 1 : price.minor
  let cancelled = 0
  const versions = reached.map((status): PaymentVersion => {
    if (status === 'partially_cancelled') cancelled += 400
    if (status === 'cancelled') cancelled = amount
    return { status, cancelled, at: Number.POSITIVE_INFINITY, madeAt: Number.POSITIVE_INFINITY }
  })
  return {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    amount,
    currency: deviation === 'wrong currency' ? 'JPY' : price.currency,
    sandbox: deviation === 'sandbox',
    isKeyIssue: deviation === 'key issue',
    dueAt: null,
    impUid,
    merchantUid,
    plan,
    versions,
    records: [],
    versionsReached: 0,
  }
}

/** A payment reaches its next state: from now on the provider shows the record of it. */
export function reachVersion(payment: WorkloadPayment, clock: SimulatedClock): void {
  const { plan, versions, records, versionsReached } = payment
  const version = versions[versionsReached]
  if (version === undefined) return
  version.at = clock.step
  timeVersion(payment, version, clock)
  records.push(toRecord(payment, version, Number(payment.imp_uid.replaceAll(/\D/g, ''))))
  payment.versionsReached = versionsReached + 1
  if (plan.isAccount) payment.dueAt ??= version.madeAt + plan.lifetimeSeconds * 1000
}

/** Sets when the money came, or when the payment was started; whole seconds, as in its record. */
export function timeVersion(
  payment: ActualPayment & { readonly plan: PaymentPlan },
  version: PaymentVersion,
  clock: SimulatedClock,
): void {
  const { plan, versions } = payment
  const now = Math.floor(clock.ms / 1000) * 1000
  const before = versions[versions.indexOf(version) - 1]
  const startedAt = versions[0] === version ? now - (plan.isOld ? yearMs : 0) : versions[0]?.madeAt
  const isRefund = before !== undefined && hasBeenPaid(before.status)
  if (isRefund) version.madeAt = before.madeAt
  else if (!hasBeenPaid(version.status) || plan.isOld) version.madeAt = startedAt ?? now
  else version.madeAt = Math.max(startedAt ?? now, now - plan.delaySeconds * 1000)
}

/** The record that the provider shows of a payment in one of its states; `number` makes its account unique. */
function toRecord(payment: WorkloadPayment, version: PaymentVersion, number: number): Fields {
  const { plan, versions, currency, dueAt } = payment
  const { status, cancelled, madeAt } = version
  const scale = currency === 'USD' ? 100 : 1
  const startedAt = (versions[0]?.madeAt ?? madeAt) / 1000
  return {
    imp_uid: payment.imp_uid,
    merchant_uid: payment.merchant_uid,
    amount: payment.amount / scale,
    cancel_amount: cancelled / scale,
    currency,
    status: toWireStatus(status),
    started_at: startedAt,
    paid_at: hasBeenPaid(status) ? madeAt / 1000 : 0,
    fail_reason: status === 'failed' ? '한도초과' : null,
    pay_method: plan.isAccount ? 'vbank' : 'card',
    pg_provider: 'kcp',
    sandbox: payment.sandbox,
    ...(payment.isKeyIssue ? { customer_uid_usage: 'issue' } : {}),
    buyer_name: `${canary} name`,
    buyer_email: `${canary}@buyer.example`,
    ...(plan.isAccount
      ? {
          vbank_num: `9-${number}`,
          vbank_date: dueAt === null ? startedAt + plan.lifetimeSeconds : dueAt / 1000,
          vbank_issued_at: startedAt,
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
