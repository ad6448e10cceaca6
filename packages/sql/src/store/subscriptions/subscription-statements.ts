import {
  type ChargeAttempt,
  type MerchantUid,
  openOrder,
  parseAttemptId,
  type Subscription,
  type SubscriptionId,
  type SubscriptionWrite,
} from '@quayside/core'
import {
  attemptPolicy,
  isPaid,
  type NewSubscription,
  presentSubscriptionEvent,
  type StoredSubscription,
  toTaxFreePart,
} from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Scalar, Statement } from '../../driver.ts'
import { toDate } from '../instants.ts'
import { firstPollMs } from '../leases.ts'
import { toDetails, toSubscriptionColumns } from './subscription-row.ts'

/** The statements that create a subscription, and the one that hits if it is new. The last two read it and its attempts. */
export interface CreateTransaction {
  readonly statements: readonly Statement[]
  readonly change: Statement
}

/** The statements that write a step; the first one hits if it is written. */
export interface WriteTransaction {
  readonly statements: readonly Statement[]
  /** Those that insert the orders of new attempts. */
  readonly orders: readonly Statement[]
}

/** Inserts a subscription and its first events. */
export function createTransaction(
  dialect: Dialect,
  { customerId, name, request, write, payee }: NewSubscription,
  at: Date,
): CreateTransaction {
  const { subscription } = write
  const { id, dueAt } = subscription
  const prefix = `sub-${id}-`
  const change: Statement = {
    text: dialect.subscriptions.insert,
    values: [
      id,
      customerId,
      name,
      request,
      ...toSubscriptionColumns(subscription),
      dueAt,
      at.getTime(),
      prefix,
      afterAll(prefix),
      payee ?? null,
    ],
  }
  const named = { customerId, name, ...(payee === undefined ? {} : { payee }) }
  const events = eventStatements(dialect, write, named, change, at)
  return { statements: [change, ...events, ...readStatements(dialect, id)], change }
}

/**
 * Writes a step. On SQLite each of its statements writes exactly one row, because `changes()` of one decides about the
 * next: so the order comes last, which might exist.
 */
export function writeTransaction(
  dialect: Dialect,
  read: StoredSubscription,
  write: SubscriptionWrite,
  at: Date,
): WriteTransaction {
  const { subscription } = write
  const { id, dueAt } = subscription
  const { subscriptions } = dialect
  const change: Statement = {
    text: subscriptions.update,
    values: [id, read.revision, ...toSubscriptionColumns(subscription), dueAt, at.getTime()],
  }
  const attempts = [...write.attempts, ...toClosed(read, write)].map((attempt) =>
    attemptStatement(dialect, subscription, attempt, change, at),
  )
  const events = eventStatements(dialect, write, read, change, at)
  const opened = toNew(read, write).map((attempt) => {
    const order = orderStatement(dialect, attempt, read, change, at)
    return { order, poll: pollStatement(dialect, attempt, order, at) }
  })
  return {
    statements: [
      change,
      ...attempts,
      ...events,
      ...opened.flatMap(({ order, poll }) => [order, poll]),
    ],
    orders: opened.map(({ order }) => order),
  }
}

/**
 * Returns the subscription after a step was written. Nothing of it needs to be read: each change of one of its orders raises the
 * revision, so that the step would not have been written.
 */
export function toWritten(
  read: StoredSubscription,
  { subscription, attempts }: SubscriptionWrite,
  at: Date,
): StoredSubscription {
  const written = new Map(attempts.map((attempt) => [attempt.merchantUid, attempt]))
  const known = read.attempts.map((attempt) => ({
    ...attempt,
    ...written.get(attempt.merchantUid),
  }))
  const added = toNew(read, { attempts }).map((attempt) => ({
    ...attempt,
    impUid: null,
    paidAt: null,
  }))
  const { customerId, name, request, createdAt, payee, buyer } = read
  return {
    subscription,
    customerId,
    name,
    request,
    attempts: [...known, ...added]
      .filter((attempt) => isNeeded(attempt, subscription))
      .toSorted((a, b) => a.period - b.period || a.number - b.number),
    revision: read.revision + 1,
    dueAt: toDate(subscription.dueAt),
    createdAt,
    updatedAt: at,
    ...(payee === undefined ? {} : { payee }),
    ...(buyer === undefined ? {} : { buyer }),
  }
}

/** The attempts that a step adds to those that were read. */
function toNew(
  read: StoredSubscription,
  { attempts }: Pick<SubscriptionWrite, 'attempts'>,
): readonly ChargeAttempt[] {
  const known = new Set<MerchantUid>(read.attempts.map(({ merchantUid }) => merchantUid))
  return attempts.filter(({ merchantUid }) => !known.has(merchantUid))
}

/** Returns the statements that wake the subscription of an order; none for an order that cannot be an attempt. */
export function wakeStatements(
  { subscriptions }: Dialect,
  merchantUid: MerchantUid,
  after: Statement,
  at: Date,
): readonly Statement[] {
  const attempt = parseAttemptId(merchantUid)
  if (attempt === null) return []
  // In this order: a step locks the subscription first, too.
  return [
    { text: subscriptions.wake, values: [attempt.subscriptionId, at.getTime()], after },
    { text: subscriptions.reopenAttempt, values: [merchantUid], after },
  ]
}

/** Reads a subscription and its open attempts. */
function readStatements(
  { subscriptions }: Dialect,
  id: SubscriptionId,
): readonly [Statement, Statement] {
  return [
    { text: subscriptions.select, values: [id] },
    { text: subscriptions.selectOpenAttempts, values: [[id]] },
  ]
}

/** The attempts that were read and that no decision needs after the write: those of periods that it has settled. */
function toClosed(
  { attempts }: StoredSubscription,
  write: SubscriptionWrite,
): readonly ChargeAttempt[] {
  const written = new Set(write.attempts.map(({ merchantUid }) => merchantUid))
  return attempts.filter(
    (attempt) => !written.has(attempt.merchantUid) && !isNeeded(attempt, write.subscription),
  )
}

function isNeeded(
  { state, period, orderStatus }: ChargeAttempt,
  subscription: Subscription,
): boolean {
  if (period >= subscription.period) return true
  switch (state) {
    case 'open':
    case 'refunding':
      return true
    case 'failed':
      return isPaid(orderStatus)
    case 'booked':
      return orderStatus === 'cancelled'
    case 'refunded':
      return false
  }
}

function attemptStatement(
  { subscriptions }: Dialect,
  subscription: Subscription,
  attempt: ChargeAttempt,
  after: Statement,
  at: Date,
): Statement {
  const values: readonly Scalar[] = [
    attempt.merchantUid,
    subscription.id,
    attempt.period,
    attempt.number,
    attempt.state,
    toDetails(attempt),
    Number(isNeeded(attempt, subscription)),
    at.getTime(),
  ]
  return { text: subscriptions.upsertAttempt, values, after }
}

function orderStatement(
  { subscriptions }: Dialect,
  { merchantUid, amount }: ChargeAttempt,
  { name, request, payee }: Pick<StoredSubscription, 'name' | 'request' | 'payee'>,
  after: Statement,
  at: Date,
): Statement {
  const { allowances, policy } = openOrder({
    merchantUid,
    amount,
    allowances: [],
    policy: attemptPolicy,
  })
  return {
    text: subscriptions.insertOrder,
    values: [
      merchantUid,
      amount.minor,
      amount.currency,
      JSON.stringify(allowances),
      policy.late,
      policy.unmatched,
      name,
      at.getTime(),
      toTaxFreePart({ request }, amount)?.minor ?? null,
      payee ?? null,
    ],
    after,
  }
}

function pollStatement(
  { polls }: Dialect,
  { merchantUid }: ChargeAttempt,
  after: Statement,
  at: Date,
): Statement {
  return { text: polls.insert, values: [merchantUid, at.getTime() + firstPollMs], after }
}

function eventStatements(
  { outbox }: Dialect,
  write: SubscriptionWrite,
  read: Pick<StoredSubscription, 'customerId' | 'name' | 'payee'> &
    Partial<Pick<StoredSubscription, 'attempts'>>,
  after: Statement,
  at: Date,
): readonly Statement[] {
  const { id } = write.subscription
  return write.events.map((event) => {
    const payload = JSON.stringify(presentSubscriptionEvent(write, event, read))
    const eventId = toSubscriptionEventId(id, event.sequence)
    const kind = `subscription.${event.kind}`
    const values = [eventId, id, event.sequence, kind, payload, at.getTime()]
    return { text: outbox.insert, values, after }
  })
}

/** Returns the id of an event of a subscription: the same at every try, and that of no order and of no issue. */
export function toSubscriptionEventId(id: SubscriptionId, sequence: number): string {
  return `subscription:${id}:${sequence}`
}

/** Returns the first text after all that begin with a prefix, byte by byte. */
function afterAll(prefix: string): string {
  return `${prefix.slice(0, -1)}.`
}
