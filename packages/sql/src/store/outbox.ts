import { fail, ok } from '@quayside/core'
import type { EventState, Outbox, SettledTry, StoredEvent } from '@quayside/server'
import type { Claim, Dialect, TryRow } from '../dialect.ts'
import { type Driver, isStorable, type Scalar } from '../driver.ts'
import { read, write } from '../transaction.ts'
import { toDate, toMs } from './instants.ts'
import { deliveryLeaseMs, leaseRows } from './leases.ts'

/** One row of `outbox`. */
export interface EventRow {
  readonly id: string
  readonly merchant_uid: string | null
  readonly sequence: number | null
  readonly kind: string
  readonly payload: string
  readonly created_at: number
  readonly due_at: number | null
  readonly tries: number
  readonly failure: string | null
  readonly delivered_at: number | null
}

export function createOutbox(driver: Driver, { outbox }: Dialect, now: () => Date): Outbox {
  const selections: Readonly<Record<EventState, string>> = {
    pending: outbox.selectPending,
    delivered: outbox.selectDelivered,
    failed_permanently: outbox.selectFailedPermanently,
  }
  const claim = (texts: Claim, last: Scalar) =>
    leaseRows(driver, texts, now(), deliveryLeaseMs, last, toEvent)

  return {
    claim: (count) => claim(outbox.claimDue, count),

    async claimOne(id) {
      if (!isStorable(id)) return ok(null)
      const events = await claim(outbox.claimOne, id)
      return events.ok ? ok(events.value[0] ?? null) : events
    },

    async settle(tries) {
      if (tries.length === 0) return ok(null)
      // In the order of the ids, so that two callers lock the rows that both have in one order.
      const sorted = tries.toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1))
      return write(driver, outbox.settle(sorted.map(toTryRow), now().getTime()))
    },

    list: (state, after, count) =>
      read(driver, [{ text: selections[state], values: [after, count] }], toEvent),

    async replay(id) {
      if (!isStorable(id)) return fail({ reason: 'event_unknown' })
      const replay = { text: outbox.replay, values: [id, now().getTime()] }
      const select = { text: outbox.select, values: [id] }
      const events = await read(driver, [replay, select], toEvent)
      if (!events.ok) return events
      const [event] = events.value
      return event === undefined ? fail({ reason: 'event_unknown' }) : ok(event)
    },
  }
}

function toTryRow({ event, result }: SettledTry): TryRow {
  const { kind } = result
  switch (kind) {
    case 'delivered':
      return { kind, values: [event.id] }
    case 'failed':
      return { kind, values: [event.id, toMs(event.dueAt), toMs(result.dueAt), result.failure] }
    case 'unsent':
      return { kind, values: [event.id, toMs(event.dueAt)] }
  }
}

export function toEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    merchantUid: row.merchant_uid,
    sequence: row.sequence,
    kind: row.kind,
    payload: row.payload,
    createdAt: toDate(row.created_at),
    dueAt: toDate(row.due_at),
    tries: row.tries,
    failure: row.failure,
    deliveredAt: toDate(row.delivered_at),
  }
}
