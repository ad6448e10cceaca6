import { fail, type Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import type { Pool, PoolClient } from 'pg'
import { applyMigrations } from '../migrate.ts'
import { type CheckedDatabase, expectMigrations, type MigrationFailure } from '../migrations.ts'
import {
  createStore,
  type ListeningOptions,
  type StoreOptions,
  toListener,
} from '../store/store.ts'
import { postgres } from './dialect.ts'
import { createPostgresDriver, type PreparedStatements } from './driver.ts'
import { postgresMigrations } from './migrations.ts'

export type { Scalar } from '../driver.ts'
export {
  type CreatedInTransaction,
  type CreateOrderFailure,
  type CreateOrderOptions,
  createOrderIn,
} from '../shop-transaction/create-order-in.ts'
export { fromPg } from '../shop-transaction/from-pg.ts'
export type { ShopTransaction } from '../shop-transaction/shop-transaction.ts'
export type { MigrationFailure, PreparedStatements, StoreOptions }

/** What a store on PostgreSQL needs beside its pool. */
export interface PostgresStoreOptions extends ListeningOptions<PoolClient>, PreparedStatements {}

/**
 * Makes the server's store on PostgreSQL 15 or later, or on an engine that speaks its protocol.
 *
 * @param pool A pool of `pg`, which may be the shop's own. Give it a listener for `error`: without one, a connection that
 * breaks while nobody uses it ends the process. Not in `pg`'s pipeline mode: that is a `TypeError`.
 * @param options The clock, who is told of new events and changes, and whether connections keep prepared statements.
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
export function createPostgresStore(pool: Pool, options: PostgresStoreOptions = {}): Store {
  const { prepare } = options
  const listener = toListener(options)
  const driver = createPostgresDriver(pool, {
    ...(prepare === undefined ? {} : { prepare }),
    ...(listener === undefined ? {} : { listener }),
  })
  return createStore({ ...toChecked(pool), driver }, postgres, options)
}

/**
 * Creates the tables in a PostgreSQL database, or brings them to this version. There is no way back to an older version.
 *
 * @param pool A pool of `pg` whose user may create tables.
 * @returns The names of the migrations that were applied; none when the database is current. Failures:
 * `migrations_unknown` for a database that a newer version migrated, `migration_failed` with the cause.
 */
export async function migratePostgres(
  pool: Pool,
): Promise<Result<readonly string[], MigrationFailure>> {
  // Loaded by a migration only: a process that serves starts faster without it.
  const { Kysely, PostgresDialect } = await import('kysely')
  const database = toChecked(pool)
  try {
    // Without its name the migrator would take the tables of another schema for these.
    const [read] = await database.driver.run([
      { text: 'SELECT current_schema() AS schema', values: [] },
    ])
    const schema = read?.rows[0]?.['schema']
    if (typeof schema !== 'string') {
      const cause = new Error('No schema of the search_path exists')
      return fail({ reason: 'migration_failed', cause })
    }
    // Not destroyed: that would end the pool.
    const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    return await applyMigrations(database, postgresMigrations, kysely, schema)
  } catch (cause) {
    return fail({ reason: 'migration_failed', cause })
  }
}

/**
 * Checks that a PostgreSQL database has the tables of this version. Do not serve otherwise.
 *
 * @param pool A pool of `pg`.
 * @returns Null when it has. Failures: `migrations_missing`, `migrations_unknown`, and `migration_failed` when the
 * database is away.
 */
export function checkPostgres(pool: Pool): Promise<Result<null, MigrationFailure>> {
  return toChecked(pool).check()
}

function toChecked(pool: Pool): CheckedDatabase {
  const undefinedTable = '42P01'
  return expectMigrations(
    createPostgresDriver(pool),
    Object.keys(postgresMigrations),
    (error) => error instanceof Error && 'code' in error && error.code === undefinedTable,
  )
}
