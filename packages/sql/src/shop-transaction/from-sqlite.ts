import type { SyncShopTransaction } from './shop-transaction.ts'

/** A database of `node:sqlite` or of `better-sqlite3`, as far as it is used here. */
export interface SqliteConnection {
  /** Prepares a statement of SQL. */
  prepare(text: string): {
    run(...values: (string | number | null)[]): { readonly changes: number | bigint }
    all(...values: (string | number | null)[]): unknown[]
  }
}

/**
 * Makes a transaction of a database of `node:sqlite` or of `better-sqlite3`, on which the shop has begun one.
 *
 * @param database The database.
 * @returns The transaction, for `createOrderInSync`.
 *
 * @example
 * ```ts
 * import { createOrderInSync, fromSqlite, type SqliteConnection } from '@quayside/sql'
 *
 * const create = (database: SqliteConnection, id: string) =>
 *   createOrderInSync(fromSqlite(database), { merchant_uid: id, amount: 64_900, currency: 'KRW' })
 * console.log(typeof create) // function
 * ```
 */
export function fromSqlite(database: SqliteConnection): SyncShopTransaction {
  return {
    database: 'sqlite',
    execute: (text, values) => Number(database.prepare(text).run(...values).changes),
    query: (text, values) => database.prepare(text).all(...values),
  }
}
