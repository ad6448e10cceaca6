import { fail, type Result } from '@quayside/core'
import { type Store, sleepOnTimer } from '@quayside/server'
import type { PoolConnection as CallbackConnection } from 'mysql2'
import type { Pool, PoolConnection } from 'mysql2/promise'
import type { Driver } from '../driver.ts'
import { applyMigrations } from '../migrate.ts'
import { type CheckedDatabase, expectMigrations, type MigrationFailure } from '../migrations.ts'
import {
  createStore,
  type ListeningOptions,
  type StoreOptions,
  toListener,
} from '../store/store.ts'
import { mysql } from './dialect.ts'
import { createMysqlDriver, query, withConnection } from './driver.ts'
import { mysqlMigrations } from './migrations.ts'

export {
  type CreatedInTransaction,
  type CreateOrderFailure,
  type CreateOrderOptions,
  createOrderIn,
} from '../shop-transaction/create-order-in.ts'
export { fromMysql2 } from '../shop-transaction/from-mysql2.ts'
export type { ShopTransaction } from '../shop-transaction/shop-transaction.ts'
export type { MigrationFailure, StoreOptions }

/** What a store on MySQL or MariaDB needs beside its pool. */
export interface MysqlStoreOptions extends ListeningOptions<PoolConnection> {
  /** How long a call waits for a connection of the pool, in milliseconds; without a limit by default, as `mysql2` has none. */
  readonly acquireMs?: number
}

/**
 * Makes the server's store on MySQL 8 or MariaDB 10.6, or later.
 *
 * @param pool A pool of `mysql2/promise`, which may be the shop's own. Its character set must be `utf8mb4`, the default.
 * @param options The clock, and who is told of new events and changes.
 * @returns The store. It connects when it is first used; the database must be migrated.
 *
 * @example
 * ```ts
 * import { createMysqlStore, migrateMysql } from '@quayside/sql'
 * import { createPool } from 'mysql2/promise'
 *
 * async function open(url: string) {
 *   const pool = createPool({ uri: url, connectionLimit: 10 })
 *   const migrated = await migrateMysql(pool)
 *   if (!migrated.ok) throw new Error(migrated.failure.reason)
 *   return createMysqlStore(pool)
 * }
 * console.log(typeof open) // function
 * ```
 */
export function createMysqlStore(pool: Pool, options: MysqlStoreOptions = {}): Store {
  const { acquireMs: ms, sleep = sleepOnTimer } = options
  const limit = ms === undefined ? undefined : { ms, sleep }
  const driver = createMysqlDriver(pool, toListener(options), limit)
  return createStore(expectTables(driver), mysql, options)
}

/**
 * Creates the tables in a MySQL or MariaDB database, or brings them to this version. There is no way back to an older
 * version.
 *
 * @param pool A pool of `mysql2/promise` whose user may create tables.
 * @returns The names of the migrations that were applied; none when the database is current. Failures:
 * `migrations_unknown` for a database that a newer version migrated, `migration_failed` with the cause.
 */
export async function migrateMysql(
  pool: Pool,
): Promise<Result<readonly string[], MigrationFailure>> {
  // Loaded by a migration only: a process that serves starts faster without it.
  const { Kysely, MysqlDialect, MysqlDriver } = await import('kysely')
  const driver = createMysqlDriver(pool)
  try {
    const [read] = await driver.run([{ text: 'SELECT version() AS version', values: [] }])
    const isMariaDb = String(read?.rows[0]?.['version']).includes('MariaDB')
    const migrations = mysqlMigrations(isMariaDb ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin')
    // Before a connection is kept: the pool may have no second one.
    const checked = await toChecked(pool).check()
    return await withAutocommit(pool, (connection) => {
      /** Every statement is on this connection, which is released at the end. */
      class KeptConnection extends MysqlDriver {
        override async releaseConnection() {}
      }
      class Dialect extends MysqlDialect {
        override createDriver() {
          const getConnection: Pool['pool']['getConnection'] = (done) => done(null, connection)
          return new KeptConnection({ pool: { getConnection, end: (done) => done(null) } })
        }
      }
      const kysely = new Kysely<unknown>({ dialect: new Dialect({ pool: pool.pool }) })
      return applyMigrations({ driver, check: async () => checked }, migrations, kysely)
    })
  } catch (cause) {
    return fail({ reason: 'migration_failed', cause })
  }
}

/**
 * Checks that a MySQL or MariaDB database has the tables of this version. Do not serve otherwise.
 *
 * @param pool A pool of `mysql2/promise`.
 * @returns Null when it has. Failures: `migrations_missing`, `migrations_unknown`, and `migration_failed` when the
 * database is away.
 */
export function checkMysql(pool: Pool): Promise<Result<null, MigrationFailure>> {
  return toChecked(pool).check()
}

/** Kysely commits nothing here: with `autocommit = 0` it would leave open what it has written. */
function withAutocommit<T>(
  pool: Pool,
  work: (connection: CallbackConnection) => Promise<T>,
): Promise<T> {
  return withConnection(pool, undefined, async (connection) => {
    await query(connection, 'SET @quayside_autocommit = @@autocommit, autocommit = 1')
    try {
      return await work(connection)
    } finally {
      await query(connection, 'SET autocommit = @quayside_autocommit')
    }
  })
}

function toChecked(pool: Pool): CheckedDatabase {
  return expectTables(createMysqlDriver(pool))
}

function expectTables(driver: Driver): CheckedDatabase {
  const noSuchTable = 1146
  return expectMigrations(
    driver,
    // The names are the same for every collation.
    Object.keys(mysqlMigrations('utf8mb4_0900_bin')),
    (error) => error instanceof Error && 'errno' in error && error.errno === noSuchTable,
  )
}
