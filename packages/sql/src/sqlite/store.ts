import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import {
  applyMigrations,
  checkMigrations,
  type MigratedDatabase,
  type MigrationFailure,
} from '../migrations.ts'
import { createStore, type StoreOptions } from '../store/store.ts'
import { sqlite } from './dialect.ts'
import { createSqliteDriver } from './driver.ts'
import { sqliteMigrations } from './migrations.ts'

/**
 * Makes the server's store on SQLite, in a file or in memory.
 *
 * @param database A database of `node:sqlite`. For a file that several processes open: `PRAGMA journal_mode = WAL`, and a
 * `timeout` that is longer than any transaction of the shop.
 * @param options The clock, and who is told of new events.
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
export function createSqliteStore(database: DatabaseSync, options: StoreOptions = {}): Store {
  return createStore(toMigrated(database), sqlite, options)
}

/**
 * Creates the tables in a SQLite database, or brings them to this version. There is no way back to an older version.
 *
 * @param database A database of `node:sqlite`.
 * @returns The names of the migrations that were applied; none when the database is current. Failures:
 * `migrations_unknown` for a database that a newer version migrated, `migration_failed` with the cause.
 */
export function migrateSqlite(
  database: DatabaseSync,
): Promise<Result<readonly string[], MigrationFailure>> {
  const kysely = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: toKyselyDatabase(database) }),
  })
  return applyMigrations(toMigrated(database), kysely)
}

/**
 * Checks that a SQLite database has the tables of this version. Do not serve otherwise.
 *
 * @param database A database of `node:sqlite`.
 * @returns Null when it has. Failures: `migrations_missing`, `migrations_unknown`, and `migration_failed` when the file
 * cannot be read.
 */
export function checkSqlite(database: DatabaseSync): Promise<Result<null, MigrationFailure>> {
  return checkMigrations(toMigrated(database))
}

function toMigrated(database: DatabaseSync): MigratedDatabase {
  return {
    driver: createSqliteDriver(database),
    migrations: sqliteMigrations,
    isTableMissing: (error: unknown) =>
      error instanceof Error && error.message.startsWith('no such table'),
  }
}

/** Kysely expects the shape of another driver. */
function toKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = database.prepare(text)
      // Kysely passes what the migrator binds: text and integers.
      const bind = (values: readonly unknown[]) => values as SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...bind(values)),
        run: (values) => statement.run(...bind(values)),
        iterate: (values) => statement.iterate(...bind(values)),
      }
    },
  }
}
