import {
  type ExpectedOrder,
  type Fields,
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
  startMs,
  toRecord,
  toWireStatus,
  unwrap,
  type Workload,
  type WorkloadPayment,
} from '../workload/payments.ts'

/** A payment that commands move from state to state. */
export interface LivePayment extends WorkloadPayment {
  readonly versions: PaymentVersion[]
  readonly records: Fields[]
  /** The second at which its account was opened; 0 when it has none. */
  readonly issued: number
}

/** How a payment is created. */
export interface NewPayment {
  readonly merchantUid: MerchantUid
  readonly status: PaymentStatus
  /** What the buyer's page asked for, which is not always the price. */
  readonly amount: number
  readonly isSandbox: boolean
}

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
    }
    this.orders.push(order)
    this.orderSpecs.push({
      merchant_uid: merchantUid,
      amount: price,
      currency: 'KRW',
      at: this.#clock.step,
    })
    return order
  }

  createPayment({ merchantUid, status, amount, isSandbox }: NewPayment): void {
    const impUid: ImpUid = unwrap(parseImpUid(`imp_${this.payments.length + 1}`))
    const payment: LivePayment = {
      imp_uid: impUid,
      merchant_uid: merchantUid,
      amount,
      currency: 'KRW',
      sandbox: isSandbox,
      impUid,
      merchantUid,
      versions: [],
      records: [],
      versionsReached: 0,
      issued: status === 'vbank_issued' ? Math.floor(this.#clock.ms / 1000) : 0,
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
    const version: PaymentVersion = { status, cancelled, at: this.#clock.step }
    const isAccount = payment.issued > 0
    payment.versions.push(version)
    payment.records.push(toRecord(payment, version, isAccount, payment.issued - startMs / 1000))
    payment.versionsReached++
    if (status === 'failed' || status === 'pending') return
    this.inbound.push(
      createNotice(payment.impUid, payment.merchantUid, 'webhook', toWireStatus(status)),
    )
  }

  /** Whether an account is past its due date. */
  readonly isOverdue = ({ issued }: { readonly issued: number }): boolean =>
    (issued + accountLifetimeSeconds) * 1000 < this.#clock.ms
}
