import type { PaymentNotice } from '../channels/notice.ts'
import { type Decision, decide } from '../order/decide.ts'
import type { Order } from '../order/order.ts'
import { toPaymentOf } from '../order/payee.ts'
import {
  type Mode,
  type VerifiedPayment,
  type VerifyFailure,
  verifyPayment,
} from '../order/verify.ts'
import { type Payment, type PaymentFailure, parsePayment } from '../payment/payment.ts'
import type { ImpUid, MerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'
import type { OrderStore, StoreFailure } from './store.ts'

//  notice ─► find order ─► up to date? ──────────────────────────────────────► result
//                └─► look the payment up ─► verify ─► decide ─► record ─► read back ─┘
//                                             └─ refused: recorded as an attempt, the order does not change

/** Why the provider's record could not be read. */
export type LookupFailure =
  | { readonly reason: 'payment_not_found'; readonly impUid: ImpUid }
  | { readonly reason: 'provider_unavailable'; readonly cause: unknown }
  | { readonly reason: 'provider_refused_us'; readonly cause: unknown }

/**
 * Looks a payment up at the provider; the value is the record, not parsed. With an order of a payee the id is one of
 * `toPaymentOf`, and so is that of the record.
 */
export type FetchPayment = (impUid: ImpUid) => Promise<Result<unknown, LookupFailure>>

/** What {@link syncPayment} uses: the order store, the lookup and the mode. */
export interface SyncDeps {
  /** Where the order is read and written. */
  readonly store: OrderStore
  /** Looks a payment up at the provider. */
  readonly fetchPayment: FetchPayment
  /** Which money counts: a payment of a test channel pays no order in mode `live`. */
  readonly mode: Mode
}

/** Why a notice could not be synced. */
export type SyncFailure =
  | StoreFailure
  | LookupFailure
  | PaymentFailure
  | VerifyFailure
  | { readonly reason: 'record_mismatch'; readonly expected: ImpUid; readonly actual: ImpUid }
  | { readonly reason: 'order_contended'; readonly merchantUid: MerchantUid }

/** The order after a sync, and its outcome. `up_to_date` needed no lookup. */
export interface Synced {
  /** The order after the sync, as the store has it. */
  readonly order: Order
  /** What the record led to. */
  readonly outcome: 'up_to_date' | Decision['kind']
  /** The payment that was looked up; the order may have its status from another. Null for `up_to_date`. */
  readonly payment: Payment | null
}

/** A notice with the id of a payment. */
export type LookupNotice = PaymentNotice & { readonly impUid: ImpUid }

// An attempt fails only when another writer succeeded, and an order has few concurrent writers.
const maxTries = 16

/**
 * Handles a notice (결제 동기화): finds the order, looks the payment up, verifies, decides and records. It may run
 * any number of times, concurrently and in any order: the order ends with the status of the provider's record, and
 * changes to it once.
 *
 * @param notice The notice. Only its ids are used, and its status to save a lookup.
 * @param deps The order store, the lookup and the mode.
 * @returns The order as it was read back. Failures: `order_unknown` and `store_unavailable` from the store;
 * `payment_not_found`, `provider_unavailable`, `provider_refused_us`, `payment_malformed` and
 * `record_mismatch` from the lookup; a `VerifyFailure`, already recorded as an attempt; `order_contended`
 * after concurrent changes of the order. Only a `VerifyFailure` is about the payment itself.
 *
 * @example
 * ```ts
 * import { parseWebhook, type SyncDeps, syncPayment } from '@quayside/core'
 *
 * async function onWebhook(body: unknown, deps: SyncDeps): Promise<boolean> {
 *   const notice = parseWebhook(body)
 *   if (!notice.ok || notice.value.kind !== 'payment' || notice.value.impUid === null) return false
 *   return (await syncPayment({ ...notice.value, impUid: notice.value.impUid }, deps)).ok
 * }
 * ```
 */
export async function syncPayment(
  notice: LookupNotice,
  deps: SyncDeps,
): Promise<Result<Synced, SyncFailure>> {
  const { impUid, merchantUid } = notice
  if (merchantUid === null) return syncUnnamed(impUid, deps)
  const found = await deps.store.find(merchantUid)
  if (!found.ok) return found
  // No message says to which account it belongs: that of the order is the only one where its payment can be.
  const named = { ...notice, impUid: toPaymentOf(impUid, found.value.payee) }
  if (isUpToDate(found.value, named)) {
    return ok({ order: found.value, outcome: 'up_to_date', payment: null })
  }

  const payment = await lookUp(named.impUid, deps.fetchPayment)
  return payment.ok ? await verifyAndRecord(found.value, payment.value, deps) : payment
}

/** Only the record says which order the payment is about. */
async function syncUnnamed(impUid: ImpUid, deps: SyncDeps): Promise<Result<Synced, SyncFailure>> {
  const payment = await lookUp(impUid, deps.fetchPayment)
  if (!payment.ok) return payment
  const found = await deps.store.find(payment.value.merchantUid)
  return found.ok ? verifyAndRecord(found.value, payment.value, deps) : found
}

async function verifyAndRecord(
  order: Order,
  payment: Payment,
  { store, mode }: SyncDeps,
): Promise<Result<Synced, SyncFailure>> {
  const verified = verifyPayment(payment, order, mode)
  if (verified.ok) return await decideAndRecord(order, verified.value, store)
  const { reason } = verified.failure
  const recorded = await store.recordAttempt({ order, payment, outcome: 'refused', reason })
  return recorded.ok ? verified : recorded
}

/** Decides and records, and decides again on the order it reads back when a concurrent writer was first. */
async function decideAndRecord(
  found: Order,
  payment: VerifiedPayment,
  store: OrderStore,
): Promise<Result<Synced, SyncFailure>> {
  const contended = fail({ reason: 'order_contended', merchantUid: found.merchantUid } as const)
  let order = found
  for (let tries = 0; tries < maxTries; tries++) {
    const decision = decide(payment, order)
    switch (decision.kind) {
      case 'keep':
        return ok({ order, outcome: order === found ? 'keep' : 'become', payment })
      case 'duplicate_paid':
      case 'late_paid':
      case 'refunded': {
        const recorded = await store.recordAttempt({ order, payment, outcome: decision.kind })
        if (!recorded.ok) return recorded
        if (recorded.value === null) return ok({ order, outcome: decision.kind, payment })
        order = recorded.value
        break
      }
      case 'become': {
        const recorded = await store.record({ order, payment, to: decision.to })
        if (!recorded.ok) return recorded
        // No concurrent writer, and yet no change: the payment belongs to another order, or was refunded.
        if (recorded.value.sequence === order.sequence) return contended
        order = recorded.value
      }
    }
  }
  return contended
}

async function lookUp(
  impUid: ImpUid,
  fetchPayment: FetchPayment,
): Promise<Result<Payment, SyncFailure>> {
  const record = await fetchPayment(impUid)
  if (!record.ok) return record
  const payment = parsePayment(record.value)
  if (!payment.ok) return payment
  // A record of another payment is a failure of the provider, not of the buyer.
  return payment.value.impUid === impUid
    ? payment
    : fail({ reason: 'record_mismatch', expected: impUid, actual: payment.value.impUid })
}

/**
 * Whether a notice can change the order no further. Repeated notices are common and anybody can send them, so
 * they must not cost a lookup; a cancel of a paid order needs one.
 */
function isUpToDate(order: Order, notice: LookupNotice): boolean {
  if (order.impUid !== notice.impUid) return false
  switch (order.status) {
    case 'cancelled':
      return true
    case 'paid':
    case 'partially_cancelled':
      return notice.claimedStatus !== 'cancelled'
    case 'pending':
    case 'vbank_issued':
    case 'failed':
    case 'expired':
      return false
  }
}
