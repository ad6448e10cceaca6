import { fail, ok, type Result } from '@quayside/core'
import type { Driver, Statement } from '../driver.ts'
import {
  type CheckedDatabase,
  expectMigrations,
  type MigrationFailure,
  migrationTable,
} from '../migrations.ts'
import { sqliteMigrations } from './migrations.ts'

const createTable = `CREATE TABLE IF NOT EXISTS ${migrationTable}
  (name TEXT PRIMARY KEY NOT NULL, timestamp TEXT NOT NULL)`
const insertName = `INSERT INTO ${migrationTable} (name, timestamp)
  VALUES (?1, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`

/** Returns a SQLite database that should have the tables of this version. */
export function expectSqliteTables(driver: Driver): CheckedDatabase {
  return expectMigrations(driver, Object.keys(sqliteMigrations), (error) =>
    String(error).includes('no such table'),
  )
}

/**
 * Applies the migrations that are missing in one transaction, and returns their names: of two callers at once one applies
 * them.
 */
export async function applySqliteMigrations(
  driver: Driver,
): Promise<Result<readonly string[], MigrationFailure>> {
  const database = expectSqliteTables(driver)
  const before = await database.check()
  if (before.ok) return ok([])
  if (before.failure.reason !== 'migrations_missing') return before
  const { missing } = before.failure
  const toStatements = (name: string): readonly Statement[] => [
    ...(sqliteMigrations[name] ?? []).map((text) => ({ text, values: [] })),
    { text: insertName, values: [name] },
  ]
  try {
    await driver.run([{ text: createTable, values: [] }, ...missing.flatMap(toStatements)])
    return ok(missing)
  } catch (cause) {
    const after = await database.check()
    return after.ok ? ok([]) : fail({ reason: 'migration_failed', cause })
  }
}
