import type { ClientBase } from 'pg'
import type { ShopTransaction } from './shop-transaction.ts'

/**
 * Makes a transaction of a client of `pg`, on which the shop has sent `BEGIN`.
 *
 * @param client A client of the pool, or one that is connected; not the pool.
 * @returns The transaction, for `createOrderIn`.
 *
 * @example
 * ```ts
 * import { createOrderIn, fromPg } from '@quayside/sql'
 * import type { PoolClient } from 'pg'
 *
 * const create = (client: PoolClient, id: string) =>
 *   createOrderIn(fromPg(client), { merchant_uid: id, amount: 64_900, currency: 'KRW' })
 * console.log(typeof create) // function
 * ```
 */
export function fromPg(client: Pick<ClientBase, 'query'>): ShopTransaction {
  return {
    database: 'postgres',
    async execute(text, values) {
      const { rowCount } = await client.query(text, [...values])
      return Number(rowCount)
    },
    async query(text, values) {
      const { rows } = await client.query(text, [...values])
      return rows
    },
  }
}
