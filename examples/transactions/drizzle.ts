import { createOrderIn, createPostgresStore, fromDrizzle } from '@quayside/sql'
import { eq, sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { pgTable, text } from 'drizzle-orm/pg-core'
import type pg from 'pg'

const shopOrders = pgTable('shop_orders', {
  id: text().primaryKey(),
  item: text().notNull(),
  paidWith: text('paid_with'),
})

/** Creates the row of the shop and the order to be paid, both or neither. */
export function placeOrder(db: NodePgDatabase, id: string, item: string, amount: number) {
  return db.transaction(async (tx) => {
    await tx.insert(shopOrders).values({ id, item })
    const order = { merchant_uid: id, amount, currency: 'KRW' }
    const created = await createOrderIn(fromDrizzle('postgres', tx, sql), order)
    if (!created.ok) throw new Error(created.failure.reason) // rolls back
    return created.value // after COMMIT: POST /orders with the same order
  })
}

/** Makes the store of the server. It marks the row of the shop as paid in the transaction of the payment. */
export function createStore(pool: pg.Pool) {
  return createPostgresStore(pool, {
    async onChange({ type, data }, client) {
      if (type !== 'order.paid') return
      const tx = drizzle({ client }) // on this connection; without `transaction()`, which would commit
      await tx
        .update(shopOrders)
        .set({ paidWith: data.imp_uid })
        .where(eq(shopOrders.id, data.merchant_uid))
    },
  })
}
