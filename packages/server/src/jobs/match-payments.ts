import {
  decide,
  type ImpUid,
  type MerchantUid,
  type Mode,
  type Order,
  ok,
  type Payment,
  type Result,
  type StoreFailure,
  type Synced,
  type SyncFailure,
  verifyPayment,
} from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { ParsedRecord } from '../payments/payment-record.ts'
import { syncRecord } from '../payments/sync-record.ts'
import type { UnacceptedAttempt } from '../ports/order-queries.ts'
import { isolateErrors } from './isolate-errors.ts'

/** The result of comparing payments with their orders. */
export interface MatchResult {
  /** Payments with something new, which this run has processed. */
  readonly changed: number
  /** Payments with something new that is not recorded yet: the list must be read again. */
  readonly remaining: number
  /** Payments of orders that do not exist. */
  readonly unknown: readonly Payment[]
}

/** Each needs several queries, and a runtime may limit the queries of one run, for example to a thousand. */
export const maxChanges = 200

/** Compares payments with their orders, with two queries for all of them, and records what is new. */
export async function matchPayments(
  records: readonly ParsedRecord[],
  deps: JobDeps,
): Promise<Result<MatchResult, StoreFailure>> {
  const { orderQueries } = deps.store
  const ids = [...new Set(records.map(({ payment }) => payment.merchantUid))]
  const stored = await orderQueries.orders(ids)
  if (!stored.ok) return stored
  const orders = new Map(stored.value.map(({ order }) => [order.merchantUid, order]))
  const attempts = await orderQueries.unacceptedAttempts(
    records.map(({ payment }) => payment.impUid),
  )
  if (!attempts.ok) return attempts
  const isRecorded = toIsRecorded(attempts.value)

  let changed = 0
  let remaining = 0
  for (const { payment, record } of records) {
    const order = orders.get(payment.merchantUid)
    if (order === undefined || !needsSync(payment, order, deps.config.mode, isRecorded)) continue
    if (changed + remaining >= maxChanges) {
      remaining += 1
      continue
    }
    const synced = await isolateErrors(payment.impUid, deps.log, () =>
      syncRecord(order, payment.impUid, record, deps),
    )
    if (isStoreUnavailable(synced)) remaining += 1
    else changed += 1
    if (synced?.ok === true) orders.set(order.merchantUid, synced.value.order)
  }
  const unknown = records.flatMap(({ payment }) =>
    orders.has(payment.merchantUid) ? [] : [payment],
  )
  return ok({ changed, remaining, unknown })
}

type IsRecorded = (
  impUid: ImpUid,
  merchantUid: MerchantUid,
  statuses: readonly Payment['status'][],
) => boolean

function needsSync(payment: Payment, order: Order, mode: Mode, isRecorded: IsRecorded): boolean {
  const verified = verifyPayment(payment, order, mode)
  const isUnrecorded = (...statuses: readonly Payment['status'][]): boolean =>
    !isRecorded(payment.impUid, order.merchantUid, statuses)
  // A partial refund of an unmatched payment changes nothing for its order.
  const isUnrecordedPayment =
    payment.status === 'partially_cancelled'
      ? isUnrecorded('paid', 'partially_cancelled')
      : isUnrecorded(payment.status)
  if (!verified.ok) return isUnrecordedPayment
  switch (decide(verified.value, order).kind) {
    case 'keep':
      return false
    case 'become':
      return true
    case 'duplicate_paid':
    case 'late_paid':
      return isUnrecordedPayment
    case 'refunded':
      return isUnrecorded('paid', 'partially_cancelled', 'cancelled')
  }
}

function toIsRecorded(attempts: readonly UnacceptedAttempt[]): IsRecorded {
  const keys = new Set(
    attempts.map(({ impUid, merchantUid, paymentStatus }) =>
      JSON.stringify([impUid, merchantUid, paymentStatus]),
    ),
  )
  return (impUid, merchantUid, statuses) =>
    statuses.some((each) => keys.has(JSON.stringify([impUid, merchantUid, each])))
}

/**
 * Without the store the whole list must be read again. Any other failure concerns one order, which is polled
 * later: it must not delay the others on the list.
 */
function isStoreUnavailable(synced: Result<Synced, SyncFailure> | null): boolean {
  return synced !== null && !synced.ok && synced.failure.reason === 'store_unavailable'
}
