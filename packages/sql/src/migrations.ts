import { fail, ok, type Result } from '@quayside/core'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Driver } from './driver.ts'

/** The migrations of one kind of database, oldest first: statements by name. They are only ever added to. */
export type Migrations = Readonly<Record<string, readonly string[]>>

/** Why a database cannot be used, or could not be migrated. */
export type MigrationFailure =
  /** No migration, or not every migration was applied. `missing` are their names. */
  | { readonly reason: 'migrations_missing'; readonly missing: readonly string[] }
  /** A newer version has migrated the database; this one would not know what it writes. */
  | { readonly reason: 'migrations_unknown'; readonly unknown: readonly string[] }
  /** The database refused, or is away. */
  | { readonly reason: 'migration_failed'; readonly cause: unknown }

const migrationTable = 'quayside_migrations'

/** A database and the migrations that this version has for it. */
export interface MigratedDatabase {
  readonly driver: Driver
  readonly migrations: Migrations
  /** Whether an error says that the table of the migrations does not exist. */
  readonly isTableMissing: (error: unknown) => boolean
}

/**
 * Applies the migrations that are missing, and returns their names. Two callers wait for each other.
 *
 * @param db Kysely on the same database, for its migrator; nothing else uses it.
 */
export async function applyMigrations(
  database: MigratedDatabase,
  db: Kysely<unknown>,
): Promise<Result<readonly string[], MigrationFailure>> {
  const { migrations } = database
  const current = await checkMigrations(database)
  if (current.ok) return ok([])
  if (current.failure.reason !== 'migrations_missing') return current
  const provided = Object.fromEntries(
    Object.entries(migrations).map(([name, statements]) => [name, toMigration(statements)]),
  )
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => provided },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
  })
  const { error: cause, results = [] } = await migrator.migrateToLatest()
  if (cause !== undefined) return fail({ reason: 'migration_failed', cause })
  return ok(results.map(({ migrationName }) => migrationName))
}

/** Compares what was applied with what this version knows. */
export async function checkMigrations({
  driver,
  migrations,
  isTableMissing,
}: MigratedDatabase): Promise<Result<null, MigrationFailure>> {
  const known = Object.keys(migrations)
  try {
    const [read] = await driver.run([{ text: `SELECT name FROM ${migrationTable}`, values: [] }])
    const applied = (read?.rows ?? []).map((row) => String(row['name']))
    const unknown = applied.filter((name) => !known.includes(name))
    if (unknown.length > 0) return fail({ reason: 'migrations_unknown', unknown })
    const missing = known.filter((name) => !applied.includes(name))
    return missing.length > 0 ? fail({ reason: 'migrations_missing', missing }) : ok(null)
  } catch (cause) {
    if (isTableMissing(cause)) return fail({ reason: 'migrations_missing', missing: known })
    return fail({ reason: 'migration_failed', cause })
  }
}

function toMigration(statements: readonly string[]): Migration {
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db)
    },
  }
}
