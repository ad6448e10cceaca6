import { DatabaseSync } from 'node:sqlite'
import { PrismaPg } from '@prisma/adapter-pg'
import { createClient } from '@quayside/client'
import { completion } from '@quayside/hono'
import type { Store } from '@quayside/server'
import { createSimulator } from '@quayside/simulator'
import { createOrderIn, fromDrizzle, fromKysely, migrateSqlite } from '@quayside/sql'
import { sql } from 'drizzle-orm'
import { drizzle as drizzleMysql } from 'drizzle-orm/mysql2'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Kysely, MysqlDialect, PostgresDialect } from 'kysely'
import type { RowDataPacket } from 'mysql2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { merchantUid, record, take, verified } from '../../packages/core/fixtures/sample.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../../packages/sql/test/databases.ts'
import * as drizzleExample from './drizzle.ts'
import { PrismaClient } from './generated/client.ts'
import * as kyselyExample from './kysely.ts'
import * as mysql2Example from './mysql2.ts'
import * as sqliteExample from './node-sqlite.ts'
import * as pgExample from './pg.ts'
import * as prismaExample from './prisma.ts'

// Each example, on a real database.

const shopOrders = `CREATE TABLE shop_orders (
  id varchar(40) PRIMARY KEY, item varchar(100) NOT NULL, paid_with varchar(60)
)`
const select = 'SELECT id, item, paid_with FROM shop_orders ORDER BY id'

interface Example {
  readonly placeOrder: (id: string, item: string, amount: number) => unknown
  readonly store: Store
  /** The rows of the shop. */
  readonly rows: () => Promise<readonly unknown[]>
}

/** The completion routes of a shop with this store, as they are mounted in a framework, and the simulator as their provider. */
async function completeByRoute({ orders }: Store, merchantUid: string) {
  const simulator = createSimulator()
  const seeded = await simulator.fetch('https://simulator.example/_simulator/payments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      merchant_uid: merchantUid,
      amount: 64_900,
      status: 'paid',
      pay_method: 'card',
      sandbox: false,
    }),
  })
  const { imp_uid: impUid } = (await seeded.json()) as { readonly imp_uid: string }
  const page = 'https://shop.example/result'
  const payments = completion({
    store: orders,
    client: createClient({
      key: 'simulator-key',
      secret: 'simulator-secret',
      fetch: simulator.fetch,
      timeoutMs: 3_600_000,
      attemptTimeoutMs: 3_600_000,
    }),
    mode: 'live',
    origins: ['https://shop.example'],
    pages: { success: page, vbankIssued: page, failed: page, cancelled: page, pending: page },
  })
  const response = await payments.request('/payments/complete', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imp_uid: impUid, merchant_uid: merchantUid }),
  })
  return { impUid, completed: { status: response.status, body: await response.json() } }
}

/** @param id The order; each example has one of its own. */
function exampleTests(id: string, { placeOrder, store, rows }: Example): void {
  const row = (paid_with: string | null) => ({ id, item: 'Green tea', paid_with })
  const ownRows = async () => (await rows()).filter((each) => Object(each).id.startsWith(id))

  it('places an order: the row of the shop and the order to be paid', async () => {
    await placeOrder(id, 'Green tea', 64_900)
    expect(await ownRows()).toEqual([row(null)])
    const { order } = take(await store.orders.read(merchantUid(id)))
    expect(order).toMatchObject({ status: 'pending', amount: { minor: 64_900, currency: 'KRW' } })
  })

  it('places neither when the order is refused', async () => {
    // The examples of query builders throw, so that their transaction is rolled back.
    const failure = await Promise.resolve(placeOrder(`${id}-2`, 'Green tea', 0.5)).catch(
      ({ message }: Error) => ({ ok: false, failure: { reason: message } }),
    )
    expect(failure).toMatchObject({ ok: false, failure: { reason: 'request_invalid' } })
    expect(await ownRows()).toEqual([row(null)])
  })

  it('has the row of the shop marked when the payment is recorded', async () => {
    const { order } = take(await store.orders.read(merchantUid(id)))
    const payment = verified(record({ merchant_uid: id, imp_uid: `imp_${id}` }))
    expect(take(await store.orders.record({ order, payment, to: 'paid' })).status).toBe('paid')
    expect(await ownRows()).toEqual([row(`imp_${id}`)])
  })

  it('is the store of the completion routes in a framework', async () => {
    await placeOrder(`${id}-3`, 'Black tea', 64_900)
    const { impUid, completed } = await completeByRoute(store, `${id}-3`)
    expect(completed).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
    expect((await ownRows()).at(-1)).toEqual({
      id: `${id}-3`,
      item: 'Black tea',
      paid_with: impUid,
    })
  })
}

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`on PostgreSQL${postgres.note}`, () => {
  const { pool, url } = postgres
  const kysely = new Kysely<kyselyExample.Tables>({ dialect: new PostgresDialect({ pool }) })
  const prisma = new PrismaClient({ adapter: new PrismaPg(url) })
  const rows = async () => (await pool.query(select)).rows
  beforeAll(() => pool.query(shopOrders))
  afterAll(async () => {
    await prisma.$disconnect()
    await postgres.drop()
  })

  describe('pg.ts', () => {
    const { createStore, placeOrder } = pgExample
    exampleTests('PG', {
      placeOrder: (...order) => placeOrder(pool, ...order),
      store: createStore(pool),
      rows,
    })
  })

  describe('drizzle.ts', () => {
    const { createStore, placeOrder } = drizzleExample
    exampleTests('DRIZZLE', {
      placeOrder: (...order) => placeOrder(drizzle({ client: pool }), ...order),
      store: createStore(pool),
      rows,
    })
  })

  describe('kysely.ts', () => {
    const { createStore, placeOrder } = kyselyExample
    exampleTests('KYSELY', {
      placeOrder: (...order) => placeOrder(kysely, ...order),
      store: createStore(pool),
      rows,
    })
  })

  describe('prisma.ts', () => {
    const { createStore, placeOrder } = prismaExample
    exampleTests('PRISMA', {
      placeOrder: (...order) => placeOrder(prisma, ...order),
      store: createStore(pool),
      rows,
    })
  })
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`mysql2.ts on MySQL or MariaDB${mysql.note}`, () => {
  const { pool } = mysql
  const newOrder = (id: string) => ({ merchant_uid: id, amount: 64_900, currency: 'KRW' })
  const isNew = { ok: true, value: { isNew: true } }
  beforeAll(() => pool.query(shopOrders))
  afterAll(mysql.drop)

  it('Drizzle and Kysely create an order on it as well', async () => {
    const created = await drizzleMysql({ client: pool }).transaction((tx) =>
      createOrderIn(fromDrizzle('mysql', tx, sql), newOrder('DRIZZLE')),
    )
    expect(created).toMatchObject(isNew)
    const kysely = new Kysely({ dialect: new MysqlDialect({ pool: pool.pool }) })
    const again = await kysely
      .transaction()
      .execute((trx) => createOrderIn(fromKysely('mysql', trx), newOrder('DRIZZLE')))
    expect(again).toMatchObject({ ok: true, value: { isNew: false } })
    const other = await kysely
      .transaction()
      .execute((trx) => createOrderIn(fromKysely('mysql', trx), newOrder('KYSELY')))
    expect(other).toMatchObject(isNew)
  })

  exampleTests('MYSQL', {
    placeOrder: (...order) => mysql2Example.placeOrder(pool, ...order),
    store: mysql2Example.createStore(pool),
    rows: async () => (await pool.query<RowDataPacket[]>(select))[0],
  })
})

describe('node-sqlite.ts', () => {
  const database = new DatabaseSync(':memory:')
  beforeAll(async () => {
    take(await migrateSqlite(database))
    database.exec(shopOrders)
  })
  afterAll(() => database.close())
  exampleTests('SQLITE', {
    placeOrder: (...order) => sqliteExample.placeOrder(database, ...order),
    store: sqliteExample.createStore(database),
    rows: async () =>
      database
        .prepare(select)
        .all()
        .map((each) => ({ ...each })),
  })
})
