import { fail, ok, type Result } from '@quayside/core'
import { describeCause } from '@quayside/server'
import { checkPostgres, createPostgresStore, migratePostgres } from '@quayside/sql'
import pg from 'pg'
import { closePool } from './close-pool.ts'
import type { Database, DatabaseOptions } from './database.ts'
import type { DatabaseFailure, Refusal, RefusalReason } from './failure.ts'
import { withRefusal } from './migration-failure.ts'
import { codeOf, toNetworkReason } from './network-error.ts'

/** SQLSTATEs, and classes of them. */
const reasons: Readonly<Record<string, RefusalReason>> = {
  '28P01': 'authentication_failed',
  '28000': 'authentication_failed',
  '3D000': 'database_missing',
  '42501': 'rights_missing',
  '25006': 'read_only',
  '53100': 'disk_full',
  '53300': 'too_many_connections',
  '57P03': 'connection_refused', // the server is starting or stopping
}

const required = 15

/** Opens a pool of connections to PostgreSQL. */
export async function openPostgres(
  url: string,
  options: DatabaseOptions,
): Promise<Result<Database, DatabaseFailure>> {
  const { now, enqueueEvent, log, connections, connectMs, statementMs, prepare } = options
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'quayside',
    max: connections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    // The server ends a statement by itself; this is for a server that no longer answers.
    query_timeout: statementMs + connectMs,
    keepAlive: true,
  })
  // Without a listener, a connection that breaks while nobody uses it ends the process.
  pool.on('error', (cause) => log('database_connection_lost', { cause: describeCause(cause) }))
  const checked = await checkServer(pool)
  if (!checked.ok) {
    await closePool(pool, log)
    return checked
  }
  return ok({
    handle: { kind: 'postgres', pool },
    store: createPostgresStore(pool, { now, enqueueEvent, prepare }),
    migrate: async () => withRefusal(await migratePostgres(pool), toRefusal),
    check: async () => withRefusal(await checkPostgres(pool), toRefusal),
    close: () => closePool(pool, log),
  })
}

async function checkServer(pool: pg.Pool): Promise<Result<null, DatabaseFailure>> {
  try {
    const { rows } = await pool.query<Record<string, string>>(
      `SELECT current_setting('server_version') AS version,
        current_setting('server_encoding') AS encoding,
        current_setting('transaction_read_only') AS read_only`,
    )
    const { version = '', encoding = '', read_only: readOnly } = rows[0] ?? {}
    if (Number.parseInt(version) < required) {
      return fail({ reason: 'version_unsupported', version, required: String(required) })
    }
    if (encoding !== 'UTF8') {
      return fail({ reason: 'encoding_unsupported', found: encoding, required: 'UTF8' })
    }
    // A replica answers every read.
    return readOnly === 'on' ? fail({ reason: 'read_only', cause: null }) : ok(null)
  } catch (cause) {
    return fail(toRefusal(cause))
  }
}

function toRefusal(cause: unknown): Refusal {
  const reason = reasons[codeOf(cause) ?? ''] ?? toNetworkReason(cause) ?? toDriverReason(cause)
  return { reason, cause }
}

/** Errors of the driver itself have no code. */
function toDriverReason(cause: unknown): RefusalReason {
  const message = cause instanceof Error ? cause.message : ''
  if (/timeout/i.test(message)) return 'connection_timeout'
  if (/SSL|certificate/.test(message)) return 'tls_failed'
  if (/password must be a string/.test(message)) return 'authentication_failed'
  return 'database_failed'
}
