import type { Result } from '@quayside/core'
import { type CopyFailure, copyRows } from './copy.ts'
import { type OpenDatabase, toDriver } from './open-database.ts'

/**
 * Copies everything that a store has to an empty database, which may be of another kind: from SQLite to PostgreSQL, say,
 * when a shop has outgrown one machine. No server may run on either database meanwhile.
 *
 * @param from The database to read, migrated to this version.
 * @param to The database to write, migrated to this version, without rows.
 * @param onPage Called again and again with the name of a table, and how many of its rows are copied.
 * @returns How many rows were copied. Failures: `target_not_empty` with the table that has rows, `store_unavailable` with
 * the cause; then the target has a part of the rows, and must be made anew.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite'
 * import { copyDatabase, migrateSqlite } from '@quayside/sql'
 *
 * const [from, to] = [new DatabaseSync(':memory:'), new DatabaseSync(':memory:')]
 * for (const database of [from, to]) await migrateSqlite(database)
 * const copied = await copyDatabase({ kind: 'sqlite', database: from }, { kind: 'sqlite', database: to })
 * console.log(copied) // { ok: true, value: 0 }
 * ```
 */
export function copyDatabase(
  from: OpenDatabase,
  to: OpenDatabase,
  onPage: (table: string, rows: number) => void = () => undefined,
): Promise<Result<number, CopyFailure>> {
  return copyRows(toDriver(from), toDriver(to), onPage)
}
