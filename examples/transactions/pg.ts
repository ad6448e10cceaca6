import { createOrderIn, createPostgresStore, fromPg } from '@quayside/sql'
import type pg from 'pg'

// The table of the shop: CREATE TABLE shop_orders (id text PRIMARY KEY, item text NOT NULL, paid_with text)

/** Creates the row of the shop and the order to be paid, both or neither. */
export async function placeOrder(pool: pg.Pool, id: string, item: string, amount: number) {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('INSERT INTO shop_orders (id, item) VALUES ($1, $2)', [id, item])
    const order = { merchant_uid: id, amount, currency: 'KRW' }
    const created = await createOrderIn(fromPg(client), order)
    await client.query(created.ok ? 'COMMIT' : 'ROLLBACK')
    return created // after COMMIT: POST /orders with the same order
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

/** Makes the store of the server. It marks the row of the shop as paid in the transaction of the payment. */
export function createStore(pool: pg.Pool) {
  return createPostgresStore(pool, {
    async onChange({ type, data }, client) {
      if (type !== 'order.paid') return
      const marking = 'UPDATE shop_orders SET paid_with = $2 WHERE id = $1'
      await client.query(marking, [data.merchant_uid, data.imp_uid])
    },
  })
}
