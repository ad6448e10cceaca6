import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '@quayside/core'
import { checkSqlite, createSqliteStore, migrateSqlite } from '@quayside/sql'
import type { Database, DatabaseOptions } from './database.ts'
import type { DatabaseFailure, Refusal, RefusalReason } from './failure.ts'
import { watchFile } from './file-guard.ts'
import { withRefusal } from './migration-failure.ts'

/** Result codes of SQLite. */
const reasons: Readonly<Record<number, RefusalReason>> = {
  3: 'path_not_writable', // SQLITE_PERM
  5: 'database_locked', // SQLITE_BUSY
  6: 'database_locked', // SQLITE_LOCKED
  8: 'read_only', // SQLITE_READONLY
  11: 'not_a_database', // SQLITE_CORRUPT
  13: 'disk_full', // SQLITE_FULL
  14: 'path_not_writable', // SQLITE_CANTOPEN
  26: 'not_a_database', // SQLITE_NOTADB
}

/** Opens a SQLite file. */
export async function openSqlite(
  path: string,
  { now, enqueueEvent, log, statementMs, creates = true }: DatabaseOptions,
): Promise<Result<Database, DatabaseFailure>> {
  if (!existsSync(dirname(path))) return fail({ reason: 'path_missing', cause: null })
  if (!creates && !existsSync(path)) return fail({ reason: 'database_missing', cause: null })
  try {
    const database = new DatabaseSync(path, { timeout: statementMs })
    // A commit must be on the disk: an answer that a power failure undoes would be a payment that is lost.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    // 64 MiB: with the 2 MB of SQLite a commit slows down as the file grows.
    database.exec('PRAGMA cache_size = -65536')
    // 16 MB of WAL: by default one commit in a hundred waits until everything since is in the file, and is the slowest one.
    database.exec('PRAGMA wal_autocheckpoint = 4000')
    // A file that cannot be written can still be opened and read.
    database.exec('BEGIN IMMEDIATE; ROLLBACK')
    // Closed, it refuses every call: requests are answered with pending or 503, and `/readyz` with 503.
    const endWatch = watchFile(path, log, () => database.close())
    return ok({
      handle: { kind: 'sqlite', database },
      store: createSqliteStore(database, { now, enqueueEvent }),
      migrate: async () => withRefusal(await migrateSqlite(database), toRefusal),
      check: async () => withRefusal(await checkSqlite(database), toRefusal),
      async close() {
        endWatch()
        if (database.isOpen) database.close()
      },
    })
  } catch (cause) {
    return fail(toRefusal(cause))
  }
}

function toRefusal(cause: unknown): Refusal {
  return { reason: reasons[resultCodeOf(cause)] ?? 'database_failed', cause }
}

/** The primary result code, the low byte of an extended one. */
function resultCodeOf(cause: unknown): number {
  if (!(cause instanceof Error) || !('errcode' in cause)) return 0
  return typeof cause.errcode === 'number' ? cause.errcode & 0xff : 0
}
