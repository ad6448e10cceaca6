import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Attempt, Change, ImpUid, MerchantUid, Order, Payment } from '@quayside/core'
import {
  type EventPayload,
  isPaid,
  type MismatchReason,
  presentOrder,
  presentUnmatchedPayment,
  toOpenAccounts,
} from '@quayside/server'
import { toChangedColumns } from './order-row.ts'
import * as sql from './orders-sql.ts'
import { firstPollMs, insertPoll, insertPollOfAccount } from './poll-schedule.ts'
import { insertReconciliationIssue } from './reconciliation-issues.ts'
import { insertOtherRevocations, insertRevocations } from './revocations.ts'

// The statements of each operation on orders, to be run as one transaction. Their order is part of the guard:
// `changes()` counts the rows of the statement before. The last one reads the order as it is then.

export type RefusedAttempt = Extract<Attempt, { outcome: 'refused' }>
export type UnmatchedAttempt = Exclude<Attempt, RefusedAttempt>

type Statements = readonly D1PreparedStatement[]

export function selectOrder(db: D1Database, merchantUid: MerchantUid): D1PreparedStatement {
  return db.prepare(sql.selectOrder).bind(merchantUid)
}

/** Inserts the order unless it exists, and plans its first poll. */
export function createStatements(
  db: D1Database,
  { merchantUid, amount, allowances, policy }: Order,
  name: string | null,
  at: Date,
): Statements {
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
      at.getTime(),
    )
  const poll = db.prepare(insertPoll).bind(merchantUid, at.getTime() + firstPollMs)
  return [insert, poll, selectOrder(db, merchantUid)]
}

/**
 * Writes a decided change, its event and the accepted payment. An order with an account is polled until it expires. Once
 * the order is paid, its other accounts are revoked: a deposit would be a second payment.
 */
export function recordStatements(
  db: D1Database,
  { order, payment }: Change,
  changed: Order,
  at: Date,
): Statements {
  const { merchantUid, sequence } = order
  const columns = toChangedColumns(changed, payment.payMethod)
  return [
    db
      .prepare(sql.updateOrder)
      .bind(merchantUid, sequence, ...columns, at.getTime(), payment.impUid),
    insertChangeEvent(db, changed, at),
    db.prepare(sql.insertAccepted).bind(...toAttemptColumns(payment, merchantUid, at)),
    ...pollAccount(db, changed, at),
    ...revokeOtherAccounts(db, changed, at),
    selectOrder(db, merchantUid),
  ]
}

function pollAccount(db: D1Database, changed: Order, at: Date): Statements {
  const { merchantUid, status, sequence } = changed
  if (status !== 'vbank_issued') return []
  return [db.prepare(insertPollOfAccount).bind(merchantUid, at.getTime() + firstPollMs, sequence)]
}

function revokeOtherAccounts(db: D1Database, changed: Order, at: Date): Statements {
  const { status, impUid, accounts } = changed
  if (status === 'vbank_issued' || impUid === null) return []
  const others = toOpenAccounts(accounts).filter((each) => each !== impUid)
  return others.length === 0 ? [] : [insertOtherRevocations(db, others, changed, at)]
}

/** Closes an unpaid order, with its event and the revocation of its accounts. */
export function closeStatements(
  db: D1Database,
  { merchantUid, sequence }: Order,
  closed: Order,
  accounts: readonly ImpUid[],
  at: Date,
): Statements {
  return [
    db.prepare(sql.closeOrder).bind(merchantUid, sequence, at.getTime()),
    insertChangeEvent(db, closed, at),
    insertRevocations(db, accounts, merchantUid, at),
    selectOrder(db, merchantUid),
  ]
}

/** Expires an order, with its event and the revocation of its account. */
export function expireStatements(
  db: D1Database,
  { merchantUid, sequence }: Order,
  expired: Order,
  accounts: readonly ImpUid[],
  at: Date,
): Statements {
  return [
    db.prepare(sql.expireOrder).bind(merchantUid, sequence, at.getTime()),
    insertChangeEvent(db, expired, at),
    insertRevocations(db, accounts, merchantUid, at),
    selectOrder(db, merchantUid),
  ]
}

/** Records a refused payment. One that moved money for this order is an issue as well. */
export function refusedStatements(db: D1Database, attempt: RefusedAttempt, at: Date): Statements {
  const { order, payment, reason } = attempt
  const { merchantUid } = order
  const columns = toAttemptColumns(payment, merchantUid, at)
  const mismatch = toMismatchReason(attempt)
  const insert = db.prepare(sql.insertRefused).bind(...columns, reason, Number(mismatch !== null))
  if (mismatch === null) return [insert]
  const snapshot = { ...payment, reason: mismatch }
  return [insert, ...insertReconciliationIssue(db, 'mismatch_paid', merchantUid, snapshot, at)]
}

/**
 * Records a payment that the order does not account for. Unless it was refunded already, it raises the order's
 * sequence, with an event and an issue.
 *
 * @param counted The order with the raised sequence.
 */
export function unmatchedStatements(
  db: D1Database,
  { order, payment, outcome }: UnmatchedAttempt,
  counted: Order,
  at: Date,
): Statements {
  const { merchantUid, sequence } = order
  const columns = toAttemptColumns(payment, merchantUid, at)
  const insert = db.prepare(sql.insertUnmatched).bind(...columns, toVerdict(outcome), sequence)
  if (outcome === 'refunded') return [insert, selectOrder(db, merchantUid)]
  return [
    insert,
    db.prepare(sql.incrementSequence).bind(merchantUid, sequence, at.getTime()),
    insertEvent(db, counted, outcome, presentUnmatchedPayment(counted, payment), at),
    ...insertReconciliationIssue(db, outcome, merchantUid, payment, at),
    selectOrder(db, merchantUid),
  ]
}

/**
 * Returns the id of an order's event: the same at every try, and unique. The signature puts a full stop after the id,
 * so the id must not contain one; no order id has a tilde. Built here, not in SQL: D1 binds every number as REAL,
 * which becomes `1.0` in a text.
 */
export function toEventId({ merchantUid, sequence }: Order): string {
  return `${merchantUid.replaceAll('.', '~')}:${sequence}`
}

function insertChangeEvent(db: D1Database, order: Order, at: Date): D1PreparedStatement {
  return insertEvent(db, order, order.status, presentOrder(order), at)
}

function insertEvent(
  db: D1Database,
  order: Order,
  kind: string,
  payload: EventPayload,
  at: Date,
): D1PreparedStatement {
  const { merchantUid, sequence } = order
  return db
    .prepare(sql.insertEvent)
    .bind(toEventId(order), merchantUid, sequence, kind, JSON.stringify(payload), at.getTime())
}

/** Why a payment was refused that may have moved money for this order; null when it moved none. */
function toMismatchReason({ order, payment, reason }: RefusedAttempt): MismatchReason | null {
  const isOfOrder = payment.merchantUid === order.merchantUid
  if (!isOfOrder || !isPaid(payment.status) || payment.amount.minor === 0) return null
  switch (reason) {
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'billing_key_issue':
    case 'payment_too_old':
      return reason
    // The money belongs to another order, or is none.
    case 'order_mismatch':
    case 'sandbox_payment':
      return null
  }
}

/** The column's word for `refunded`: its CHECK cannot be changed without rebuilding the table. */
function toVerdict(outcome: UnmatchedAttempt['outcome']): string {
  return outcome === 'refunded' ? 'given_back' : outcome
}

/** Only what evidence needs: nothing about the buyer, nothing about the card. */
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
