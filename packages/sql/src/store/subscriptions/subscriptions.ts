import { ok, type SubscriptionId, type SubscriptionWrite } from '@quayside/core'
import type { StoredSubscription, SubscriptionFilter, Subscriptions } from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import { type Driver, isHit, isStorable, type Outcome, type Statement } from '../../driver.ts'
import { read, rowsAt, runTwice, write } from '../../transaction.ts'
import { jobLeaseMs, leaseRows } from '../leases.ts'
import {
  type AttemptRow,
  type SubscriptionRow,
  toStoredAttempt,
  toStoredSubscription,
} from './subscription-row.ts'
import {
  createTransaction,
  toSubscriptionEventId,
  toWritten,
  writeTransaction,
} from './subscription-statements.ts'

/** Makes the port of subscriptions. Each operation is one transaction and may be repeated without harm. */
export function createSubscriptions(
  driver: Driver,
  dialect: Dialect,
  now: () => Date,
  enqueueEvent: (eventId: string) => void,
): Subscriptions {
  const { subscriptions } = dialect
  const enqueueEvents = (id: SubscriptionId, events: SubscriptionWrite['events']): void => {
    for (const { sequence } of events) enqueueEvent(toSubscriptionEventId(id, sequence))
  }

  return {
    async create(created) {
      const { subscription, events } = created.write
      const { statements, change } = createTransaction(dialect, created, now())
      const outcomes = await runTwice(driver, statements)
      if (!outcomes.ok) return outcomes
      const [stored] = toAllStored(outcomes.value)
      if (stored === undefined) return ok(null)
      const isNew = hasHit(outcomes.value, statements.indexOf(change))
      if (isNew) enqueueEvents(subscription.id, events)
      return ok({ ...stored, isNew })
    },

    async read(ids) {
      if (ids.length === 0) return ok([])
      const outcomes = await runTwice(driver, [
        { text: subscriptions.selectMany, values: [ids] },
        { text: subscriptions.selectOpenAttempts, values: [ids] },
      ])
      return outcomes.ok ? ok(toAllStored(outcomes.value)) : outcomes
    },

    async write(stored, step) {
      const at = now()
      const { statements, orders } = writeTransaction(dialect, stored, step, at)
      const outcomes = await runTwice(driver, statements)
      if (!outcomes.ok) return outcomes
      if (!hasHit(outcomes.value, 0)) return ok(null)
      enqueueEvents(step.subscription.id, step.events)
      // An order that existed already has a status that only the database knows.
      const areNew = orders.every((order) => hasHit(outcomes.value, statements.indexOf(order)))
      return areNew ? ok(toWritten(stored, step, at)) : ok(null)
    },

    async countDue(most) {
      const select = { text: subscriptions.countDue, values: [now().getTime(), most] }
      const counted = await read(driver, [select], ({ due }: { readonly due: number }) => due)
      return counted.ok ? ok(counted.value[0] ?? 0) : counted
    },

    claim: (limit) => leaseRows(driver, subscriptions.claimDue, now(), jobLeaseMs, limit, toId),

    async wake(ids) {
      if (ids.length === 0) return ok(null)
      const at = now().getTime()
      // Sorted, so that two callers lock the rows that both wake in one order.
      const statements: readonly Statement[] = [...new Set(ids)]
        .toSorted()
        .map((id) => ({ text: subscriptions.wake, values: [id, at] }))
      return write(driver, statements)
    },

    async changeBuyer(id, buyer, request) {
      const values = [id, JSON.stringify(buyer), request, now().getTime()]
      const outcomes = await runTwice(driver, [
        { text: subscriptions.changeBuyer, values },
        { text: subscriptions.select, values: [id] },
        { text: subscriptions.selectOpenAttempts, values: [[id]] },
      ])
      return outcomes.ok ? ok(toAllStored(outcomes.value)[0] ?? null) : outcomes
    },

    async list(filter, after, count) {
      if (!isStorable(filter.customerId ?? '')) return ok([])
      const select = toSelection(dialect, after, count, filter)
      return read<SubscriptionRow, StoredSubscription>(driver, [select], (row) =>
        toStoredSubscription(row, []),
      )
    },

    attempts(id, before, count) {
      const { period, number } = before ?? afterLast
      const select = { text: subscriptions.selectAttempts, values: [id, period, number, count] }
      return read(driver, [select], toStoredAttempt)
    },
  }
}

function hasHit(outcomes: readonly Outcome[], index: number): boolean {
  const outcome = outcomes[index]
  return outcome !== undefined && isHit(outcome)
}

/** A place that no attempt has, after all of them. */
const afterLast = { period: Number.MAX_SAFE_INTEGER, number: 0 }

function toSelection(
  { subscriptions }: Dialect,
  after: string,
  count: number,
  { customerId, status, payee }: SubscriptionFilter,
): Statement {
  if (customerId !== undefined) {
    const values = [after, count, customerId, status ?? '', payee ?? '']
    return { text: subscriptions.selectOfCustomer, values }
  }
  if (payee !== undefined) {
    return status === undefined
      ? { text: subscriptions.selectOfPayee, values: [after, count, payee] }
      : { text: subscriptions.selectOfPayeeAndStatus, values: [after, count, payee, status] }
  }
  return status === undefined
    ? { text: subscriptions.selectAll, values: [after, count] }
    : { text: subscriptions.selectOfStatus, values: [after, count, status] }
}

function toId({ id }: Pick<SubscriptionRow, 'id'>): SubscriptionId {
  return id
}

/** Returns the subscriptions that the last statement but one has read, with the attempts that the last one has. */
function toAllStored(outcomes: readonly Outcome[]): readonly StoredSubscription[] {
  const attempts = Map.groupBy(rowsAt<AttemptRow>(outcomes, -1), (row) => row.subscription_id)
  return rowsAt<SubscriptionRow>(outcomes, -2).map((row) =>
    toStoredSubscription(row, (attempts.get(row.id) ?? []).map(toStoredAttempt)),
  )
}
