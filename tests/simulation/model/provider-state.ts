import {
  type ExpectedOrder,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
  parseMoney,
} from '@quayside/core'
import type { OrderSpec, PaymentStatus, PaymentVersion } from '../checkers/history.ts'
import type { SimulatedClock } from '../engine/clock.ts'
import { createNotice, type InboundNotice } from '../workload/notices.ts'
import {
  accountLifetimeSeconds,
  graceMs,
  reachVersion,
  toWireStatus,
  unwrap,
  type Workload,
  type WorkloadPayment,
} from '../workload/payments.ts'
import type { OrderState } from './model.ts'

/** A payment that commands move from state to state. */
export interface LivePayment extends WorkloadPayment {
  readonly versions: PaymentVersion[]
}

/** How a payment is created. */
export interface NewPayment {
  readonly merchantUid: MerchantUid
  readonly status: PaymentStatus
  /** What the buyer's page asked for, which is not always the price. */
  readonly amount: number
  readonly isSandbox: boolean
  /** Whether it was made a year before. */
  readonly isOld: boolean
  /** Selects how long its account waits, and how late the provider shows its deposit. */
  readonly choice: number
}

const lifetimes = [accountLifetimeSeconds, 600, 2 * accountLifetimeSeconds]
const delays = [0, 0, 150, 900]

export const price = 64_900
/** How much a partial cancel refunds. */
const partialRefund = 400

/** The merchant's orders, the provider's payments, and the notices that are still to be delivered. */
export class ProviderState implements Workload {
  readonly orders: ExpectedOrder[] = []
  readonly orderSpecs: OrderSpec[] = []
  readonly payments: LivePayment[] = []
  readonly inbound: InboundNotice[] = []
  readonly #clock: SimulatedClock

  constructor(clock: SimulatedClock) {
    this.#clock = clock
  }

  createOrder(acceptsLatePayment: boolean): ExpectedOrder {
    const merchantUid = unwrap(parseMerchantUid(`ORD-${this.orders.length + 1}`))
    const order: ExpectedOrder = {
      merchantUid,
      amount: unwrap(parseMoney(price, 'KRW')),
      allowances: [],
      policy: { late: acceptsLatePayment ? 'deliver' : 'report', unmatched: 'report' },
      createdAt: new Date(this.#clock.ms),
    }
    this.orders.push(order)
    this.orderSpecs.push({
      merchant_uid: merchantUid,
      amount: price,
      currency: 'KRW',
      acceptsLate: acceptsLatePayment,
      at: this.#clock.step,
      createdAt: this.#clock.ms,
    })
    return order
  }

  createPayment({ merchantUid, status, amount, isSandbox, isOld, choice }: NewPayment): void {
    const impUid: ImpUid = unwrap(parseImpUid(`imp_${this.payments.length + 1}`))
    const payment: LivePayment = {
      imp_uid: impUid,
      merchant_uid: merchantUid,
      amount,
      currency: 'KRW',
      sandbox: isSandbox,
      isKeyIssue: false,
      dueAt: null,
      impUid,
      merchantUid,
      plan: {
        isAccount: status === 'vbank_issued',
        lifetimeSeconds: lifetimes[choice % lifetimes.length] ?? accountLifetimeSeconds,
        delaySeconds: delays[choice % delays.length] ?? 0,
        isOld,
      },
      versions: [],
      records: [],
      versionsReached: 0,
    }
    this.payments.push(payment)
    for (const channel of ['callback', 'redirect'] as const) {
      this.inbound.push(createNotice(impUid, merchantUid, channel, null))
    }
    this.advance(payment, status)
  }

  /** A payment reaches another state, and the provider sends a webhook where it does so. */
  advance(payment: LivePayment, status: PaymentStatus): void {
    const last = payment.versions.at(-1)?.cancelled ?? 0
    const part = status === 'partially_cancelled' ? last + partialRefund : last
    const cancelled = status === 'cancelled' ? payment.amount : part
    payment.versions.push({ status, cancelled, at: this.#clock.step, madeAt: 0 })
    reachVersion(payment, this.#clock)
    if (status === 'failed' || status === 'pending') return
    this.inbound.push(
      createNotice(payment.impUid, payment.merchantUid, 'webhook', toWireStatus(status)),
    )
  }

  /** Whether the last account of an order is past its due date and the grace period. */
  readonly isOverdue = ({ accounts }: OrderState): boolean =>
    Math.max(...accounts.map(({ isOpen, due }) => (isOpen ? due : 0))) + graceMs < this.#clock.ms
}
