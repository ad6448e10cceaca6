import type { Result } from '@quayside/core'
import { type OpenDatabase, toDriver } from './open-database.ts'
import { raiseSequences } from './store/raise-sequences.ts'
import type { StoreUnavailable } from './transaction.ts'

/**
 * Makes a database that was restored from a backup ready to serve: raises the sequence of every order and identity verification by 1,000, so that
 * no event gets the id or the sequence of one that was sent after the backup. Call it once, before the server starts.
 *
 * @param database The restored database.
 * @returns How many orders there are. Fails with `store_unavailable`; call it again then: a sequence may be raised twice.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite'
 * import { afterRestore, migrateSqlite } from '@quayside/sql'
 *
 * const database = new DatabaseSync(':memory:') // the file that was restored
 * await migrateSqlite(database)
 * console.log(await afterRestore({ kind: 'sqlite', database })) // { ok: true, value: 0 }
 * ```
 */
export function afterRestore(database: OpenDatabase): Promise<Result<number, StoreUnavailable>> {
  return raiseSequences(toDriver(database))
}
