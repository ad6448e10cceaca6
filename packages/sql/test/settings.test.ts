import { createClient } from '@libsql/client'
import type { Store } from '@quayside/server'
import { createLibsqlStore, migrateLibsql } from '@quayside/sql/libsql'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { expect, it } from 'vitest'
import { merchantUid, record, take, verified } from '../../core/fixtures/sample.ts'
import { checkMysql, createMysqlStore, createPostgresStore, migrateMysql } from '../src/index.ts'
import { mysqlMigrations } from '../src/mysql/migrations.ts'
import { createMysqlDatabase, createPostgresDatabase } from './databases.ts'

// The pool may be the shop's own, with settings that suit the shop.

const at = new Date('2026-11-22T03:00:00.000Z')

/** Pays an order of 2^53 − 1 won, claims its event, and returns what the store read. */
async function use(store: Store) {
  const amount = { minor: Number.MAX_SAFE_INTEGER, currency: 'KRW' } as const
  const expected = { merchantUid: merchantUid('ORD-1'), amount, allowances: [] }
  const { order } = take(await store.orders.create(expected, null))
  const fields = { merchant_uid: 'ORD-1', imp_uid: 'imp_1', amount: amount.minor }
  const paid = await store.orders.record({ order, payment: verified(record(fields)), to: 'paid' })
  const events = take(await store.outbox.claim(10))
  return [take(paid).amount, take(paid).sequence, events.map(({ id, tries }) => [id, tries])]
}

const expected = [{ minor: Number.MAX_SAFE_INTEGER, currency: 'KRW' }, 1, [['ORD-1:1', 1]]]

it('a PostgreSQL pool with parsers and an isolation level of its own', async ({ skip }) => {
  const database = await createPostgresDatabase()
  if (database.isMissing) return skip(database.note)
  const pool = new pg.Pool({
    connectionString: database.url,
    options: '-c default_transaction_isolation=serializable -c bytea_output=escape',
    types: { getTypeParser: () => (text: string) => `parsed ${text}` },
  })
  expect(await use(createPostgresStore(pool, { now: () => at }))).toEqual(expected)
  await pool.end()
  await database.drop()
})

it('a PostgreSQL pool whose queries have a timeout: it ends what hangs, and leaves no timer', async ({
  skip,
}) => {
  const database = await createPostgresDatabase()
  if (database.isMissing) return skip(database.note)
  const pool = new pg.Pool({ connectionString: database.url, query_timeout: 60_000 })
  const store = createPostgresStore(pool, { now: () => at })
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  for (let read = 0; read < 20; read++) await store.orders.find(merchantUid('ORD-1'))
  // The pool has one for its idle connection.
  expect(timers() - before).toBeLessThan(5)
  await pool.end()

  const impatient = new pg.Pool({ connectionString: database.url, query_timeout: 200 })
  const holder = await database.pool.connect()
  await holder.query('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE')
  const blocked = createPostgresStore(impatient, { now: () => at })
  expect(await blocked.orders.find(merchantUid('ORD-1'))).toMatchObject({
    failure: { reason: 'store_unavailable', cause: { message: 'Query read timeout' } },
  })
  await holder.query('ROLLBACK')
  holder.release()
  await impatient.end()
  await database.drop()
})

it('a MySQL pool with flags and conversions of its own', async ({ skip }) => {
  const database = await createMysqlDatabase()
  if (database.isMissing) return skip(database.note)
  const pool = createPool({
    uri: database.url,
    flags: ['-FOUND_ROWS'],
    namedPlaceholders: true,
    rowsAsArray: true,
    decimalNumbers: true,
    dateStrings: true,
    typeCast: () => 'cast',
  })
  expect(await use(createMysqlStore(pool, { now: () => at }))).toEqual(expected)
  await pool.end()
  await database.drop()
})

it('T98: a MySQL pool whose connections are all taken: a call ends in time, and what comes late goes back', async ({
  skip,
}) => {
  const database = await createMysqlDatabase()
  if (database.isMissing) return skip(database.note)
  const pool = createPool({ uri: database.url, connectionLimit: 1 })
  const taken = await pool.getConnection()
  const store = createMysqlStore(pool, { now: () => at, acquireMs: 50 })
  const cause = { message: 'No connection of the pool was free within 50 ms' }
  const failure = { reason: 'store_unavailable', cause }
  expect(await store.orders.find(merchantUid('ORD-1'))).toMatchObject({ ok: false, failure })
  expect(await store.health.check()).toMatchObject({ ok: false, failure })
  taken.release()
  expect(await use(createMysqlStore(pool, { now: () => at }))).toEqual(expected)
  await pool.end()
  await database.drop()
})

it('a MySQL pool of one connection that commits nothing by itself: it stays so, and nothing is left open', async ({
  skip,
}) => {
  const database = await createMysqlDatabase()
  if (database.isMissing) return skip(database.note)
  const pool = createPool({ uri: database.url, connectionLimit: 1 })
  pool.pool.on('connection', (connection) => connection.query('SET autocommit = 0'))
  await database.pool.query('DROP TABLE cursors, quayside_migrations')
  const all = Object.keys(mysqlMigrations('utf8mb4_0900_bin'))
  expect(await migrateMysql(pool)).toEqual({ ok: true, value: all })
  expect(await checkMysql(database.pool)).toEqual({ ok: true, value: null })

  const store = createMysqlStore(pool, { now: () => at })
  expect(await use(store)).toEqual(expected)
  // One statement, which nobody else would commit.
  const planned = { merchantUid: merchantUid('ORD-2'), dueAt: at }
  take(await store.pollSchedule.plan([planned]))
  const elsewhere = createMysqlStore(database.pool, { now: () => at })
  expect(take(await elsewhere.pollSchedule.claim(10))).toContain('ORD-2')
  // Refused in a transaction that is open.
  await pool.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
  const [rows] = await pool.query('SELECT @@autocommit AS autocommit')
  expect(rows).toEqual([{ autocommit: 0 }])
  await pool.end()
  await database.drop()
})

it('a database that takes no writes: the failure has its own text', async ({ skip }) => {
  const database = await createPostgresDatabase()
  if (database.isMissing) return skip(database.note)
  const options = '-c default_transaction_read_only=on'
  const pool = new pg.Pool({ connectionString: database.url, options })
  const store = createPostgresStore(pool, { now: () => at })
  const amount = { minor: 1_000, currency: 'KRW' } as const
  const order = { merchantUid: merchantUid('ORD-1'), amount, allowances: [] }
  expect(await store.orders.create(order, null)).toMatchObject({
    failure: {
      reason: 'store_unavailable',
      cause: { message: 'cannot execute INSERT in a read-only transaction' },
    },
  })
  expect(await store.outbox.list('pending', '', 10)).toEqual({ ok: true, value: [] })
  await pool.end()
  await database.drop()
})

it.each(['number', 'bigint', 'string'] as const)(
  'T93: a client of libsql that returns integers as %s',
  async (intMode) => {
    const client = createClient({ url: ':memory:', intMode })
    await migrateLibsql(client)
    expect(await use(createLibsqlStore(client, { now: () => at }))).toEqual(expected)
    client.close()
  },
)
