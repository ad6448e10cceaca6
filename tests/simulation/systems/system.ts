import {
  classify,
  type Fields,
  isOverdue,
  type LookupFailure,
  type LookupNotice,
  type MerchantUid,
  type Order,
  type OrderStore,
  ok,
  parsePayment,
  type Result,
  type StoreFailure,
  type SyncDeps,
  syncPayment,
} from '@quayside/core'
import type { AnswerRow, EventRow } from '../checkers/history.ts'
import { allGuards, type Guards, type StoredEvent } from '../engine/fake-database.ts'
import type { Shop } from '../engine/fake-merchant.ts'
import type { Process } from '../engine/scheduler.ts'

/** What a door answers: an HTTP status, and what it says of the order. */
export type Reply = Pick<AnswerRow, 'code' | 'word' | 'text'>

/** The outside world of one task; every call may fail, hang, repeat or never return. */
export interface Desk extends SyncDeps {
  readonly store: OrderStore
  /** The isolate that does the task: what it remembers it remembers until it dies. */
  readonly process: Process
  readonly now: () => Date
  search(merchantUid: MerchantUid): Promise<Result<readonly Fields[], LookupFailure>>
  searchAll(): Promise<Result<readonly Fields[], LookupFailure>>
  listOpen(): Promise<Result<readonly Order[], StoreFailure>>
  expire(order: Order): Promise<Result<Order, StoreFailure>>
  putAside(impUid: string): Promise<Result<null, StoreFailure>>
  claim(id: string | null): Promise<Result<readonly StoredEvent[], StoreFailure>>
  send(event: EventRow): Promise<boolean>
  mark(id: string): Promise<Result<null, StoreFailure>>
  overwrite(order: Order): Promise<Result<null, StoreFailure>>
  fulfil(merchantUid: MerchantUid): Promise<boolean>
}

/** A way to complete payments: the real one, or one that is wrong on purpose. */
export interface Design {
  readonly name: string
  readonly guards: Guards
  /** How many payments its stories may have; by default as many as any. */
  readonly crowd?: readonly number[]
  handle(notice: LookupNotice, desk: Desk): Promise<Reply>
  /** Each minute: what is open is looked up. */
  sweep(desk: Desk): Promise<void>
  /** Each day: the provider's book is held against ours. */
  audit(desk: Desk): Promise<void>
  /** Sends one event, as the queue names it, or all that are due. */
  deliver(desk: Desk, id: string | null): Promise<void>
  receive(shop: Shop, event: EventRow): void
}

/** The design of this product: the real `syncPayment` behind every way in. */
export const quayside: Design = {
  name: 'quayside',
  guards: allGuards,
  handle,
  sweep,
  audit,
  deliver,
  receive: (shop, event) => shop.receive(event),
}

async function handle(notice: LookupNotice, desk: Desk): Promise<Reply> {
  const synced = await syncPayment(notice, desk)
  if (synced.ok) return { code: 200, word: synced.value.order.status }
  const { retryable } = classify(synced.failure)
  return { code: retryable ? 503 : 200, word: retryable ? 'pending' : 'forgery' }
}

async function sweep(desk: Desk): Promise<void> {
  const open = await desk.listOpen()
  if (!open.ok) return
  for (const order of open.value) {
    const found = await desk.search(order.merchantUid)
    if (!found.ok) continue
    for (const record of found.value) await complete(record, order.merchantUid, desk)
    const stands = await desk.store.find(order.merchantUid)
    if (stands.ok && isOverdue(stands.value, desk.now())) await desk.expire(stands.value)
  }
}

async function audit(desk: Desk): Promise<void> {
  const found = await desk.searchAll()
  if (!found.ok) return
  for (const record of found.value) await complete(record, null, desk)
}

/** Completes an order by a record that is already there. */
async function complete(
  record: Fields,
  merchantUid: MerchantUid | null,
  desk: Desk,
): Promise<void> {
  const payment = parsePayment(record)
  if (!payment.ok) return
  const notice: LookupNotice = {
    kind: 'payment',
    channel: 'webhook',
    impUid: payment.value.impUid,
    merchantUid: merchantUid ?? payment.value.merchantUid,
    claim: 'unknown',
    // Whatever the order says, this record may say more.
    claimedStatus: 'cancelled',
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
  const { store, mode } = desk
  const synced = await syncPayment(notice, { store, mode, fetchPayment: async () => ok(record) })
  if (!synced.ok && synced.failure.reason === 'order_unknown') {
    await desk.putAside(payment.value.impUid)
  }
}

async function deliver(desk: Desk, id: string | null): Promise<void> {
  const due = await desk.claim(id)
  if (!due.ok) return
  for (const event of due.value) {
    if (await desk.send(event)) await desk.mark(event.id)
  }
}
