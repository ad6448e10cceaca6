import type { Client } from '@libsql/client'
import type { Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import type { MigrationFailure } from '../migrations.ts'
import { createSqliteDialect } from '../sqlite/dialect.ts'
import { applySqliteMigrations, expectSqliteTables } from '../sqlite/migrate.ts'
import { sqliteWords } from '../sqlite/migrations.ts'
import { createStore, type StoreOptions } from '../store/store.ts'
import { createLibsqlDriver } from './driver.ts'

export type { MigrationFailure, StoreOptions }

const dialect = createSqliteDialect(sqliteWords)

/**
 * Makes the server's store on libsql: a file, memory, or a server such as Turso. Each call is one `batch(…, 'write')`.
 *
 * @param client A client of `@libsql/client`. For a file that several processes open: `timeout`, and
 * `PRAGMA journal_mode = WAL`.
 * @param options The clock, and who is told of new events.
 * @returns The store. The database must be migrated.
 *
 * @example
 * ```ts
 * import { createClient } from '@libsql/client'
 * import { createLibsqlStore, migrateLibsql } from '@quayside/sql/libsql'
 *
 * const client = createClient({ url: ':memory:' })
 * const migrated = await migrateLibsql(client)
 * const store = createLibsqlStore(client)
 * console.log(migrated.ok, (await store.outbox.list('pending', '', 10)).ok) // true true
 * ```
 */
export function createLibsqlStore(client: Client, options: StoreOptions = {}): Store {
  return createStore(expectSqliteTables(createLibsqlDriver(client)), dialect, options)
}

/**
 * Creates the tables in a libsql database, or brings them to this version. There is no way back to an older version.
 *
 * @param client A client of `@libsql/client`.
 * @returns The names of the migrations that were applied; none when the database is current. Failures:
 * `migrations_unknown` for a database that a newer version migrated, `migration_failed` with the cause.
 */
export function migrateLibsql(
  client: Client,
): Promise<Result<readonly string[], MigrationFailure>> {
  return applySqliteMigrations(createLibsqlDriver(client))
}

/**
 * Checks that a libsql database has the tables of this version. Do not serve otherwise.
 *
 * @param client A client of `@libsql/client`.
 * @returns Null when it has. Failures: `migrations_missing`, `migrations_unknown`, and `migration_failed` when the database
 * does not respond.
 */
export function checkLibsql(client: Client): Promise<Result<null, MigrationFailure>> {
  return expectSqliteTables(createLibsqlDriver(client)).check()
}
