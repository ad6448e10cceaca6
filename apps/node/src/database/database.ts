import type { Result } from '@quayside/core'
import type { Log, Store } from '@quayside/server'
import type { OpenDatabase } from '@quayside/sql'
import type { DatabaseFailure } from './failure.ts'

/** A database that was opened. */
export interface Database {
  /** The connections, for what works on a whole database. */
  readonly handle: OpenDatabase
  /** The store of the server. Calls fail with `store_unavailable` while the database is away, and work again after it. */
  readonly store: Store
  /** Brings the tables to this version, and returns the names of the migrations that were applied. */
  migrate(): Promise<Result<readonly string[], DatabaseFailure>>
  /** Checks that the tables are those of this version. */
  check(): Promise<Result<null, DatabaseFailure>>
  /** Ends its connections when what they do is done. */
  close(): Promise<void>
}

/** How a database is used. */
export interface DatabaseOptions {
  /** The clock. */
  readonly now: () => Date
  /** Is called with the id of each event that was written. */
  readonly enqueueEvent: (eventId: string) => void
  /** Receives `database_connection_lost` with the cause. */
  readonly log: Log
  /** How many connections are open at most. SQLite has one. */
  readonly connections: number
  /** How long it may take to get a connection. */
  readonly connectMs: number
  /** How long one statement may take, waiting for locks included. */
  readonly statementMs: number
  /** Whether connections to PostgreSQL keep their statements prepared. */
  readonly prepare: boolean
  /** Whether a SQLite file is created where there is none; by default it is. */
  readonly creates?: boolean
}
