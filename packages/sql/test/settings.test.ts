import type { Store } from '@quayside/server'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { expect, it } from 'vitest'
import { merchantUid, record, take, verified } from '../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore } from '../src/index.ts'
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
