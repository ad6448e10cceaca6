import { createMysqlStore, createOrderIn, fromMysql2 } from '@quayside/sql'
import type { Pool } from 'mysql2/promise'

// The table of the shop: CREATE TABLE shop_orders (id varchar(40) PRIMARY KEY, item text NOT NULL, paid_with varchar(60))

/** Creates the row of the shop and the order to be paid, both or neither. */
export async function placeOrder(pool: Pool, id: string, item: string, amount: number) {
  const connection = await pool.getConnection()
  try {
    await connection.beginTransaction()
    await connection.execute('INSERT INTO shop_orders (id, item) VALUES (?, ?)', [id, item])
    const order = { merchant_uid: id, amount, currency: 'KRW' }
    const created = await createOrderIn(fromMysql2(connection), order)
    await (created.ok ? connection.commit() : connection.rollback())
    return created // after COMMIT: POST /orders with the same order
  } catch (error) {
    await connection.rollback()
    throw error
  } finally {
    connection.release()
  }
}

/** Makes the store of the server. It marks the row of the shop as paid in the transaction of the payment. */
export function createStore(pool: Pool) {
  return createMysqlStore(pool, {
    async onChange({ type, data }, connection) {
      if (type !== 'order.paid') return
      const marking = 'UPDATE shop_orders SET paid_with = ? WHERE id = ?'
      await connection.execute(marking, [data.imp_uid, data.merchant_uid])
    },
  })
}
