import type { Connection } from 'mysql2/promise'
import type { ShopTransaction } from './shop-transaction.ts'

/**
 * Makes a transaction of a connection of `mysql2/promise`, on which the shop has begun one.
 *
 * @param connection A connection of the pool, or one of its own; not the pool.
 * @returns The transaction, for `createOrderIn`.
 *
 * @example
 * ```ts
 * import { createOrderIn, fromMysql2 } from '@quayside/sql'
 * import type { PoolConnection } from 'mysql2/promise'
 *
 * const create = (connection: PoolConnection, id: string) =>
 *   createOrderIn(fromMysql2(connection), { merchant_uid: id, amount: 64_900, currency: 'KRW' })
 * console.log(typeof create) // function
 * ```
 */
export function fromMysql2(connection: Pick<Connection, 'execute'>): ShopTransaction {
  // Whatever the pool is set to.
  const reading = { rowsAsArray: false, supportBigNumbers: true, bigNumberStrings: true }
  return {
    database: 'mysql',
    async execute(sql, values) {
      const [result] = await connection.execute({ sql, values: [...values], ...reading })
      return 'affectedRows' in result ? result.affectedRows : Number.NaN
    },
    async query(sql, values) {
      const [rows] = await connection.execute({ sql, values: [...values], ...reading })
      return Array.isArray(rows) ? rows : []
    },
  }
}
