import {
  type ActualPayment,
  canary,
  type PaymentStatus,
  type PaymentVersion,
} from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import {
  type PaymentPlan,
  timeVersion,
  toWireStatus,
  type WorkloadPayment,
} from '../../workload/payments.ts'

/** A payment at the provider. Its versions grow while the schedule runs: a cancel may come through the API. */
export interface ProviderPayment extends ActualPayment {
  readonly versions: PaymentVersion[]
  readonly plan: PaymentPlan
  readonly planned: WorkloadPayment
  /** How many partial refunds were made through the API. */
  partialRefunds: number
}

/** A payment with what the provider keeps beside it. */
export interface PaymentState {
  readonly payment: ProviderPayment
  readonly number: number
  readonly remainingStatuses: PaymentStatus[]
  readonly scale: number
  readonly refunds: { readonly cancelled_at: number; readonly amount: number }[]
  paidAt: number
  cancelledAt: number
}

const partialRefundMinor = 400

/** A payment that has reached none of its planned states yet. */
export function createState(planned: WorkloadPayment, number: number): PaymentState {
  const { imp_uid, merchant_uid, amount, currency, sandbox, isKeyIssue, plan } = planned
  const payment = {
    imp_uid,
    merchant_uid,
    amount,
    currency,
    sandbox,
    isKeyIssue,
    dueAt: null,
    versions: [],
    plan,
    planned,
    partialRefunds: 0,
  }
  return {
    payment,
    number,
    remainingStatuses: planned.versions.map(({ status }) => status),
    scale: currency === 'USD' ? 100 : 1,
    refunds: [],
    paidAt: 0,
    cancelledAt: 0,
  }
}

/** The payment reaches its next planned state; null when none is left. */
export function advance(state: PaymentState, clock: SimulatedClock): PaymentVersion | null {
  const { payment, remainingStatuses } = state
  const next = remainingStatuses.shift()
  if (next === undefined) return null
  const left = payment.amount - latestVersion(payment).cancelled
  if (next === 'cancelled') return refund(state, left, clock)
  if (next === 'partially_cancelled')
    return refund(state, Math.min(partialRefundMinor, left), clock)
  return transition(state, next, 0, clock)
}

export function refund(state: PaymentState, minor: number, clock: SimulatedClock): PaymentVersion {
  const { payment, refunds, scale } = state
  const cancelled = latestVersion(payment).cancelled + minor
  const isWhole = cancelled === payment.amount
  if (isWhole) state.remainingStatuses.length = 0
  state.cancelledAt = toSeconds(clock)
  refunds.push({ cancelled_at: toSeconds(clock), amount: minor / scale })
  return transition(state, isWhole ? 'cancelled' : 'partially_cancelled', cancelled, clock)
}

export function transition(
  state: PaymentState,
  status: PaymentStatus,
  cancelled: number,
  clock: SimulatedClock,
): PaymentVersion {
  const { payment } = state
  const version: PaymentVersion = { status, cancelled, at: clock.step, madeAt: 0 }
  payment.versions.push(version)
  timeVersion(payment, version, clock)
  if (status === 'paid') state.paidAt = version.madeAt / 1000
  if (isVirtualAccount(state)) {
    payment.dueAt ??= version.madeAt + payment.plan.lifetimeSeconds * 1000
  }
  return version
}

export function toSeconds({ ms }: SimulatedClock): number {
  return Math.floor(ms / 1000)
}

export function isVirtualAccount({ payment }: PaymentState): boolean {
  return payment.plan.isAccount
}

export function latestVersion({ versions }: ActualPayment): PaymentVersion {
  const at = Number.POSITIVE_INFINITY
  return versions.at(-1) ?? { status: 'pending', cancelled: 0, at, madeAt: at }
}

export function wireStatus(payment: ProviderPayment): string {
  return payment.versions.length === 0 ? '' : toWireStatus(latestVersion(payment).status)
}

/** The record that the provider's API shows of a payment. */
export function toRecord(state: PaymentState): Record<string, unknown> {
  const { payment, scale, refunds, paidAt, cancelledAt, number } = state
  const { status, cancelled } = latestVersion(payment)
  const startedAt = (payment.versions[0]?.madeAt ?? 0) / 1000
  return {
    imp_uid: payment.imp_uid,
    merchant_uid: payment.merchant_uid,
    amount: payment.amount / scale,
    cancel_amount: cancelled / scale,
    cancel_history: refunds,
    currency: payment.currency,
    status: toWireStatus(status),
    started_at: startedAt,
    paid_at: paidAt,
    cancelled_at: cancelledAt,
    fail_reason: status === 'failed' ? '한도초과' : null,
    pay_method: isVirtualAccount(state) ? 'vbank' : 'card',
    pg_provider: 'kcp',
    sandbox: payment.sandbox,
    ...(payment.isKeyIssue ? { customer_uid_usage: 'issue' } : {}),
    buyer_name: `${canary} 홍길동`,
    buyer_email: `${canary}@example.com`,
    card_number: `${canary}-4092`,
    ...(isVirtualAccount(state)
      ? {
          vbank_num: `9-${number}`,
          vbank_date: (payment.dueAt ?? 0) / 1000,
          vbank_issued_at: startedAt,
        }
      : {}),
  }
}
