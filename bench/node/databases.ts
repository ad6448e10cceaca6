import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '@quayside/server'
import {
  createMysqlStore,
  createPostgresStore,
  createSqliteStore,
  migrateMysql,
  migratePostgres,
  migrateSqlite,
} from '@quayside/sql'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import type { Dialect } from '../../packages/sql/src/dialect.ts'
import type { Driver } from '../../packages/sql/src/driver.ts'
import { mysql } from '../../packages/sql/src/mysql/dialect.ts'
import { createMysqlDriver } from '../../packages/sql/src/mysql/driver.ts'
import { postgres } from '../../packages/sql/src/postgres/dialect.ts'
import { createPostgresDriver } from '../../packages/sql/src/postgres/driver.ts'
import { createSqliteDialect } from '../../packages/sql/src/sqlite/dialect.ts'
import { createSqliteDriver } from '../../packages/sql/src/sqlite/driver.ts'
import { sqliteWords } from '../../packages/sql/src/sqlite/migrations.ts'
import type { BenchOrder, OrderState } from '../order.ts'
import { toInsert } from './completion-statements.ts'

export const databaseKinds = [
  'sqlite-memory',
  'sqlite-normal',
  'sqlite-full',
  'postgres',
  'mariadb',
] as const

/** A database and, for SQLite, its setting `synchronous`. */
export type DatabaseKind = (typeof databaseKinds)[number]

/** A new, migrated database of the benchmark. */
export interface BenchDatabase {
  readonly store: Store
  /** What the store sends its statements with, and their texts. */
  readonly driver: Driver
  readonly dialect: Dialect
  /** Ends the connections and removes the database. */
  drop(): Promise<void>
}

const postgresUrl = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432'
const mysqlUrl = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'
const poolSize = 10
const ordersPerTransaction = 100

/** Creates a database of this kind with the tables of the store; throws when its server is away. */
export function createBenchDatabase(kind: DatabaseKind): Promise<BenchDatabase> {
  const name = `quayside_bench_${process.pid}_${Date.now()}`
  switch (kind) {
    case 'sqlite-memory':
      return openSqlite(':memory:', 'OFF')
    case 'sqlite-normal':
      return openSqlite(join(tmpdir(), `${name}.db`), 'NORMAL')
    case 'sqlite-full':
      return openSqlite(join(tmpdir(), `${name}.db`), 'FULL')
    case 'postgres':
      return openPostgres(name)
    case 'mariadb':
      return openMysql(name)
  }
}

async function openSqlite(path: string, synchronous: string): Promise<BenchDatabase> {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}`)
  // As `quayside serve` sets them.
  database.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000')
  expectOk(await migrateSqlite(database))
  return {
    store: createSqliteStore(database),
    driver: createSqliteDriver(database),
    dialect: createSqliteDialect(sqliteWords),
    async drop() {
      database.close()
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
    },
  }
}

async function openPostgres(name: string): Promise<BenchDatabase> {
  const admin = new pg.Pool({ connectionString: postgresUrl, max: 1 })
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  const pool = new pg.Pool({ connectionString: `${postgresUrl}/${name}`, max: poolSize })
  expectOk(await migratePostgres(pool))
  return {
    store: createPostgresStore(pool),
    driver: createPostgresDriver(pool),
    dialect: postgres,
    async drop() {
      await pool.end()
      await admin.query(`DROP DATABASE ${name}`)
      await admin.end()
    },
  }
}

async function openMysql(name: string): Promise<BenchDatabase> {
  const admin = createPool({ uri: mysqlUrl, connectionLimit: 1 })
  await admin.query(`CREATE DATABASE ${name}`)
  const pool = createPool({ uri: `${mysqlUrl}/${name}`, connectionLimit: poolSize })
  expectOk(await migrateMysql(pool))
  return {
    store: createMysqlStore(pool),
    driver: createMysqlDriver(pool),
    dialect: mysql,
    async drop() {
      await pool.end()
      await admin.query(`DROP DATABASE ${name}`)
      await admin.end()
    },
  }
}

function expectOk(migrated: { readonly ok: boolean }): void {
  if (!migrated.ok) throw new Error('Cannot migrate', { cause: migrated })
}

/** Creates the orders, unpaid. */
export async function openOrders(
  { driver, dialect }: Pick<BenchDatabase, 'driver' | 'dialect'>,
  orders: readonly BenchOrder[],
): Promise<void> {
  const at = Date.now()
  for (let from = 0; from < orders.length; from += ordersPerTransaction) {
    const some = orders.slice(from, from + ordersPerTransaction)
    await driver.run(
      some.map(({ merchant_uid: id, amount }) => toInsert(dialect, { id, amount, name: null, at })),
    )
  }
}

/** Every order of the database, with the number of its events. */
export async function readOrderStates({
  driver,
}: Pick<BenchDatabase, 'driver'>): Promise<readonly OrderState[]> {
  const text = 'SELECT merchant_uid, imp_uid, status FROM orders'
  const [orders] = await driver.run([{ text, values: [] }])
  const counting = 'SELECT merchant_uid, count(*) AS events FROM outbox GROUP BY merchant_uid'
  const [events] = await driver.run([{ text: counting, values: [] }])
  const counts = new Map(events?.rows.map((row) => [row['merchant_uid'], Number(row['events'])]))
  return (orders?.rows ?? []).map((row) => ({
    merchant_uid: String(row['merchant_uid']),
    imp_uid: row['imp_uid'] === null ? null : String(row['imp_uid']),
    status: String(row['status']),
    events: counts.get(String(row['merchant_uid'])) ?? 0,
  }))
}
