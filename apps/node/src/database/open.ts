import type { Result } from '@quayside/core'
import type { DatabaseAddress } from './address.ts'
import type { Database, DatabaseOptions } from './database.ts'
import type { DatabaseFailure } from './failure.ts'

/**
 * Opens the database at an address, and checks that its server has a version and an encoding that work. Only the driver of
 * this kind of database is loaded.
 *
 * @returns The database, whose tables may still be missing. It does not come with every failure of {@link DatabaseFailure}:
 * those of migrations are found by `check` and `migrate`.
 */
export async function openDatabase(
  address: DatabaseAddress,
  options: DatabaseOptions,
): Promise<Result<Database, DatabaseFailure>> {
  switch (address.kind) {
    case 'sqlite': {
      const { openSqlite } = await import('./sqlite.ts')
      return openSqlite(address.path, options)
    }
    case 'postgres': {
      const { openPostgres } = await import('./postgres.ts')
      return openPostgres(address.url, options)
    }
    case 'mysql': {
      const { openMysql } = await import('./mysql.ts')
      return openMysql(address.url, options)
    }
  }
}
