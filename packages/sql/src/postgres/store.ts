import type { Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import {
  applyMigrations,
  checkMigrations,
  type MigratedDatabase,
  type MigrationFailure,
} from '../migrations.ts'
import { createStore, type StoreOptions } from '../store/store.ts'
import { postgres } from './dialect.ts'
import { createPostgresDriver } from './driver.ts'
import { postgresMigrations } from './migrations.ts'

/**
 * Makes the server's store on PostgreSQL 15 or later, or on an engine that speaks its protocol.
 *
 * @param pool A pool of `pg`, which may be the shop's own. Give it a listener for `error`: without one, a connection that
 * breaks while nobody uses it ends the process.
 * @param options The clock, and who is told of new events.
 * @returns The store. It connects when it is first used; the database must be migrated.
 *
 * @example
 * ```ts
 * import { createPostgresStore, migratePostgres } from '@quayside/sql'
 * import pg from 'pg'
 *
 * async function open(url: string) {
 *   const pool = new pg.Pool({ connectionString: url, max: 10 })
 *   pool.on('error', (error) => console.error(error))
 *   const migrated = await migratePostgres(pool)
 *   if (!migrated.ok) throw new Error(migrated.failure.reason)
 *   return createPostgresStore(pool)
 * }
 * console.log(typeof open) // function
 * ```
 */
export function createPostgresStore(pool: Pool, options: StoreOptions = {}): Store {
  return createStore(toMigrated(pool), postgres, options)
}

/**
 * Creates the tables in a PostgreSQL database, or brings them to this version. There is no way back to an older version.
 *
 * @param pool A pool of `pg` whose user may create tables.
 * @returns The names of the migrations that were applied; none when the database is current. Failures:
 * `migrations_unknown` for a database that a newer version migrated, `migration_failed` with the cause.
 */
export function migratePostgres(pool: Pool): Promise<Result<readonly string[], MigrationFailure>> {
  // Not destroyed: that would end the pool.
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return applyMigrations(toMigrated(pool), kysely)
}

/**
 * Checks that a PostgreSQL database has the tables of this version. Do not serve otherwise.
 *
 * @param pool A pool of `pg`.
 * @returns Null when it has. Failures: `migrations_missing`, `migrations_unknown`, and `migration_failed` when the
 * database is away.
 */
export function checkPostgres(pool: Pool): Promise<Result<null, MigrationFailure>> {
  return checkMigrations(toMigrated(pool))
}

function toMigrated(pool: Pool): MigratedDatabase {
  const undefinedTable = '42P01'
  return {
    driver: createPostgresDriver(pool),
    migrations: postgresMigrations,
    isTableMissing: (error: unknown) =>
      error instanceof Error && 'code' in error && error.code === undefinedTable,
  }
}
