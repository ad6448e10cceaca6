import { payments } from '@quayside/client'
import type { Order, Payment } from '@quayside/core'
import type { RepairRooms } from '../deps.ts'
import type { PaymentFacts } from '../domain/reconciliation-issue.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import type { LogFields } from '../log.ts'
import { type Entry, toEntries } from '../payments/payment-record.ts'
import { mostAtOnce } from '../ports/order-queries.ts'
import { readList } from './list-payments.ts'
import { compare } from './match-payments.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const mostPerCall = 100

interface Day {
  readonly from: Date
  readonly to: Date
}

/**
 * Holds each day of the provider's books against the orders, in both directions, an hour after it ended.
 * What one side knows and the other cannot explain becomes an exception, with its evidence.
 */
export async function reconcile(rooms: RepairRooms): Promise<LogFields> {
  const { marks } = rooms.store
  const now = rooms.now().getTime()
  const mark = await marks.take('reconciled', new Date(now - hourMs))
  if (!mark.ok) return { failure: mark.failure.reason }
  if (mark.value === null) return { held: true }
  const from = mark.value
  const isDue = now - from.getTime() >= dayMs + hourMs
  if (!isDue) {
    await marks.put('reconciled', from)
    return { due: false }
  }
  const done = await reconcileDay({ from, to: new Date(from.getTime() + dayMs) }, rooms)
  await marks.put('reconciled', done.to ?? from)
  return { from: from.toISOString(), to: done.to?.toISOString() ?? null, exceptions: done.found }
}

/** Up to when both directions were compared, which may be part of the day; null when nothing could be. */
async function reconcileDay(
  day: Day,
  rooms: RepairRooms,
): Promise<{ readonly to: Date | null; readonly found: number }> {
  const paid = await readList({ status: 'paid', ...day }, rooms)
  if (!paid.ok) return { to: null, found: 0 }
  const { to } = paid.value
  // A payment that was given back, in whole or in part, is listed as cancelled.
  const cancelled = await readList({ status: 'cancelled', from: day.from, to }, rooms)
  if (!cancelled.ok || cancelled.value.to.getTime() < to.getTime()) return { to: null, found: 0 }

  const entries = [...paid.value.entries, ...cancelled.value.entries]
  const compared = await compare(entries, rooms)
  if (!compared.ok || compared.value.left > 0) return { to: null, found: 0 }
  const strange = compared.value.unknown.filter((payment) => isMoney(payment, rooms))
  const known = new Set(entries.map(({ payment }) => payment.impUid))
  const missing = await findMissing({ from: day.from, to }, known, rooms)
  if (missing === null) return { to: null, found: 0 }

  for (const payment of strange) {
    const added = await rooms.store.exceptions.add('order_unknown', payment)
    if (!added.ok) return { to: null, found: 0 }
  }
  for (const facts of missing) {
    const added = await rooms.store.exceptions.add('payment_missing', facts)
    if (!added.ok) return { to: null, found: 0 }
  }
  return { to, found: strange.length + missing.length }
}

function isMoney(payment: Payment, { config }: RepairRooms): boolean {
  return config.mode === 'test' || payment.sandbox === false
}

/** Orders that say they were paid in that time by a payment the provider does not have; null: no answer. */
async function findMissing(
  day: Day,
  known: ReadonlySet<string>,
  rooms: RepairRooms,
): Promise<readonly PaymentFacts[] | null> {
  const missing: PaymentFacts[] = []
  for (let after = ''; ; ) {
    const page = await rooms.store.bulk.paidBetween(day.from, day.to, after)
    if (!page.ok) return null
    const unlisted = page.value.filter(({ order }) => !known.has(order.impUid ?? ''))
    for (let first = 0; first < unlisted.length; first += mostPerCall) {
      const some = unlisted.slice(first, first + mostPerCall)
      const entries = await readPayments(some, rooms)
      const compared = entries === null ? null : await compare(entries, rooms)
      if (entries === null || compared?.ok !== true) return null
      const there = new Set(entries.map(({ payment }) => payment.impUid))
      missing.push(...some.flatMap((each) => toFacts(each, there)))
    }
    const last = page.value.at(-1)
    if (last === undefined || page.value.length < mostAtOnce) return missing
    after = last.order.merchantUid
  }
}

async function readPayments(
  orders: readonly StoredOrder[],
  { client }: RepairRooms,
): Promise<readonly Entry[] | null> {
  const impUids = orders.flatMap(({ order }) => (order.impUid === null ? [] : [order.impUid]))
  const answer = await client.call(payments.several, { imp_uid: impUids })
  if (answer.ok) return toEntries(answer.value)
  return answer.failure.reason === 'not_found' ? [] : null
}

function toFacts(
  { order, payMethod }: StoredOrder,
  there: ReadonlySet<string>,
): readonly PaymentFacts[] {
  const { impUid, merchantUid, amount, cancelled, status } = order
  if (impUid === null || there.has(impUid) || !isPaid(status)) return []
  return [{ impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider: null }]
}

function isPaid(status: Order['status']): status is 'paid' | 'partially_cancelled' {
  return status === 'paid' || status === 'partially_cancelled'
}
