import type { DatabaseSync } from 'node:sqlite'
import type { Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import type { MigrationFailure } from '../migrations.ts'
import type { StoreOptions } from '../store/store.ts'
import { createSqliteDriver, type OnSqliteChange } from './driver.ts'
import { applySqliteMigrations, expectSqliteTables } from './migrate.ts'
import { createStoreOn } from './store-on-driver.ts'

export type { Scalar } from '../driver.ts'
export {
  type CreatedInTransaction,
  type CreateOrderFailure,
  type CreateOrderOptions,
  createOrderInSync,
} from '../shop-transaction/create-order-in.ts'
export { fromSqlite, type SqliteConnection } from '../shop-transaction/from-sqlite.ts'
export type { SyncShopTransaction } from '../shop-transaction/shop-transaction.ts'
export type { MigrationFailure, StoreOptions }

/** What a store on SQLite needs beside its database. */
export interface SqliteStoreOptions extends StoreOptions {
  /** Told of each change of an order in the transaction that writes it. By default nobody is. */
  readonly onChange?: OnSqliteChange
}

/**
 * Makes the server's store on SQLite, in a file or in memory.
 *
 * @param database A database of `node:sqlite`. For a file that several processes open: `PRAGMA journal_mode = WAL`, and a
 * `timeout` that is longer than any transaction of the shop.
 * @param options The clock, and who is told of new events and changes.
 * @returns The store. The database must be migrated. Calls fail with `store_unavailable` while the caller has a
 * transaction open on the same connection.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite'
 * import { createSqliteStore, migrateSqlite } from '@quayside/sql'
 *
 * const database = new DatabaseSync(':memory:')
 * const migrated = await migrateSqlite(database)
 * const store = createSqliteStore(database)
 * console.log(migrated.ok, (await store.outbox.list('pending', '', 10)).ok) // true true
 * ```
 */
export function createSqliteStore(database: DatabaseSync, options: SqliteStoreOptions = {}): Store {
  return createStoreOn(createSqliteDriver(database, options.onChange), options)
}

/**
 * Creates the tables in a SQLite database, or brings them to this version. There is no way back to an older version.
 *
 * @param database A database of `node:sqlite`.
 * @returns The names of the migrations that were applied; none when the database is current. Failures:
 * `migrations_unknown` for a database that a newer version migrated, `migration_failed` with the cause.
 */
export async function migrateSqlite(
  database: DatabaseSync,
): Promise<Result<readonly string[], MigrationFailure>> {
  return applySqliteMigrations(createSqliteDriver(database))
}

/**
 * Checks that a SQLite database has the tables of this version. Do not serve otherwise.
 *
 * @param database A database of `node:sqlite`.
 * @returns Null when it has. Failures: `migrations_missing`, `migrations_unknown`, and `migration_failed` when the file
 * cannot be read.
 */
export function checkSqlite(database: DatabaseSync): Promise<Result<null, MigrationFailure>> {
  return expectSqliteTables(createSqliteDriver(database)).check()
}
