import { createOrderIn, createPostgresStore, fromKysely } from '@quayside/sql'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type pg from 'pg'

export interface Tables {
  readonly shop_orders: {
    readonly id: string
    readonly item: string
    readonly paid_with: string | null
  }
}

/** Creates the row of the shop and the order to be paid, both or neither. */
export function placeOrder(db: Kysely<Tables>, id: string, item: string, amount: number) {
  return db.transaction().execute(async (trx) => {
    await trx.insertInto('shop_orders').values({ id, item, paid_with: null }).execute()
    const order = { merchant_uid: id, amount, currency: 'KRW' }
    const created = await createOrderIn(fromKysely('postgres', trx), order)
    if (!created.ok) throw new Error(created.failure.reason) // rolls back
    return created.value // after COMMIT: POST /orders with the same order
  })
}

/** Writes queries; the connection of the change runs them. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Makes the store of the server. It marks the row of the shop as paid in the transaction of the payment. */
export function createStore(pool: pg.Pool) {
  return createPostgresStore(pool, {
    async onChange({ type, data }, client) {
      if (type !== 'order.paid') return
      const update = builder
        .updateTable('shop_orders')
        .set({ paid_with: data.imp_uid })
        .where('id', '=', data.merchant_uid)
      const { sql, parameters } = update.compile()
      await client.query(sql, [...parameters])
    },
  })
}
