import {
  classify,
  type Fields,
  isOverdue,
  type LookupFailure,
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
import type { EventRow, ResponseRow } from '../checkers/history.ts'
import { allGuards, type Guards, type StoredEvent } from '../engine/fake-database.ts'
import type { FakeMerchant } from '../engine/fake-merchant.ts'
import type { Process } from '../engine/scheduler.ts'
import type { NamedNotice } from '../workload/notices.ts'
import { graceMs } from '../workload/payments.ts'

/** The response to a notice: its HTTP status, and what it implies of the order. */
export type NoticeResponse = Pick<ResponseRow, 'code' | 'status' | 'text'>

/** The ports of one task; every call may fail, hang, take effect twice or never return. */
export interface SystemDeps extends SyncDeps {
  readonly store: OrderStore
  /** The isolate that runs the task: its memory lasts until it crashes. */
  readonly process: Process
  readonly now: () => Date
  search(merchantUid: MerchantUid): Promise<Result<readonly Fields[], LookupFailure>>
  searchAll(): Promise<Result<readonly Fields[], LookupFailure>>
  listOpen(): Promise<Result<readonly Order[], StoreFailure>>
  expire(order: Order): Promise<Result<Order, StoreFailure>>
  recordPaymentWithoutOrder(impUid: string): Promise<Result<null, StoreFailure>>
  claim(id: string | null): Promise<Result<readonly StoredEvent[], StoreFailure>>
  send(event: EventRow): Promise<boolean>
  markDelivered(id: string): Promise<Result<null, StoreFailure>>
  overwrite(order: Order): Promise<Result<null, StoreFailure>>
  fulfil(merchantUid: MerchantUid): Promise<boolean>
}

/** A way to complete payments: the real one, or one that is wrong on purpose. */
export interface SystemUnderTest {
  readonly name: string
  readonly guards: Guards
  /** How many payments its workloads may have; by default as many as those of any system. */
  readonly paymentCounts?: readonly number[]
  handle(notice: NamedNotice, deps: SystemDeps): Promise<NoticeResponse>
  /** Each minute: looks up the payments of open orders. */
  sweep(deps: SystemDeps): Promise<void>
  /** Each day: compares the provider's payments with the orders. */
  audit(deps: SystemDeps): Promise<void>
  /** Sends one event, as the queue names it, or all that are due. */
  deliver(deps: SystemDeps, id: string | null): Promise<void>
  receive(merchant: FakeMerchant, event: EventRow): void
}

/** This product: the real `syncPayment` for every channel. */
export const quayside: SystemUnderTest = {
  name: 'quayside',
  guards: allGuards,
  handle,
  sweep,
  audit,
  deliver,
  receive: (merchant, event) => merchant.receive(event),
}

async function handle(notice: NamedNotice, deps: SystemDeps): Promise<NoticeResponse> {
  const synced = await syncPayment(notice, deps)
  if (synced.ok) return { code: 200, status: synced.value.order.status }
  const { retryable } = classify(synced.failure)
  return { code: retryable ? 503 : 200, status: retryable ? 'pending' : 'forgery' }
}

async function sweep(deps: SystemDeps): Promise<void> {
  const open = await deps.listOpen()
  if (!open.ok) return
  for (const order of open.value) {
    const found = await deps.search(order.merchantUid)
    if (!found.ok) continue
    for (const record of found.value) await complete(record, order.merchantUid, deps)
    const current = await deps.store.find(order.merchantUid)
    if (current.ok && isOverdue(current.value, deps.now(), graceMs))
      await deps.expire(current.value)
  }
}

async function audit(deps: SystemDeps): Promise<void> {
  const found = await deps.searchAll()
  if (!found.ok) return
  for (const record of found.value) await complete(record, null, deps)
}

/** Completes an order by a record that was looked up already. */
async function complete(
  record: Fields,
  merchantUid: MerchantUid | null,
  deps: SystemDeps,
): Promise<void> {
  const payment = parsePayment(record)
  if (!payment.ok) return
  const notice: NamedNotice = {
    kind: 'payment',
    channel: 'webhook',
    impUid: payment.value.impUid,
    merchantUid: merchantUid ?? payment.value.merchantUid,
    claim: 'unknown',
    // Whatever the status of the order, this record may be newer.
    claimedStatus: 'cancelled',
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
  const { store, mode } = deps
  const synced = await syncPayment(notice, { store, mode, fetchPayment: async () => ok(record) })
  if (!synced.ok && synced.failure.reason === 'order_unknown') {
    await deps.recordPaymentWithoutOrder(payment.value.impUid)
  }
}

async function deliver(deps: SystemDeps, id: string | null): Promise<void> {
  const due = await deps.claim(id)
  if (!due.ok) return
  for (const event of due.value) {
    if (await deps.send(event)) await deps.markDelivered(event.id)
  }
}
