import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Result } from '@quayside/core'
import { createPool, type Pool as MysqlPool } from 'mysql2/promise'
import pg from 'pg'
import { databaseName } from '../../../tests/servers/database-names.ts'
import { migrateMysql, migratePostgres, migrateSqlite } from '../src/index.ts'

// Real servers. Each suite has databases of its own, which it drops at the end.

export const postgresUrl = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432'
export const mysqlUrl = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'

/** The instances of the contract, which run their transactions at once, and one for whoever looks. */
const connections = 9

export const tables = [
  'orders',
  'outbox',
  'attempts',
  'cancels',
  'revocations',
  'reconciliation_issues',
  'poll_schedule',
  'cursors',
  'payment_links',

  'identity_verifications',
  'billing_keys',

  'subscriptions',
  'subscription_attempts',
]

/** A migrated database of a server. */
export interface TestDatabase<Pool> {
  /** True without its server: then the tests of the database are skipped. */
  readonly isMissing: boolean
  /** For titles: empty, or what is missing and how to provide it. */
  readonly note: string
  readonly pool: Pool
  readonly url: string
  readonly clear: () => Promise<void>
  readonly drop: () => Promise<void>
}

export async function createPostgresDatabase(): Promise<TestDatabase<pg.Pool>> {
  const admin = new pg.Pool({ connectionString: postgresUrl, max: 1 })
  const name = databaseName()
  const url = `${postgresUrl}/${name}`
  // No test here ends the server, so that none needs its disk.
  const options = '-c synchronous_commit=off'
  const pool = new pg.Pool({ connectionString: url, max: connections, options })
  pool.on('error', () => undefined)
  return createDatabase({
    pool,
    url,
    variable: 'POSTGRES_URL',
    query: (text) => pool.query(text),
    create: () => admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`),
    migrate: () => migratePostgres(pool),
    drop: () => admin.query(`DROP DATABASE ${name}`),
    end: () => pool.end(),
    endAdmin: () => admin.end(),
  })
}

export async function createMysqlDatabase(): Promise<TestDatabase<MysqlPool>> {
  const admin = createPool({ uri: mysqlUrl, connectionLimit: 1 })
  const name = databaseName()
  const url = `${mysqlUrl}/${name}`
  const pool = createPool({ uri: url, connectionLimit: connections })
  return createDatabase({
    pool,
    url,
    variable: 'MYSQL_URL',
    query: (text) => pool.query(text),
    create: () => admin.query(`CREATE DATABASE ${name}`),
    migrate: () => migrateMysql(pool),
    drop: () => admin.query(`DROP DATABASE ${name}`),
    end: () => pool.end(),
    endAdmin: () => admin.end(),
  })
}

interface Steps<Pool> {
  readonly pool: Pool
  readonly url: string
  /** The variable of the environment that has the address of another server. */
  readonly variable: string
  readonly query: (text: string) => Promise<unknown>
  readonly create: () => Promise<unknown>
  readonly migrate: () => Promise<Result<unknown, unknown>>
  readonly drop: () => Promise<unknown>
  readonly end: () => Promise<unknown>
  readonly endAdmin: () => Promise<unknown>
}

async function createDatabase<Pool>(steps: Steps<Pool>): Promise<TestDatabase<Pool>> {
  const { pool, url, variable, query, create, migrate } = steps
  try {
    await create()
  } catch (error) {
    const note = `needs a server: start one, or set ${variable} to its address`
    if (process.env['CI'] === 'true') throw new Error(`${url} ${note}`, { cause: error })
    const nothing = async () => undefined
    return { isMissing: true, note: ` (${note})`, pool, url, clear: nothing, drop: nothing }
  }
  const migrated = await migrate()
  if (!migrated.ok) throw new Error(`Cannot migrate ${url}`, { cause: migrated.failure })
  return {
    isMissing: false,
    note: '',
    pool,
    url,
    async clear() {
      for (const table of tables) await query(`DELETE FROM ${table}`)
    },
    async drop() {
      await steps.end()
      await steps.drop()
      await steps.endAdmin()
    },
  }
}

/** A SQLite file that several connections open, as several processes would. */
export interface SqliteFile {
  readonly path: string
  readonly connect: () => DatabaseSync
  readonly remove: () => void
}

export async function createSqliteFile(): Promise<SqliteFile> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-'))
  const path = join(folder, 'quayside.db')
  const databases: DatabaseSync[] = []
  const connect = () => {
    const database = new DatabaseSync(path, { timeout: 60_000 })
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    databases.push(database)
    return database
  }
  const migrated = await migrateSqlite(connect())
  if (!migrated.ok) throw new Error('Cannot migrate', { cause: migrated.failure })
  return {
    path,
    connect,
    remove() {
      for (const database of databases) database.close()
      rmSync(folder, { recursive: true })
    },
  }
}
