import { fail, ok } from '@quayside/core'
import type { EventState, Outbox, SettledTry, StoredEvent } from '@quayside/server'
import type { Claim, Dialect } from '../dialect.ts'
import { type Driver, isStorable, type Scalar, type Statement } from '../driver.ts'
import { rowsAt, runOnce, runTwice } from '../transaction.ts'
import { toDate, toMs } from './instants.ts'
import { claimStatements, deliveryLeaseMs } from './leases.ts'

/** One row of `outbox`. */
interface EventRow {
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
  // Not repeated when its response is lost: the events are due again when the lease ends.
  const claim = async (texts: Claim, last: Scalar) => {
    const at = now().getTime()
    const end = at + deliveryLeaseMs
    const statements = claimStatements(texts, [at, end, last], end, ['id'])
    const outcomes = await runOnce(driver, statements)
    return outcomes.ok ? ok(rowsAt<EventRow>(outcomes.value, 0).map(toEvent)) : outcomes
  }
  const settleOne = ({ event, result }: SettledTry, at: number): Statement => {
    const { id, dueAt: lease } = event
    switch (result.kind) {
      case 'delivered':
        return { text: outbox.markDelivered, values: [id, at] }
      case 'failed': {
        const values = [id, toMs(lease), toMs(result.dueAt), result.failure]
        return { text: outbox.markFailed, values }
      }
      case 'unsent':
        return { text: outbox.markUnsent, values: [id, toMs(lease), at] }
    }
  }

  return {
    claim: (count) => claim(outbox.claimDue, count),

    async claimOne(id) {
      if (!isStorable(id)) return ok(null)
      const events = await claim(outbox.claimOne, id)
      return events.ok ? ok(events.value[0] ?? null) : events
    },

    async settle(tries) {
      if (tries.length === 0) return ok(null)
      const at = now().getTime()
      // In the order of the ids, so that two callers lock the rows that both have in one order.
      const sorted = tries.toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1))
      const outcomes = await runTwice(
        driver,
        sorted.map((each) => settleOne(each, at)),
      )
      return outcomes.ok ? ok(null) : outcomes
    },

    async list(state, after, count) {
      const select = { text: selections[state], values: [after, count] }
      const outcomes = await runTwice(driver, [select])
      return outcomes.ok ? ok(rowsAt<EventRow>(outcomes.value, -1).map(toEvent)) : outcomes
    },

    async replay(id) {
      if (!isStorable(id)) return fail({ reason: 'event_unknown' })
      const outcomes = await runTwice(driver, [
        { text: outbox.replay, values: [id, now().getTime()] },
        { text: outbox.select, values: [id] },
      ])
      if (!outcomes.ok) return outcomes
      const row = rowsAt<EventRow>(outcomes.value, -1)[0]
      return row === undefined ? fail({ reason: 'event_unknown' }) : ok(toEvent(row))
    },
  }
}

function toEvent(row: EventRow): StoredEvent {
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
