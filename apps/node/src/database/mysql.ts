import type { Socket } from 'node:net'
import { fail, ok, type Result } from '@quayside/core'
import { describeCause } from '@quayside/server'
import { checkMysql, createMysqlStore, migrateMysql } from '@quayside/sql'
import type { PoolConnection } from 'mysql2'
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise'
import { closePool } from './close-pool.ts'
import type { Database, DatabaseOptions } from './database.ts'
import type { DatabaseFailure, Refusal, RefusalReason } from './failure.ts'
import { withRefusal } from './migration-failure.ts'
import { codeOf, toNetworkReason } from './network-error.ts'

const reasons: Readonly<Record<string, RefusalReason>> = {
  ER_ACCESS_DENIED_ERROR: 'authentication_failed',
  ER_BAD_DB_ERROR: 'database_missing',
  ER_DBACCESS_DENIED_ERROR: 'rights_missing',
  ER_TABLEACCESS_DENIED_ERROR: 'rights_missing',
  ER_COLUMNACCESS_DENIED_ERROR: 'rights_missing',
  ER_SPECIFIC_ACCESS_DENIED_ERROR: 'rights_missing',
  ER_OPTION_PREVENTS_STATEMENT: 'read_only',
  ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: 'read_only',
  ER_RECORD_FILE_FULL: 'disk_full',
  ER_DISK_FULL: 'disk_full',
  ER_CON_COUNT_ERROR: 'too_many_connections',
  ER_TOO_MANY_USER_CONNECTIONS: 'too_many_connections',
  HANDSHAKE_NO_SSL_SUPPORT: 'tls_failed',
  HANDSHAKE_SSL_ERROR: 'tls_failed',
}

/** Opens a pool of connections to MySQL or MariaDB. */
export async function openMysql(
  url: string,
  options: DatabaseOptions,
): Promise<Result<Database, DatabaseFailure>> {
  const { now, enqueueEvent, log, connections, connectMs } = options
  const pool = createPool({
    uri: url,
    connectionLimit: connections,
    maxIdle: connections,
    connectTimeout: connectMs,
    enableKeepAlive: true,
  })
  limitStatements(pool, options)
  const checked = await checkServer(pool)
  if (!checked.ok) {
    await closePool(pool, log)
    return checked
  }
  return ok({
    handle: { kind: 'mysql', pool },
    store: createMysqlStore(pool, { now, enqueueEvent, acquireMs: connectMs }),
    migrate: async () => withRefusal(await migrateMysql(pool), toRefusal),
    check: async () => withRefusal(await checkMysql(pool), toRefusal),
    close: () => closePool(pool, log),
  })
}

/** The server ends a statement that takes too long by itself; a server that no longer answers is left. */
function limitStatements({ pool }: Pool, { log, statementMs, connectMs }: DatabaseOptions): void {
  const report = (cause: unknown) =>
    log('database_connection_lost', { cause: describeCause(cause) })
  const seconds = Math.ceil(statementMs / 1000)
  // MariaDB reads the first comment only, MySQL the second.
  const limits = `SET SESSION autocommit = 1, SESSION sql_mode = 'STRICT_ALL_TABLES',
    SESSION innodb_lock_wait_timeout = ${seconds}
    /*M!100000 , SESSION max_statement_time = ${seconds} */
    /*!50708 , SESSION max_execution_time = ${statementMs} */`
  pool.on('connection', (connection: PoolConnection) => {
    connection.on('error', report)
    connection.query(limits, (cause) => {
      if (cause !== null) report(cause)
    })
    const stream = socketOf(connection)
    stream.on('timeout', () => {
      stream.destroy(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' }))
    })
  })
  pool.on('acquire', (connection) => socketOf(connection).setTimeout(statementMs + connectMs))
  pool.on('release', (connection) => socketOf(connection).setTimeout(0))
}

/** The driver's type of a connection does not have its socket. */
function socketOf(connection: PoolConnection): Socket {
  return (connection as PoolConnection & { readonly stream: Socket }).stream
}

async function checkServer(pool: Pool): Promise<Result<null, DatabaseFailure>> {
  try {
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT version() AS version, @@character_set_client AS encoding,
        @@read_only OR @@innodb_read_only AS read_only`,
    )
    const version = String(rows[0]?.['version'])
    const required = version.includes('MariaDB') ? '10.6' : '8.0.17'
    if (!isAtLeast(version, required)) {
      return fail({ reason: 'version_unsupported', version, required })
    }
    const encoding = String(rows[0]?.['encoding'])
    if (encoding !== 'utf8mb4') {
      return fail({ reason: 'encoding_unsupported', found: encoding, required: 'utf8mb4' })
    }
    // A replica answers every read.
    const isReadOnly = Boolean(Number(rows[0]?.['read_only']))
    return isReadOnly ? fail({ reason: 'read_only', cause: null }) : ok(null)
  } catch (cause) {
    return fail(toRefusal(cause))
  }
}

function isAtLeast(version: string, required: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).map((part) => Number.parseInt(part) || 0)
  const found = numbers(version)
  for (const [index, least] of numbers(required).entries()) {
    const number = found[index] ?? 0
    if (number !== least) return number > least
  }
  return true
}

function toRefusal(cause: unknown): Refusal {
  return {
    reason: reasons[codeOf(cause) ?? ''] ?? toNetworkReason(cause) ?? 'database_failed',
    cause,
  }
}
