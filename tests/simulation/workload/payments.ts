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
  canary,
  type TrueOrder,
  type TruePayment,
  type Version,
  type Word,
} from '../checkers/history.ts'
import type { Chance } from '../engine/prng.ts'

/** A payment on the provider's books, with the record it shows in each of its states. */
export interface Booked extends TruePayment {
  readonly impUid: ImpUid
  readonly owner: MerchantUid
  readonly records: readonly Fields[]
  /** How many of its states it has reached. */
  reached: number
}

/** What is going to happen upstream, and what the merchant waits for. */
export interface Story {
  readonly orders: readonly ExpectedOrder[]
  readonly wanted: readonly TrueOrder[]
  readonly payments: readonly Booked[]
}

/** The promised value; a story without it is a broken story. */
export function take<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value
  throw new TypeError(`Cannot tell story: ${JSON.stringify(result.failure)}`)
}

/** The lives of payments, the plainest first; the seed ends some of them early. */
export const plots: readonly (readonly Word[])[] = [
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
const disguises = [
  'honest',
  'honest',
  'honest',
  'honest',
  'cheap',
  'foreign coin',
  'sandbox',
] as const
type Disguise = (typeof disguises)[number]

const merchantUids = ['ORD-1', '주문 2'].map((text) => take(parseMerchantUid(text)))
const impUids = ['imp_1', 'imp_2', 'imp_3'].map((text) => take(parseImpUid(text)))
/** A payment that exists nowhere. */
export const nowhere: ImpUid = take(parseImpUid('imp_0'))
/** An order that exists nowhere. */
export const nobodys: MerchantUid = take(parseMerchantUid('ORD-0'))

const price: Readonly<Record<'KRW' | 'USD', Money>> = {
  KRW: take(parseMoney(64_900, 'KRW')),
  USD: take(parseMoney(64.9, 'USD')),
}
/** How many payments a story has. */
export const crowds: readonly number[] = [1, 1, 1, 2, 2, 3]
const epoch = 1_800_000_000
/** How long an issued account waits for its deposit, in seconds. */
export const accountLife = 3_600

/** Makes up a story; every draw of nought makes it plainer. */
export function tellStory(chance: Chance, crowd = crowds): Story {
  const amount = chance.below(4) === 3 ? price.USD : price.KRW
  const late = chance.below(2) === 1 ? 'deliver' : 'report'
  const orders = merchantUids.slice(0, chance.below(3) === 2 ? 2 : 1).map((merchantUid) => ({
    merchantUid,
    amount,
    allowances: [],
    policy: { late, stray: 'report' } as const,
  }))
  const count = crowd[chance.below(crowd.length)] ?? 1
  const payments = impUids.slice(0, count).map((impUid, at) => {
    const owner = orders[chance.below(orders.length)]?.merchantUid ?? nobodys
    const disguise = disguises[chance.below(at === 0 ? 5 : disguises.length)] ?? 'honest'
    const plot = plots[chance.below(plots.length)] ?? ['paid']
    return book(impUid, owner, amount, disguise, plot.slice(0, plot.length - chance.below(2)), at)
  })
  const wanted = orders.map(({ merchantUid }) => ({
    merchant_uid: merchantUid,
    amount: amount.minor,
    currency: amount.currency,
    at: Number.POSITIVE_INFINITY,
  }))
  return { orders, wanted, payments }
}

function book(
  impUid: ImpUid,
  owner: MerchantUid,
  price: Money,
  disguise: Disguise,
  plot: readonly Word[],
  at: number,
): Booked {
  const amount = disguise === 'cheap' ? price.minor - 1 : price.minor
  const currency = disguise === 'foreign coin' ? 'JPY' : price.currency
  const truth = {
    imp_uid: impUid,
    merchant_uid: owner,
    amount,
    currency,
    sandbox: disguise === 'sandbox',
  }
  let cancelled = 0
  const versions = plot.map((status): Version => {
    if (status === 'partially_cancelled') cancelled += 400
    if (status === 'cancelled') cancelled = amount
    return { status, cancelled, at: Number.POSITIVE_INFINITY }
  })
  const isAccount = plot.includes('vbank_issued')
  const records = versions.map((version) => toRecord(truth, version, isAccount, at))
  return { ...truth, impUid, owner, versions, records, reached: 0 }
}

/** The record that the provider shows of a payment in one of its states; `at` counts seconds. */
export function toRecord(
  truth: Omit<TruePayment, 'versions'>,
  { status, cancelled }: Version,
  isAccount: boolean,
  at: number,
): Fields {
  const scale = truth.currency === 'USD' ? 100 : 1
  const issuedAt = epoch + at
  return {
    imp_uid: truth.imp_uid,
    merchant_uid: truth.merchant_uid,
    amount: truth.amount / scale,
    cancel_amount: cancelled / scale,
    currency: truth.currency,
    status: toWireStatus(status),
    paid_at: status === 'paid' ? epoch + 60 : 0,
    fail_reason: status === 'failed' ? '한도초과' : null,
    pay_method: isAccount ? 'vbank' : 'card',
    pg_provider: 'kcp',
    sandbox: truth.sandbox,
    buyer_name: `${canary} name`,
    buyer_email: `${canary}@buyer.example`,
    ...(isAccount
      ? { vbank_num: `9-${at}`, vbank_date: issuedAt + accountLife, vbank_issued_at: issuedAt }
      : {}),
  }
}

/** The word that the wire has for a state. */
export function toWireStatus(status: Word): string {
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
export const start: number = epoch * 1000
