import type { Store } from '@quayside/server'
import pg from 'pg'
import { expect, it } from 'vitest'
import { impUid, merchantUid, record, take, verified } from '../../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore, migratePostgres } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../databases.ts'

// Several merchant accounts on one server of the database, each in a schema of its own: docs/operations.md.

const at = new Date('2026-11-22T03:00:00.000Z')
const tenants = ['shop_a', 'shop_b'] as const

/** Both accounts have an order of the same id, paid by a payment of the same id; only one is refunded. */
async function expectApart(stores: readonly Store[]) {
  const amount = { minor: 64_900, currency: 'KRW' } as const
  const expected = { merchantUid: merchantUid('ORD-1'), amount, allowances: [] }
  const fields = { merchant_uid: 'ORD-1', imp_uid: 'imp_1', amount: 64_900 }
  for (const store of stores) {
    const { order, isNew } = take(await store.orders.create(expected, null))
    expect(isNew).toBe(true)
    take(await store.orders.record({ order, payment: verified(record(fields)), to: 'paid' }))
  }
  const [first, second] = stores
  if (first === undefined || second === undefined) throw new TypeError('Two stores are compared')
  const order = take(await first.orders.find(merchantUid('ORD-1')))
  const refunded = verified(record({ ...fields, cancel_amount: 1_000 }))
  take(await first.orders.record({ order, payment: refunded, to: 'partially_cancelled' }))
  const found = await Promise.all(stores.map((store) => store.orders.find(merchantUid('ORD-1'))))
  expect(
    found.map(take).map(({ status, impUid: payment, sequence }) => ({ status, payment, sequence })),
  ).toEqual([
    { status: 'partially_cancelled', payment: impUid('imp_1'), sequence: 2 },
    { status: 'paid', payment: impUid('imp_1'), sequence: 1 },
  ])
  const events = await Promise.all(stores.map((store) => store.outbox.list('pending', '', 10)))
  expect(events.map(take).map((each) => each.map(({ id }) => id))).toEqual([
    ['ORD-1:1', 'ORD-1:2'],
    ['ORD-1:1'],
  ])
}

it('PostgreSQL: two accounts in two schemas of one database know nothing of each other', async ({
  skip,
}) => {
  const database = await createPostgresDatabase()
  if (database.isMissing) return skip(database.note)
  const pools = tenants.map(
    (tenant) =>
      new pg.Pool({ connectionString: `${database.url}?options=-c%20search_path%3D${tenant}` }),
  )
  for (const [i, pool] of pools.entries()) {
    await database.pool.query(`CREATE SCHEMA ${tenants[i]}`)
    expect(take(await migratePostgres(pool)).length).toBeGreaterThan(0)
  }
  await expectApart(pools.map((pool) => createPostgresStore(pool, { now: () => at })))
  for (const pool of pools) await pool.end()
  await database.drop()
})

it('MariaDB: two accounts in two databases of one server know nothing of each other', async ({
  skip,
}) => {
  const databases = [await createMysqlDatabase(), await createMysqlDatabase()]
  if (databases.some(({ isMissing }) => isMissing)) return skip(databases[0]?.note)
  await expectApart(databases.map(({ pool }) => createMysqlStore(pool, { now: () => at })))
  for (const { drop } of databases) await drop()
})
