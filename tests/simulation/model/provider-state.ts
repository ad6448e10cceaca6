import {
  type ExpectedOrder,
  type Fields,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
  parseMoney,
} from '@quayside/core'
import type { TrueOrder, Version, Word } from '../checkers/history.ts'
import type { Instant } from '../engine/fake-database.ts'
import { type Mail, write } from '../workload/notices.ts'
import {
  accountLife,
  type Booked,
  type Story,
  start,
  take,
  toRecord,
  toWireStatus,
} from '../workload/payments.ts'

/** A payment whose life is still being written. */
export interface Live extends Booked {
  readonly versions: Version[]
  readonly records: Fields[]
  /** The second at which its account was opened; 0 when it has none. */
  readonly issued: number
}

/** How a payment comes into the world. */
export interface Birth {
  readonly owner: MerchantUid
  readonly status: Word
  /** What the buyer's page asked for, which is not always the price. */
  readonly amount: number
  readonly isSandbox: boolean
}

export const price = 64_900
/** What a partial cancel gives back. */
const slice = 400

/** What is true outside: the shop's orders, the provider's payments, the notices on their way. */
export class Books implements Story {
  readonly orders: ExpectedOrder[] = []
  readonly wanted: TrueOrder[] = []
  readonly payments: Live[] = []
  readonly mail: Mail[] = []
  readonly #clock: Instant

  constructor(clock: Instant) {
    this.#clock = clock
  }

  order(isLateWelcome: boolean): ExpectedOrder {
    const merchantUid = take(parseMerchantUid(`ORD-${this.orders.length + 1}`))
    const order: ExpectedOrder = {
      merchantUid,
      amount: take(parseMoney(price, 'KRW')),
      allowances: [],
      policy: { late: isLateWelcome ? 'deliver' : 'report', stray: 'report' },
    }
    this.orders.push(order)
    this.wanted.push({
      merchant_uid: merchantUid,
      amount: price,
      currency: 'KRW',
      at: this.#clock.step,
    })
    return order
  }

  book({ owner, status, amount, isSandbox }: Birth): void {
    const impUid: ImpUid = take(parseImpUid(`imp_${this.payments.length + 1}`))
    const payment: Live = {
      imp_uid: impUid,
      merchant_uid: owner,
      amount,
      currency: 'KRW',
      sandbox: isSandbox,
      impUid,
      owner,
      versions: [],
      records: [],
      reached: 0,
      issued: status === 'vbank_issued' ? Math.floor(this.#clock.ms / 1000) : 0,
    }
    this.payments.push(payment)
    for (const channel of ['callback', 'redirect'] as const) {
      this.mail.push(write(impUid, owner, channel, null))
    }
    this.move(payment, status)
  }

  /** A payment reaches another state, and the provider says so where it says so. */
  move(payment: Live, status: Word): void {
    const last = payment.versions.at(-1)?.cancelled ?? 0
    const part = status === 'partially_cancelled' ? last + slice : last
    const cancelled = status === 'cancelled' ? payment.amount : part
    const version: Version = { status, cancelled, at: this.#clock.step }
    const isAccount = payment.issued > 0
    payment.versions.push(version)
    payment.records.push(toRecord(payment, version, isAccount, payment.issued - start / 1000))
    payment.reached++
    if (status === 'failed' || status === 'pending') return
    this.mail.push(write(payment.impUid, payment.owner, 'webhook', toWireStatus(status)))
  }

  /** Whether the account that an order waits for is past its due date. */
  readonly isOverdue = ({ issued }: { readonly issued: number }): boolean =>
    (issued + accountLife) * 1000 < this.#clock.ms
}
