import type { Store } from '@quayside/server'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { merchantUid, money, record, take, verified } from '../../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, mysqlUrl, postgresUrl } from '../databases.ts'
import { createCountingProxy } from './counting-proxy.ts'

// How often each call waits for the database, whatever the number of instances. On a network that is its cost.

/** Runs each call once before it is counted: the connection is made, and statements are prepared. */
async function countRoundTrips(store: Store, taken: () => number) {
  const counts: Record<string, number> = {}
  for (const number of [1, 2]) {
    const id = `ORD-${number}`
    const expected = { merchantUid: merchantUid(id), amount: money(64_900), allowances: [] }
    const payment = (uid: string) => verified(record({ merchant_uid: id, imp_uid: `${uid}_${id}` }))
    taken()
    const { order } = take(await store.orders.create(expected, null))
    counts['create'] = taken()
    take(await store.orders.find(order.merchantUid))
    counts['find'] = taken()
    const paid = take(await store.orders.record({ order, payment: payment('imp'), to: 'paid' }))
    counts['record a payment'] = taken()
    take(await store.orders.record({ order, payment: payment('imp'), to: 'paid' }))
    counts['record it again'] = taken()
    const second = { order: paid, payment: payment('other'), outcome: 'duplicate_paid' } as const
    take(await store.orders.recordAttempt(second))
    counts['record a second payment'] = taken()
  }
  return counts
}

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`round trips to PostgreSQL${postgres.note}`, async () => {
  const proxy = await createCountingProxy(postgresUrl)
  const pool = new pg.Pool({ connectionString: proxy.through(postgres.url), max: 1 })
  afterAll(async () => {
    await pool.end()
    await proxy.close()
    await postgres.drop()
  })
  const expected = {
    create: 2,
    find: 1,
    'record a payment': 2,
    'record it again': 2,
    'record a second payment': 3,
  }

  it('what depends on no answer is sent together', async () => {
    const store = createPostgresStore(pool, { prepare: false })
    expect(await countRoundTrips(store, proxy.takeRoundTrips)).toEqual(expected)
  })

  it('as many with statements that the connection keeps', async () => {
    await postgres.clear()
    const store = createPostgresStore(pool)
    expect(await countRoundTrips(store, proxy.takeRoundTrips)).toEqual(expected)
    const { rows } = await pool.query(
      `SELECT count(*)::integer AS kept FROM pg_prepared_statements WHERE name LIKE 'quayside%'`,
    )
    expect(rows[0].kept).toBeGreaterThan(5)
  })

  it('a pool in pipeline mode is refused: it accepts no batch', () => {
    const pipelining = new pg.Pool({ connectionString: postgres.url, pipeline: true })
    expect(() => createPostgresStore(pipelining)).toThrow(
      new TypeError('The pool must not have `pipeline: true`'),
    )
  })
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`round trips to MySQL or MariaDB${mysql.note}`, async () => {
  const proxy = await createCountingProxy(mysqlUrl)
  const pool = createPool({ uri: proxy.through(mysql.url), connectionLimit: 1 })
  afterAll(async () => {
    await pool.end()
    await proxy.close()
    await mysql.drop()
  })

  it('one for each statement: the driver sends none before the answer to the last', async () => {
    expect(await countRoundTrips(createMysqlStore(pool), proxy.takeRoundTrips)).toEqual({
      create: 6,
      find: 1,
      'record a payment': 9,
      'record it again': 5,
      'record a second payment': 10,
    })
  })
})
