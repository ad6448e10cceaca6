import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import {
  applyChange,
  fail,
  type MerchantUid,
  type Order,
  ok,
  openOrder,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { type OrderRepository, toOpenAccounts } from '@quayside/server'
import { runTwice } from './batch.ts'
import { type OrderRow, toOrder, toStoredOrder } from './order-row.ts'
import {
  closeStatements,
  createStatements,
  expireStatements,
  type RefusedAttempt,
  recordStatements,
  refusedStatements,
  selectOrder,
  toEventId,
  type UnmatchedAttempt,
  unmatchedStatements,
} from './order-statements.ts'
import * as sql from './orders-sql.ts'

/**
 * Makes the order repository on a D1 database. Each operation is one transaction and may be repeated without
 * harm: when the response of the database is lost, it runs once more and the row is read back.
 *
 * @param db The database, with the migrations applied.
 * @param now The clock.
 * @param enqueueEvent Called with the id of each event that was written, so that it need not wait for the next sweep.
 */
export function createOrderRepository(
  db: D1Database,
  now: () => Date,
  enqueueEvent: (eventId: string) => void = () => undefined,
): OrderRepository {
  return {
    async find(merchantUid) {
      const row = await readRow(db, merchantUid)
      return row.ok ? ok(toOrder(row.value)) : row
    },

    async read(merchantUid) {
      const row = await readRow(db, merchantUid)
      return row.ok ? ok(toStoredOrder(row.value)) : row
    },

    async create(expected, name) {
      const order = openOrder(expected)
      const batch = await runTwice<OrderRow>(db, createStatements(db, order, name, now()))
      if (!batch.ok) return batch
      const row = lastRow(batch.value, order.merchantUid)
      if (!row.ok) return row
      return ok({ ...toStoredOrder(row.value), isNew: batch.value[0]?.meta.changes === 1 })
    },

    async markPrepared(merchantUid) {
      const update = db.prepare(sql.markPrepared).bind(merchantUid, now().getTime())
      const batch = await runTwice(db, [update])
      return batch.ok ? ok(null) : batch
    },

    async close(order, accounts) {
      const closed = toClosed(order)
      const statements = closeStatements(db, order, closed, accounts, now())
      return changeOrder(db, closed, statements, enqueueEvent)
    },

    async expire(order) {
      const expired: Order = { ...order, status: 'expired', sequence: order.sequence + 1 }
      const accounts = order.policy.late === 'deliver' ? [] : toOpenAccounts(order.accounts)
      const statements = expireStatements(db, order, expired, accounts, now())
      return changeOrder(db, expired, statements, enqueueEvent)
    },

    async record(change) {
      const changed = applyChange(change)
      const statements = recordStatements(db, change, changed, now())
      return changeOrder(db, changed, statements, enqueueEvent)
    },

    async recordAttempt(attempt) {
      return attempt.outcome === 'refused'
        ? recordRefused(db, attempt, now())
        : recordUnmatched(db, attempt, now(), enqueueEvent)
    },
  }
}

async function readRow(
  db: D1Database,
  merchantUid: MerchantUid,
): Promise<Result<OrderRow, StoreFailure>> {
  const batch = await runTwice<OrderRow>(db, [selectOrder(db, merchantUid)])
  return batch.ok ? lastRow(batch.value, merchantUid) : batch
}

/** Runs the statements and returns the order as it is then. The second of them inserts the event. */
async function changeOrder(
  db: D1Database,
  changed: Order,
  statements: readonly D1PreparedStatement[],
  enqueueEvent: (eventId: string) => void,
): Promise<Result<Order, StoreFailure>> {
  const batch = await runTwice<OrderRow>(db, statements)
  if (!batch.ok) return batch
  if (batch.value[1]?.meta.changes === 1) enqueueEvent(toEventId(changed))
  const row = lastRow(batch.value, changed.merchantUid)
  return row.ok ? ok(toOrder(row.value)) : row
}

async function recordRefused(
  db: D1Database,
  attempt: RefusedAttempt,
  at: Date,
): Promise<Result<null, StoreFailure>> {
  const batch = await runTwice(db, refusedStatements(db, attempt, at))
  return batch.ok ? ok(null) : batch
}

/** Returns null once the attempt is recorded, or the order when it changed since it was read. */
async function recordUnmatched(
  db: D1Database,
  attempt: UnmatchedAttempt,
  at: Date,
  enqueueEvent: (eventId: string) => void,
): Promise<Result<Order | null, StoreFailure>> {
  const { order, outcome } = attempt
  const counted = { ...order, sequence: order.sequence + 1 }
  const batch = await runTwice<OrderRow>(db, unmatchedStatements(db, attempt, counted, at))
  if (!batch.ok) return batch
  const row = lastRow(batch.value, order.merchantUid)
  if (!row.ok) return row
  const isWritten = batch.value[0]?.meta.changes === 1
  if (isWritten && outcome !== 'refunded') enqueueEvent(toEventId(counted))
  return ok(isWritten || row.value.sequence === order.sequence ? null : toOrder(row.value))
}

function toClosed(order: Order): Order {
  const sequence = order.sequence + 1
  return { ...order, status: 'cancelled', impUid: null, failReason: null, sequence }
}

function lastRow(
  batch: readonly D1Result<OrderRow>[],
  merchantUid: MerchantUid,
): Result<OrderRow, StoreFailure> {
  const row = batch.at(-1)?.results[0]
  return row === undefined ? fail({ reason: 'order_unknown', merchantUid }) : ok(row)
}
