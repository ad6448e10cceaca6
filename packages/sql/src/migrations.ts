import { fail, ok, type Result } from '@quayside/core'
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

/** The table of the names of the migrations that were applied. */
export const migrationTable = 'quayside_migrations'

/** A database, and whether it has the tables of this version. */
export interface CheckedDatabase {
  readonly driver: Driver
  check(): Promise<Result<null, MigrationFailure>>
}

/**
 * Makes a database that compares which migrations were applied with those of this version.
 *
 * @param isTableMissing Whether an error says that the table of the migrations does not exist.
 */
export function expectMigrations(
  driver: Driver,
  names: readonly string[],
  isTableMissing: (error: unknown) => boolean,
): CheckedDatabase {
  const read = { text: `SELECT name FROM ${migrationTable}`, values: [] }
  return {
    driver,
    async check() {
      try {
        const [outcome] = await driver.run([read])
        const applied = (outcome?.rows ?? []).map((row) => String(row['name']))
        const unknown = applied.filter((name) => !names.includes(name))
        if (unknown.length > 0) return fail({ reason: 'migrations_unknown', unknown })
        const missing = names.filter((name) => !applied.includes(name))
        return missing.length > 0 ? fail({ reason: 'migrations_missing', missing }) : ok(null)
      } catch (cause) {
        if (isTableMissing(cause)) return fail({ reason: 'migrations_missing', missing: names })
        return fail({ reason: 'migration_failed', cause })
      }
    },
  }
}
