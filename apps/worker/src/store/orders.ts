import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import {
  type Attempt,
  applyChange,
  type Change,
  fail,
  type MerchantUid,
  type Order,
  ok,
  openOrder,
  type Payment,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import type { EventPayload, OrderRepository } from '@quayside/server'
import { presentOrder, presentUnmatchedPayment } from '@quayside/server'
import { runTwice } from './batch.ts'
import { type OrderRow, toChangedColumns, toOrder, toStoredOrder } from './order-row.ts'
import * as sql from './orders-sql.ts'
import { firstPollMs, insertPoll } from './poll-schedule.ts'
import { insertReconciliationIssue } from './reconciliation-issues.ts'
import { insertRevocations } from './revocations.ts'

type RefusedAttempt = Extract<Attempt, { outcome: 'refused' }>
type UnmatchedAttempt = Exclude<Attempt, RefusedAttempt>

/**
 * Makes the order store on a D1 database. Each deed is one transaction and may be repeated without harm:
 * when the answer of the database is lost, the deed is done once more and the row read back.
 *
 * @param db The database, with the migrations applied.
 * @param now The clock.
 * @param enqueueEvent Told of each event that was written, so that it need not wait for the next sweep.
 */
export function createOrderRepository(
  db: D1Database,
  now: () => Date,
  enqueueEvent: (eventId: string) => void = () => undefined,
): OrderRepository {
  const select = (merchantUid: MerchantUid) => db.prepare(sql.selectOrder).bind(merchantUid)

  const readRow = async (merchantUid: MerchantUid): Promise<Result<OrderRow, StoreFailure>> => {
    const batch = await runTwice<OrderRow>(db, [select(merchantUid)])
    return batch.ok ? firstRow(batch.value, merchantUid) : batch
  }

  /**
   * Runs the statements in one transaction and answers with the order as it then stands. The second of
   * them tells what the order was to become.
   */
  const writeAndRead = async (
    target: Order,
    statements: readonly D1PreparedStatement[],
  ): Promise<Result<Order, StoreFailure>> => {
    const { merchantUid } = target
    const batch = await runTwice<OrderRow>(db, [...statements, select(merchantUid)])
    if (!batch.ok) return batch
    if (batch.value[1]?.meta.changes === 1) enqueueEvent(toEventId(target))
    const row = firstRow(batch.value, merchantUid)
    return row.ok ? ok(toOrder(row.value)) : row
  }

  const event = (order: Order, kind: string, payload: EventPayload) =>
    db
      .prepare(sql.insertEvent)
      .bind(
        toEventId(order),
        order.merchantUid,
        order.sequence,
        kind,
        JSON.stringify(payload),
        now().getTime(),
      )
  const changeEvent = (order: Order) => event(order, order.status, presentOrder(order))

  const recordRefusal = async (attempt: RefusedAttempt): Promise<Result<null, StoreFailure>> => {
    const { order, payment, reason } = attempt
    const { merchantUid } = order
    const columns = toAttemptColumns(payment, merchantUid, now())
    const insert = db.prepare(sql.insertRefused).bind(...columns, reason)
    const mismatch = insertReconciliationIssue(db, 'mismatch_paid', merchantUid, payment, now())
    const batch = await runTwice(
      db,
      isMismatchedPayment(attempt) ? [insert, ...mismatch] : [insert],
    )
    return batch.ok ? ok(null) : batch
  }

  /** What money that arrived twice or late is besides evidence: news of the order, and an exception. */
  const unmatchedStatements = (
    order: Order,
    payment: Payment,
    outcome: 'duplicate_paid' | 'late_paid',
  ): readonly D1PreparedStatement[] => {
    const { merchantUid, sequence } = order
    return [
      db.prepare(sql.incrementSequence).bind(merchantUid, sequence - 1, now().getTime()),
      event(order, outcome, presentUnmatchedPayment(order, payment)),
      ...insertReconciliationIssue(db, outcome, merchantUid, payment, now()),
    ]
  }

  const recordUnmatched = async ({
    order,
    payment,
    outcome,
  }: UnmatchedAttempt): Promise<Result<Order | null, StoreFailure>> => {
    const { merchantUid, sequence } = order
    const counted = { ...order, sequence: sequence + 1 }
    const columns = toAttemptColumns(payment, merchantUid, now())
    const batch = await runTwice<OrderRow>(db, [
      db.prepare(sql.insertUnmatched).bind(...columns, toVerdict(outcome), sequence),
      ...(outcome === 'refunded' ? [] : unmatchedStatements(counted, payment, outcome)),
      select(merchantUid),
    ])
    if (!batch.ok) return batch
    const row = firstRow(batch.value, merchantUid)
    if (!row.ok) return row
    const isWritten = batch.value[0]?.meta.changes === 1
    if (isWritten && outcome !== 'refunded') enqueueEvent(toEventId(counted))
    return ok(isWritten || row.value.sequence === sequence ? null : toOrder(row.value))
  }

  return {
    async find(merchantUid) {
      const row = await readRow(merchantUid)
      return row.ok ? ok(toOrder(row.value)) : row
    },

    async read(merchantUid) {
      const row = await readRow(merchantUid)
      return row.ok ? ok(toStoredOrder(row.value)) : row
    },

    async create(expected, name) {
      const { merchantUid, amount, allowances, policy } = openOrder(expected)
      const insert = db
        .prepare(sql.insertOrder)
        .bind(
          merchantUid,
          amount.minor,
          amount.currency,
          JSON.stringify(allowances),
          policy.late,
          policy.unmatched,
          name,
          now().getTime(),
        )
      const poll = db.prepare(insertPoll).bind(merchantUid, now().getTime() + firstPollMs)
      const batch = await runTwice<OrderRow>(db, [insert, poll, select(merchantUid)])
      if (!batch.ok) return batch
      const row = firstRow(batch.value, merchantUid)
      if (!row.ok) return row
      return ok({ ...toStoredOrder(row.value), isNew: batch.value[0]?.meta.changes === 1 })
    },

    async markPrepared(merchantUid) {
      const update = db.prepare(sql.markPrepared).bind(merchantUid, now().getTime())
      const batch = await runTwice(db, [update])
      return batch.ok ? ok(null) : batch
    },

    async close(order, accounts) {
      const { merchantUid, sequence } = order
      const update = db.prepare(sql.closeOrder).bind(merchantUid, sequence, now().getTime())
      const closed = toClosed(order)
      const revoke = insertRevocations(db, accounts, merchantUid, now())
      return writeAndRead(closed, [update, changeEvent(closed), revoke])
    },

    async expire(order) {
      const { merchantUid, sequence } = order
      const update = db.prepare(sql.expireOrder).bind(merchantUid, sequence, now().getTime())
      const expired: Order = { ...order, status: 'expired', sequence: sequence + 1 }
      const { impUid, policy } = order
      const accounts = impUid === null || policy.late === 'deliver' ? [] : [impUid]
      const revoke = insertRevocations(db, accounts, merchantUid, now())
      return writeAndRead(expired, [update, changeEvent(expired), revoke])
    },

    async record(change: Change) {
      const { order, payment } = change
      const { merchantUid, sequence } = order
      const changed = applyChange(change)
      const columns = toChangedColumns(changed, payment.payMethod)
      const update = db
        .prepare(sql.updateOrder)
        .bind(merchantUid, sequence, ...columns, now().getTime())
      const accepted = db
        .prepare(sql.insertAccepted)
        .bind(...toAttemptColumns(payment, merchantUid, now()))
      return writeAndRead(changed, [update, changeEvent(changed), accepted])
    },

    async recordAttempt(attempt: Attempt) {
      return attempt.outcome === 'refused' ? recordRefusal(attempt) : recordUnmatched(attempt)
    },
  }
}

/** Whether a refused payment holds money of the order's own buyer; a test channel moves none. */
function isMismatchedPayment({ order, payment, reason }: RefusedAttempt): boolean {
  const isPaid = payment.status === 'paid' || payment.status === 'partially_cancelled'
  const isMismatch = reason === 'amount_mismatch' || reason === 'currency_mismatch'
  return isPaid && isMismatch && payment.merchantUid === order.merchantUid
}

/**
 * Never changes and never comes twice. The signature of an event puts a full stop after the id, so it may
 * hold none; no id that orders are issued under has a tilde. Put together here rather than in SQL: D1 binds
 * every number as REAL, which reads `1.0` inside a text.
 */
function toEventId({ merchantUid, sequence }: Order): string {
  return `${merchantUid.replaceAll('.', '~')}:${sequence}`
}

/** The column has an older word for `refunded`: its CHECK cannot be changed without writing the table anew. */
function toVerdict(outcome: UnmatchedAttempt['outcome']): string {
  return outcome === 'refunded' ? 'given_back' : outcome
}

function toClosed(order: Order): Order {
  const sequence = order.sequence + 1
  return { ...order, status: 'cancelled', impUid: null, failReason: null, sequence }
}

/** Only what evidence needs: nothing of the buyer, nothing of the card. */
function toAttemptColumns(payment: Payment, merchantUid: MerchantUid, at: Date): unknown[] {
  return [
    payment.impUid,
    merchantUid,
    payment.merchantUid,
    payment.status,
    payment.amount.minor,
    payment.amount.currency,
    payment.cancelled.minor,
    payment.payMethod,
    payment.pgProvider,
    payment.sandbox === null ? null : Number(payment.sandbox),
    at.getTime(),
  ]
}

function firstRow(
  batch: D1Result<OrderRow>[],
  merchantUid: MerchantUid,
): Result<OrderRow, StoreFailure> {
  const row = batch.at(-1)?.results[0]
  return row === undefined ? fail({ reason: 'order_unknown', merchantUid }) : ok(row)
}
