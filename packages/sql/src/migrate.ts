import { fail, ok, type Result } from '@quayside/core'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import {
  type CheckedDatabase,
  type MigrationFailure,
  type Migrations,
  migrationTable,
} from './migrations.ts'

/**
 * Applies the migrations that are missing, and returns their names. Two callers wait for each other.
 *
 * @param db Kysely on the same database, for its migrator; nothing else uses it.
 * @param schema The schema of the tables, where a database has several.
 */
export async function applyMigrations(
  database: CheckedDatabase,
  migrations: Migrations,
  db: Kysely<unknown>,
  schema?: string,
): Promise<Result<readonly string[], MigrationFailure>> {
  const current = await database.check()
  if (current.ok) return ok([])
  if (current.failure.reason !== 'migrations_missing') return current
  const provided = Object.fromEntries(
    Object.entries(migrations).map(([name, statements]) => [name, toMigration(statements)]),
  )
  const { Migrator } = await import('kysely/migration')
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => provided },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })
  const { error: cause, results = [] } = await migrator.migrateToLatest()
  if (cause !== undefined) return fail({ reason: 'migration_failed', cause })
  return ok(results.map(({ migrationName }) => migrationName))
}

function toMigration(statements: readonly string[]): Migration {
  return {
    async up(db) {
      const { sql } = await import('kysely')
      for (const statement of statements) await sql.raw(statement).execute(db)
    },
  }
}
