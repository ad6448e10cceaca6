import { fail, type Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import { Kysely, MysqlDialect } from 'kysely'
import type { Pool } from 'mysql2/promise'
import {
  applyMigrations,
  checkMigrations,
  type MigratedDatabase,
  type MigrationFailure,
} from '../migrations.ts'
import { createStore, type StoreOptions } from '../store/store.ts'
import { mysql } from './dialect.ts'
import { createMysqlDriver } from './driver.ts'
import { mysqlMigrations } from './migrations.ts'

/**
 * Makes the server's store on MySQL 8 or MariaDB 10.6, or later.
 *
 * @param pool A pool of `mysql2/promise`, which may be the shop's own. Its character set must be `utf8mb4`, the default.
 * @param options The clock, and who is told of new events.
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
export function createMysqlStore(pool: Pool, options: StoreOptions = {}): Store {
  return createStore(toMigrated(pool), mysql, options)
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
  const driver = createMysqlDriver(pool)
  try {
    const [read] = await driver.run([{ text: 'SELECT version() AS version', values: [] }])
    const isMariaDb = String(read?.rows[0]?.['version']).includes('MariaDB')
    // Not destroyed: that would end the pool.
    const kysely = new Kysely<unknown>({ dialect: new MysqlDialect({ pool: pool.pool }) })
    const migrations = mysqlMigrations(isMariaDb ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin')
    return await applyMigrations({ ...toMigrated(pool), migrations }, kysely)
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
  return checkMigrations(toMigrated(pool))
}

function toMigrated(pool: Pool): MigratedDatabase {
  const noSuchTable = 1146
  return {
    driver: createMysqlDriver(pool),
    // Only the names matter here, which are the same for every collation.
    migrations: mysqlMigrations('utf8mb4_0900_bin'),
    isTableMissing: (error: unknown) =>
      error instanceof Error && 'errno' in error && error.errno === noSuchTable,
  }
}
