import type { DatabaseSync } from 'node:sqlite'
import { createOrderInSync, createSqliteStore, fromSqlite } from '@quayside/sql'

// The table of the shop: CREATE TABLE shop_orders (id TEXT PRIMARY KEY, item TEXT NOT NULL, paid_with TEXT)
// With better-sqlite3, `placeOrder` is the same; the store needs node:sqlite.

/** Creates the row of the shop and the order to be paid, both or neither. It waits for nothing, so nothing gets between. */
export function placeOrder(database: DatabaseSync, id: string, item: string, amount: number) {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.prepare('INSERT INTO shop_orders (id, item) VALUES (?, ?)').run(id, item)
    const order = { merchant_uid: id, amount, currency: 'KRW' }
    const created = createOrderInSync(fromSqlite(database), order)
    database.exec(created.ok ? 'COMMIT' : 'ROLLBACK')
    return created // after COMMIT: POST /orders with the same order
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Makes the store of the server. It marks the row of the shop as paid in the transaction of the payment. */
export function createStore(database: DatabaseSync) {
  return createSqliteStore(database, {
    onChange({ type, data }) {
      if (type !== 'order.paid') return
      const marking = database.prepare('UPDATE shop_orders SET paid_with = ? WHERE id = ?')
      marking.run(data.imp_uid, data.merchant_uid)
    },
  })
}
