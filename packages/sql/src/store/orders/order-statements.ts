import type {
  Attempt,
  Change,
  EscrowChange,
  ImpUid,
  MerchantUid,
  Order,
  Payment,
} from '@quayside/core'
import {
  isPaid,
  type MismatchReason,
  type NaverProducts,
  presentOrder,
  presentUnmatchedPayment,
  type TaxShares,
  toOpenAccounts,
} from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Scalar, Statement } from '../../driver.ts'
import { issueStatements } from '../issues/issue-statements.ts'
import { firstPollMs, jobLeaseMs } from '../leases.ts'
import { wakeStatements } from '../subscriptions/subscription-statements.ts'
import { insertEvent, toEscrowEvent, toEscrowEventId, toEvent } from './order-events.ts'
import { toChangedColumns } from './order-row.ts'
import {
  guarded,
  guardStatements,
  type OrderTransaction,
  toOrderTransaction,
} from './order-transaction.ts'

// The transactions of orders: guards, the one change that depends on them, what depends on the change, and the order as
// it is then. SQLite needs this order of the statements: `changes()` counts the rows of the statement before.

export type RefusedAttempt = Extract<Attempt, { outcome: 'refused' }>
export type UnmatchedAttempt = Exclude<Attempt, RefusedAttempt>

/** A statement that binds scalars alone. */
export interface ScalarStatement extends Statement {
  readonly values: readonly Scalar[]
}

/** Inserts the order unless it exists, and plans its first poll. */
export function createTransaction(
  { orders, polls }: Dialect,
  { merchantUid, amount, allowances, policy, channel, payee }: Order,
  name: string | null,
  { taxFree, vat }: TaxShares,
  naverProducts: NaverProducts | null,
  at: Date,
): OrderTransaction & { readonly statements: readonly ScalarStatement[] } {
  const change: ScalarStatement = {
    text: orders.insert,
    values: [
      merchantUid,
      amount.minor,
      amount.currency,
      JSON.stringify(allowances),
      policy.late,
      policy.unmatched,
      name,
      at.getTime(),
      taxFree?.minor ?? null,
      vat?.minor ?? null,
      channel === undefined ? null : JSON.stringify(channel),
      payee ?? null,
      naverProducts && JSON.stringify(naverProducts),
    ],
  }
  const poll = { text: polls.insert, values: [merchantUid, at.getTime() + firstPollMs] }
  const read = { text: orders.selectCommitted, values: [merchantUid] }
  return { statements: [change, { ...poll, after: change }, read], change, event: null }
}

/**
 * Writes a decided change, its event and the accepted payment. An order with an account is polled until it expires. Once
 * the order is paid, its other accounts are revoked: a deposit would be a second payment.
 */
export function recordTransaction(
  dialect: Dialect,
  { order, payment, to }: Change,
  changed: Order,
  at: Date,
): OrderTransaction {
  const { merchantUid, sequence } = order
  const guards = guardStatements(
    [dialect.guards.lockUnchanged, [merchantUid, sequence]],
    [dialect.guards.record, [merchantUid, changed.impUid, payment.impUid]],
  )
  const columns = toChangedColumns(changed, payment.payMethod)
  const write = {
    text: dialect.orders.update,
    values: [merchantUid, sequence, ...columns, at.getTime(), payment.impUid],
  }
  // The change itself asks for the sequence: it need not wait for what the lock returns, and is sent with it.
  const change: Statement = dialect.guards.record === null ? write : guarded(guards, write)
  const accepted: Statement = {
    text: dialect.attempts.insertAccepted,
    values: toAttemptValues(payment, merchantUid, at),
    after: change,
  }
  const event = toEvent(changed, to, presentOrder(changed), at)
  const effects = [
    insertEvent(dialect, event, change, at),
    accepted,
    ...pollAccount(dialect, changed, change, at),
    ...revokeOtherAccounts(dialect, changed, change, at),
    ...wakeStatements(dialect, merchantUid, change, at),
  ]
  return toOrderTransaction(dialect, merchantUid, guards, change, effects, event)
}

/** An order that is polled no more is polled again once an account is issued for it, which has to expire. */
function pollAccount(
  { polls }: Dialect,
  { merchantUid, status, sequence }: Order,
  after: Statement,
  at: Date,
): readonly Statement[] {
  if (status !== 'vbank_issued') return []
  const values = [merchantUid, at.getTime() + firstPollMs, sequence]
  return [{ text: polls.insertOfAccount, values, after }]
}

function revokeOtherAccounts(
  { revocations }: Dialect,
  { merchantUid, sequence, status, impUid, accounts }: Order,
  after: Statement,
  at: Date,
): readonly Statement[] {
  if (status === 'vbank_issued' || impUid === null) return []
  const others = toOpenAccounts(accounts).filter((each) => each !== impUid)
  if (others.length === 0) return []
  const values = [toRevocations(others, merchantUid, at), merchantUid, sequence, impUid]
  return [{ text: revocations.insertOther, values, after }]
}

/** Closes or expires an unpaid order, with its event and the revocation of its accounts. */
export function endTransaction(
  dialect: Dialect,
  { merchantUid, sequence }: Order,
  ended: Order & { readonly status: 'cancelled' | 'expired' },
  accounts: readonly ImpUid[],
  at: Date,
): OrderTransaction {
  const locks = guardStatements([dialect.guards.lockUnchanged, [merchantUid, sequence]])
  const text = ended.status === 'cancelled' ? dialect.orders.close : dialect.orders.expire
  const change = { text, values: [merchantUid, sequence, at.getTime()] }
  const event = toEvent(ended, ended.status, presentOrder(ended), at)
  const effects = [
    insertEvent(dialect, event, change, at),
    ...insertRevocations(dialect, accounts, merchantUid, change, at),
    ...wakeStatements(dialect, merchantUid, change, at),
  ]
  return toOrderTransaction(dialect, merchantUid, locks, change, effects, event)
}

/** Records a refused payment. One that moved money for this order is an issue as well. */
export function refusedTransaction(
  dialect: Dialect,
  attempt: RefusedAttempt,
  at: Date,
): OrderTransaction {
  const { order, payment, reason } = attempt
  const { merchantUid } = order
  const mismatch = toMismatchReason(attempt)
  const isMoney = Number(mismatch !== null)
  const guards = guardStatements(
    [dialect.guards.lockOrder, [merchantUid]],
    [dialect.guards.refused, [merchantUid, payment.impUid, payment.status, isMoney]],
  )
  const change = guarded(guards, {
    text: dialect.attempts.insertRefused,
    values: [...toAttemptValues(payment, merchantUid, at), reason, isMoney],
  })
  const snapshot = mismatch === null ? null : { ...payment, reason: mismatch }
  const effects =
    snapshot === null
      ? []
      : issueStatements(dialect, 'mismatch_paid', merchantUid, snapshot, change, at)
  return toOrderTransaction(dialect, merchantUid, guards, change, effects)
}

/**
 * Records a payment that the order does not account for. Unless it was refunded already, it raises the order's
 * sequence, with an event and an issue.
 *
 * @param counted The order with the raised sequence.
 */
export function unmatchedTransaction(
  dialect: Dialect,
  { order, payment, outcome }: UnmatchedAttempt,
  counted: Order,
  at: Date,
): OrderTransaction {
  const { merchantUid, sequence } = order
  const guards = guardStatements(
    [dialect.guards.lockUnchanged, [merchantUid, sequence]],
    [dialect.guards.unmatched, [merchantUid, payment.impUid]],
  )
  const change = guarded(guards, {
    text: dialect.attempts.insertUnmatched,
    values: [...toAttemptValues(payment, merchantUid, at), outcome, sequence],
  })
  if (outcome === 'refunded') return toOrderTransaction(dialect, merchantUid, guards, change, [])
  const event = toEvent(counted, outcome, presentUnmatchedPayment(counted, payment), at)
  const effects: readonly Statement[] = [
    {
      text: dialect.orders.incrementSequence,
      values: [merchantUid, at.getTime()],
      after: change,
    },
    insertEvent(dialect, event, change, at),
    ...issueStatements(dialect, outcome, merchantUid, payment, change, at),
  ]
  return toOrderTransaction(dialect, merchantUid, guards, change, effects, event)
}

/**
 * Records what became of a payment in escrow: the event, and the raised sequence. No event with its id means that it is new.
 *
 * @param counted The order with the raised sequence.
 */
export function escrowTransaction(
  dialect: Dialect,
  { merchantUid, sequence }: Order,
  counted: Order,
  change: EscrowChange,
  at: Date,
): OrderTransaction {
  const guards = guardStatements([dialect.guards.lockUnchanged, [merchantUid, sequence]])
  const { id, from, to } = toEscrowEventId(counted, change)
  const increment = guarded(guards, {
    text: dialect.orders.incrementForEscrow,
    values: [merchantUid, sequence, at.getTime(), id, from, to],
  })
  const event = toEscrowEvent(counted, change, at)
  const effects = [insertEvent(dialect, event, increment, at)]
  return toOrderTransaction(dialect, merchantUid, guards, increment, effects, event)
}

function insertRevocations(
  { revocations }: Dialect,
  accounts: readonly ImpUid[],
  merchantUid: MerchantUid,
  after: Statement,
  at: Date,
): readonly Statement[] {
  if (accounts.length === 0) return []
  return [{ text: revocations.insert, values: [toRevocations(accounts, merchantUid, at)], after }]
}

function toRevocations(
  accounts: readonly ImpUid[],
  merchantUid: MerchantUid,
  at: Date,
): readonly (readonly Scalar[])[] {
  const ms = at.getTime()
  return accounts.map((impUid) => [impUid, merchantUid, 'requested', ms, ms + jobLeaseMs])
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
    case 'channel_mismatch':
      return reason
    // The money belongs to another order, or is none.
    case 'order_mismatch':
    case 'sandbox_payment':
      return null
  }
}

/** Only what evidence needs: nothing about the buyer, nothing about the card. */
function toAttemptValues(payment: Payment, merchantUid: MerchantUid, at: Date): readonly Scalar[] {
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
