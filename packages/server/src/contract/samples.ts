import { strict as assert } from 'node:assert'
import {
  type Attempt,
  type Change,
  type ExpectedOrder,
  type ImpUid,
  type MerchantUid,
  type Money,
  type Order,
  parseImpUid,
  parseMerchantUid,
  parseMoney,
  parsePayment,
  type Result,
  type StoreFailure,
  toPaymentOf,
  type VerifiedPayment,
  verifyPayment,
} from '@quayside/core'
import type { EventState, Store, StoredEvent } from '../index.ts'

/** Returns the value of a call that must succeed. */
export function take<T>(result: Result<T, unknown>): T {
  assert.ok(result.ok, result.ok ? '' : `A call failed: ${describeFailure(result.failure)}`)
  return result.value
}

export const impUid = (text: string): ImpUid => take(parseImpUid(text))
export const merchantUid = (text: string): MerchantUid => take(parseMerchantUid(text))
export const money = (amount: number, currency = 'KRW'): Money => take(parseMoney(amount, currency))

export function expecting(id: string, changes: Partial<ExpectedOrder> = {}): ExpectedOrder {
  return { merchantUid: merchantUid(id), amount: money(64_900), allowances: [], ...changes }
}

/** Creates an order and returns it as the store has it. */
export async function open(
  store: Store,
  id: string,
  changes: Partial<ExpectedOrder> = {},
): Promise<Order> {
  return take(await store.orders.create(expecting(id, changes), null)).order
}

type Fields = Readonly<Record<string, unknown>>

/** A payment of an order, of the order's amount and paid by card, with the changes of a test. */
export function payment(order: Order, uid: string, changes: Fields = {}): VerifiedPayment {
  const digits = order.amount.currency === 'KRW' ? 0 : 2
  const parsed = take(
    parsePayment({
      imp_uid: toPaymentOf(impUid(uid), order.payee),
      merchant_uid: order.merchantUid,
      amount: order.amount.minor / 10 ** digits,
      cancel_amount: 0,
      currency: order.amount.currency,
      status: 'paid',
      paid_at: 1_795_316_400,
      pay_method: 'card',
      pg_provider: 'kcp',
      sandbox: false,
      ...changes,
    }),
  )
  return take(verifyPayment(parsed, { ...order, amount: parsed.amount }, 'test'))
}

export const accountFields: Fields = {
  status: 'ready',
  paid_at: 0,
  pay_method: 'vbank',
  vbank_num: '562-1059-18373',
  vbank_name: 'KB국민은행',
  vbank_holder: '(주)가게',
  vbank_date: 1_795_402_800,
  vbank_issued_at: 1_795_316_400,
}
export const refundFields: Fields = {
  status: 'cancelled',
  cancel_amount: 64_900,
  cancelled_at: 1_795_320_000,
}

export function paying(order: Order, uid: string): Change {
  return { order, payment: payment(order, uid), to: 'paid' }
}

export function issuing(order: Order, uid: string): Change {
  return { order, payment: payment(order, uid, accountFields), to: 'vbank_issued' }
}

export function refusing(order: Order, uid: string, fields: Fields = { amount: 100 }): Attempt {
  const reason = 'amount_mismatch'
  return { order, payment: payment(order, uid, fields), outcome: 'refused', reason }
}

export function unmatched(
  order: Order,
  uid: string,
  outcome: 'duplicate_paid' | 'late_paid',
): Attempt {
  return { order, payment: payment(order, uid), outcome }
}

export function refunding(order: Order, uid: string): Attempt {
  return { order, payment: payment(order, uid, refundFields), outcome: 'refunded' }
}

/** Like core's `syncPayment`: tries again with the order that is returned, until the attempt is recorded. */
export async function recordUntilStored(store: Store, attempt: Attempt): Promise<void> {
  let order: Order | null = attempt.order
  while (order !== null) order = take(await store.orders.recordAttempt({ ...attempt, order }))
}

/** Returns every event that the outbox has, by id. */
export async function allEvents(store: Store): Promise<readonly StoredEvent[]> {
  const pages = await Promise.all(
    (['pending', 'delivered', 'failed_permanently'] as const).map((state) => pagesOf(store, state)),
  )
  return pages.flat().toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Returns the events of an order, by sequence. */
export async function eventsOf(store: Store, id: string): Promise<readonly StoredEvent[]> {
  const events = (await allEvents(store)).filter((event) => event.merchantUid === id)
  return events.toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
}

export async function kindsOf(store: Store, id: string): Promise<readonly string[]> {
  return (await eventsOf(store, id)).map(({ kind }) => kind)
}

/** The ids of payments among these that the store has as not accepted for the order. */
export async function unacceptedOf(
  store: Store,
  id: string,
  uids: readonly string[],
): Promise<readonly string[]> {
  const attempts = take(
    await store.orderQueries.unacceptedAttempts(
      uids.map((uid) => ({ impUid: impUid(uid), merchantUid: merchantUid(id) })),
    ),
  )
  return attempts.map((attempt) => attempt.impUid).toSorted()
}

async function pagesOf(store: Store, state: EventState): Promise<readonly StoredEvent[]> {
  const size = 1_000
  const events: StoredEvent[] = []
  for (;;) {
    const page = take(await store.outbox.list(state, events.at(-1)?.id ?? '', size))
    events.push(...page)
    if (page.length < size) return events
  }
}

function describeFailure(failure: unknown): string {
  const cause = failure instanceof Object && 'cause' in failure ? failure.cause : null
  return `${JSON.stringify(failure)} ${cause instanceof Error ? cause.message : ''}`
}

/** Claims a few at a time until nothing is due. */
export async function claimAll<T>(
  claim: (count: number) => Promise<Result<readonly T[], StoreFailure>>,
): Promise<readonly T[]> {
  const claimed: T[] = []
  for (;;) {
    const some = take(await claim(5))
    if (some.length === 0) return claimed
    claimed.push(...some)
  }
}
