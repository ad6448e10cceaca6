import type { D1Database } from '@cloudflare/workers-types'
import { fail, ok } from '@quayside/core'
import type { EventState, Outbox, StoredEvent } from '@quayside/server'
import { runOnce, runTwice } from './batch.ts'
import { toDate, toMs } from './instants.ts'
import * as sql from './outbox-sql.ts'

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

/** A try takes ten seconds at most; after this time its process has died. */
export const deliveryLeaseMs = 30_000

const selections: Readonly<Record<EventState, string>> = {
  pending: sql.selectPending,
  delivered: sql.selectDelivered,
  failed_permanently: sql.selectFailedPermanently,
}

/** Makes the outbox on a D1 database. */
export function createOutbox(db: D1Database, now: () => Date): Outbox {
  // Not repeated when its response is lost: the events are due again when the lease ends.
  const claim = async (text: string, last: string | number) => {
    const at = now().getTime()
    const batch = await runOnce<EventRow>(db, [
      db.prepare(text).bind(at, at + deliveryLeaseMs, last),
    ])
    return batch.ok ? ok(toEvents(batch.value[0]?.results)) : batch
  }
  return {
    claim: (count) => claim(sql.claimDue, count),

    async claimOne(id) {
      const events = await claim(sql.claimOne, id)
      return events.ok ? ok(events.value[0] ?? null) : events
    },

    async settle(tries) {
      // D1 refuses a batch without statements.
      if (tries.length === 0) return ok(null)
      const at = now().getTime()
      const delivered: unknown[] = []
      const failed: unknown[] = []
      const unsent: unknown[] = []
      for (const { event, result } of tries) {
        const claimed = [event.id, toMs(event.dueAt)]
        switch (result.kind) {
          case 'delivered':
            delivered.push(claimed)
            break
          case 'failed':
            failed.push([...claimed, toMs(result.dueAt), result.failure])
            break
          case 'unsent':
            unsent.push(claimed)
        }
      }
      const statements = [
        db.prepare(sql.markDelivered).bind(JSON.stringify(delivered), at),
        db.prepare(sql.markFailed).bind(JSON.stringify(failed)),
        db.prepare(sql.markUnsent).bind(JSON.stringify(unsent), at),
      ].filter((_statement, index) => [delivered, failed, unsent][index]?.length !== 0)
      const batch = await runTwice(db, statements)
      return batch.ok ? ok(null) : batch
    },

    async list(state, after, count) {
      const select = db.prepare(selections[state]).bind(after, count)
      const batch = await runTwice<EventRow>(db, [select])
      return batch.ok ? ok(toEvents(batch.value[0]?.results)) : batch
    },

    async replay(id) {
      const batch = await runTwice<EventRow>(db, [
        db.prepare(sql.replay).bind(id, now().getTime()),
        db.prepare(sql.selectEvent).bind(id),
      ])
      if (!batch.ok) return batch
      const [event] = toEvents(batch.value[1]?.results)
      return event === undefined ? fail({ reason: 'event_unknown' }) : ok(event)
    },
  }
}

function toEvents(rows: readonly EventRow[] = []): readonly StoredEvent[] {
  return rows.map((row) => ({
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
  }))
}
