import { payments } from '@quayside/client'
import type { Payment } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { PaymentSnapshot } from '../domain/reconciliation-issue.ts'
import { isPaid } from '../domain/status.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import type { LogFields } from '../log.ts'
import { type ParsedRecord, parseRecords } from '../payments/payment-record.ts'
import { maxRowsPerRead } from '../ports/order-queries.ts'
import { readPaymentList } from './list-payments.ts'
import { matchPayments } from './match-payments.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const maxPaymentsPerCall = 100

interface Day {
  readonly from: Date
  readonly to: Date
}

/**
 * Compares the provider's payments of each day with the orders, in both directions, an hour after the day ended.
 * A payment without an order, or a paid order without its payment, becomes a reconciliation issue.
 */
export async function reconcile(deps: JobDeps): Promise<LogFields> {
  const { cursors } = deps.store
  const now = deps.now().getTime()
  const cursor = await cursors.acquire('reconciled', new Date(now - hourMs))
  if (!cursor.ok) return { failure: cursor.failure.reason }
  if (cursor.value === null) return { held: true }
  const from = cursor.value
  const isDue = now - from.getTime() >= dayMs + hourMs
  if (!isDue) {
    await cursors.release('reconciled', from)
    return { due: false }
  }
  const result = await reconcileDay({ from, to: new Date(from.getTime() + dayMs) }, deps)
  await cursors.release('reconciled', result.to ?? from)
  return {
    from: from.toISOString(),
    to: result.to?.toISOString() ?? null,
    issues: result.found,
  }
}

/** Returns up to when both directions were compared, which may be part of the day; null for nothing compared. */
async function reconcileDay(
  day: Day,
  deps: JobDeps,
): Promise<{ readonly to: Date | null; readonly found: number }> {
  const paid = await readPaymentList({ status: 'paid', ...day }, deps)
  if (!paid.ok) return { to: null, found: 0 }
  const { to } = paid.value
  // A payment that was refunded, in full or in part, is listed as cancelled.
  const cancelled = await readPaymentList({ status: 'cancelled', from: day.from, to }, deps)
  if (!cancelled.ok || cancelled.value.to.getTime() < to.getTime()) return { to: null, found: 0 }

  const records = [...paid.value.records, ...cancelled.value.records]
  const matched = await matchPayments(records, deps)
  if (!matched.ok || matched.value.remaining > 0) return { to: null, found: 0 }
  const unknownPayments = matched.value.unknown.filter((payment) => isOfMode(payment, deps))
  const known = new Set(records.map(({ payment }) => payment.impUid))
  const missing = await findMissing({ from: day.from, to }, known, deps)
  if (missing === null) return { to: null, found: 0 }

  for (const payment of unknownPayments) {
    const added = await deps.store.reconciliationIssues.add('order_unknown', payment)
    if (!added.ok) return { to: null, found: 0 }
  }
  for (const missingPayment of missing) {
    const added = await deps.store.reconciliationIssues.add('payment_missing', missingPayment)
    if (!added.ok) return { to: null, found: 0 }
  }
  return { to, found: unknownPayments.length + missing.length }
}

function isOfMode(payment: Payment, { config }: JobDeps): boolean {
  return config.mode === 'test' || payment.sandbox === false
}

/** Returns the payments of orders paid in that time that the provider does not have; null without a response. */
async function findMissing(
  day: Day,
  known: ReadonlySet<string>,
  deps: JobDeps,
): Promise<readonly PaymentSnapshot[] | null> {
  const missing: PaymentSnapshot[] = []
  for (let after = ''; ; ) {
    const page = await deps.store.orderQueries.paidBetween(day.from, day.to, after)
    if (!page.ok) return null
    const unlisted = page.value.filter(({ order }) => !known.has(order.impUid ?? ''))
    for (let first = 0; first < unlisted.length; first += maxPaymentsPerCall) {
      const chunk = unlisted.slice(first, first + maxPaymentsPerCall)
      const records = await readPayments(chunk, deps)
      const matched = records === null ? null : await matchPayments(records, deps)
      if (records === null || matched?.ok !== true) return null
      const existing = new Set(records.map(({ payment }) => payment.impUid))
      missing.push(...chunk.flatMap((each) => toMissingPayments(each, existing)))
    }
    const last = page.value.at(-1)
    if (last === undefined || page.value.length < maxRowsPerRead) return missing
    after = last.order.merchantUid
  }
}

async function readPayments(
  orders: readonly StoredOrder[],
  { client }: JobDeps,
): Promise<readonly ParsedRecord[] | null> {
  const impUids = orders.flatMap(({ order }) => (order.impUid === null ? [] : [order.impUid]))
  const response = await client.call(payments.several, { imp_uid: impUids })
  if (response.ok) return parseRecords(response.value)
  return response.failure.reason === 'not_found' ? [] : null
}

function toMissingPayments(
  { order, payMethod }: StoredOrder,
  existing: ReadonlySet<string>,
): readonly PaymentSnapshot[] {
  const { impUid, merchantUid, amount, cancelled, status } = order
  if (impUid === null || existing.has(impUid) || !isPaid(status)) return []
  return [{ impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider: null }]
}
