import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import {
  type Attempt,
  applyChange,
  type Change,
  type ExpectedOrder,
  fail,
  type MerchantUid,
  type Order,
  type OrderStore,
  ok,
  type Payment,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { presentEvent } from '../present.ts'
import { type OrderRow, type StoredOrder, toChangedColumns, toOrder, toStoredOrder } from './row.ts'
import * as sql from './statements.ts'

/** The order store on D1, with what the merchant's own requests need besides. */
export interface D1Store extends OrderStore {
  /** The order with what only its row knows. */
  read(merchantUid: MerchantUid): Promise<Result<StoredOrder, StoreFailure>>
  /** Creates the order unless it is there; the row that is there is the answer either way. */
  create(expected: ExpectedOrder, name: string | null): Promise<Result<Created, StoreFailure>>
  /** Notes that the provider knows the amount. */
  markPrepared(merchantUid: MerchantUid): Promise<Result<null, StoreFailure>>
  /** Cancels an order that nothing was paid for, unless it changed since it was read. */
  close(order: Order): Promise<Result<Order, StoreFailure>>
}

/** An order that was asked for, and whether this request made it. */
export interface Created extends StoredOrder {
  readonly isNew: boolean
}

/**
 * Makes the order store on a D1 database. Each deed is one transaction and may be repeated without harm:
 * when the answer of the database is lost, the deed is done once more and the row read back.
 *
 * @param db The database, with the migrations applied.
 * @param now The clock.
 */
export function createD1Store(db: D1Database, now: () => Date): D1Store {
  const select = (merchantUid: MerchantUid) => db.prepare(sql.selectOrder).bind(merchantUid)

  const readRow = async (merchantUid: MerchantUid): Promise<Result<OrderRow, StoreFailure>> => {
    const batch = await runTwice(db, [select(merchantUid)])
    return batch.ok ? firstRow(batch.value, merchantUid) : batch
  }

  /** Runs the statements in one transaction and answers with the order as it then stands. */
  const writeAndRead = async (
    merchantUid: MerchantUid,
    statements: readonly D1PreparedStatement[],
  ): Promise<Result<Order, StoreFailure>> => {
    const batch = await runTwice(db, [...statements, select(merchantUid)])
    if (!batch.ok) return batch
    const row = firstRow(batch.value, merchantUid)
    return row.ok ? ok(toOrder(row.value)) : row
  }

  const event = (order: Order) =>
    db.prepare(sql.insertEvent).bind(
      // Put together here: D1 binds every number as REAL, which reads `1.0` inside a text.
      `${order.merchantUid}:${order.sequence}`,
      order.merchantUid,
      order.sequence,
      order.status,
      JSON.stringify(presentEvent(order)),
      now().getTime(),
    )

  return {
    async find(merchantUid) {
      const row = await readRow(merchantUid)
      return row.ok ? ok(toOrder(row.value)) : row
    },

    async read(merchantUid) {
      const row = await readRow(merchantUid)
      return row.ok ? ok(toStoredOrder(row.value)) : row
    },

    async create({ merchantUid, amount, allowances }, name) {
      const insert = db
        .prepare(sql.insertOrder)
        .bind(
          merchantUid,
          amount.minor,
          amount.currency,
          JSON.stringify(allowances),
          name,
          now().getTime(),
        )
      const batch = await runTwice(db, [insert, select(merchantUid)])
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

    async close(order) {
      const { merchantUid, sequence } = order
      const update = db.prepare(sql.closeOrder).bind(merchantUid, sequence, now().getTime())
      return writeAndRead(merchantUid, [update, event(toClosed(order))])
    },

    async record(change: Change) {
      const { order, payment } = change
      const { merchantUid, sequence } = order
      const changed = applyChange(change)
      const columns = toChangedColumns(changed, payment.payMethod)
      const update = db
        .prepare(sql.moveOrder)
        .bind(merchantUid, sequence, ...columns, now().getTime())
      const accepted = db
        .prepare(sql.insertAccepted)
        .bind(...toAttemptColumns(payment, merchantUid, now()))
      return writeAndRead(merchantUid, [update, event(changed), accepted])
    },

    async note({ payment, merchantUid, verdict, reason }: Attempt) {
      const columns = toAttemptColumns(payment, merchantUid, now())
      const insert = db.prepare(sql.insertNoted).bind(...columns, verdict, reason)
      const batch = await runTwice(db, [insert])
      return batch.ok ? ok(null) : batch
    },
  }
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

type Batch = D1Result<OrderRow>[]

// "Network connection lost" says nothing about whether the transaction took place. All of them are
// idempotent, so the one honest way to find out is to run it again.
async function runTwice(
  db: D1Database,
  statements: D1PreparedStatement[],
): Promise<Result<Batch, StoreFailure>> {
  const first = await run(db, statements)
  return first.ok ? first : run(db, statements)
}

async function run(
  db: D1Database,
  statements: D1PreparedStatement[],
): Promise<Result<Batch, StoreFailure>> {
  try {
    return ok(await db.batch<OrderRow>(statements))
  } catch (cause) {
    return fail({ reason: 'store_unavailable', cause })
  }
}

function firstRow(batch: Batch, merchantUid: MerchantUid): Result<OrderRow, StoreFailure> {
  const row = batch.at(-1)?.results[0]
  return row === undefined ? fail({ reason: 'order_unknown', merchantUid }) : ok(row)
}
