import { DatabaseSync } from 'node:sqlite'
import { createServer, type Store, sleepOnTimer } from '@quayside/server'
import { createSimulator } from '@quayside/simulator'
import type { RowDataPacket } from 'mysql2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { merchantUid } from '../../../core/fixtures/sample.ts'
import {
  type CreateOrderOptions,
  createMysqlStore,
  createOrderIn,
  createOrderInSync,
  createPostgresStore,
  createSqliteStore,
  fromMysql2,
  fromPg,
  fromSqlite,
  migrateSqlite,
  type ShopTransaction,
} from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../databases.ts'
import { apiKey, config } from '../server-config.ts'

// An order that is created in a transaction of the shop.

const at = new Date('2026-11-22T03:00:00.000Z')
const now = () => at
const body = (id: string) => ({ merchant_uid: id, amount: 64_900, currency: 'KRW' })

/** The order as it is returned. */
const presented = (id: string, amount = 64_900) => ({
  merchant_uid: id,
  amount,
  currency: 'KRW',
  status: 'pending',
  imp_uid: null,
  paid_amount: null,
  cancelled_amount: 0,
  paid_at: null,
  virtual_account: null,
  virtual_accounts: [],
  fail_reason: null,
  receipt_url: null,
  policy: { late: 'report', unmatched: 'report' },
  sequence: 0,
})

/** A database that shop and store share, and a transaction of the shop on a connection of its own. */
interface SharedDatabase {
  readonly store: Store
  readonly begin: () => Promise<OpenTransaction>
  /** The ids in the table of the shop. */
  readonly shopOrders: () => Promise<readonly string[]>
}

interface OpenTransaction {
  readonly insert: (id: string) => Promise<unknown>
  readonly shared: ShopTransaction
  readonly end: (word: 'COMMIT' | 'ROLLBACK') => Promise<void>
}

async function inTransaction<T>(
  { begin }: SharedDatabase,
  word: 'COMMIT' | 'ROLLBACK',
  work: (open: OpenTransaction) => Promise<T>,
): Promise<T> {
  const open = await begin()
  const value = await work(open)
  await open.end(word)
  return value
}

/** Returns the number of orders of the store that have one of the ids. */
async function countOrders({ store }: SharedDatabase, ...ids: readonly string[]): Promise<number> {
  const found = await Promise.all(ids.map((id) => store.orders.find(merchantUid(id))))
  return found.filter(({ ok }) => ok).length
}

/** Sends a request of the merchant to a server on the store. */
async function post(
  store: Store,
  path: string,
  request: unknown,
  settings: Partial<typeof config> = {},
) {
  const tiers = ['A01', 'T01'].map((tier_code) => ({ tier_code, tier_name: '2호점' }))
  const { fetch } = createSimulator({ tiers })
  const { app } = createServer({
    config: { ...config, ...settings },
    store,
    fetch,
    now,
    random: () => 0,
    sleep: sleepOnTimer,
    log: () => undefined,
  })
  return app.request(path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(request),
  })
}

function sharedTests(database: SharedDatabase): void {
  it('T104: is there when the transaction commits, together with the row of the shop', async () => {
    const created = await inTransaction(database, 'COMMIT', async ({ insert, shared }) => {
      await insert('ORD-1')
      const result = await createOrderIn(shared, body('ORD-1'), { now })
      expect(await countOrders(database, 'ORD-1')).toBe(0)
      return result
    })
    expect(created).toEqual({ ok: true, value: { order: presented('ORD-1'), isNew: true } })
    expect(await database.shopOrders()).toEqual(['ORD-1'])
    const read = await database.store.orders.read(merchantUid('ORD-1'))
    expect(read).toMatchObject({ ok: true, value: { createdAt: at, name: null } })
  })

  it('T104: leaves nothing when the transaction is rolled back', async () => {
    await inTransaction(database, 'ROLLBACK', async ({ insert, shared }) => {
      await insert('ORD-2')
      await createOrderIn(shared, body('ORD-2'))
    })
    expect(await database.shopOrders()).not.toContain('ORD-2')
    expect(await countOrders(database, 'ORD-2')).toBe(0)
  })

  it('exists once when it is created again with the same values', async () => {
    const order = { ...body('ORD-3'), name: '녹차 🍵', policy: { late: 'refund' as const } }
    const first = await inTransaction(database, 'COMMIT', ({ shared }) =>
      createOrderIn(shared, order),
    )
    const second = await inTransaction(database, 'COMMIT', ({ shared }) =>
      createOrderIn(shared, order),
    )
    expect([first, second].map(({ ok }) => ok)).toEqual([true, true])
    if (!first.ok || !second.ok) return
    expect(first.value.isNew).toBe(true)
    expect(second.value).toEqual({ order: first.value.order, isNew: false })
  })

  it('T239: has the product lines that it was created with, and with others it is an order_conflict', async () => {
    const line = {
      categoryType: 'BOOK',
      categoryId: 'GENERAL',
      uid: 'b-1',
      name: '책 📕',
      count: 2,
    }
    const create = (naverProducts: (typeof line)[]) =>
      inTransaction(database, 'COMMIT', ({ shared }) =>
        createOrderIn(shared, { ...body('ORD-lines'), naverProducts }),
      )
    expect(await create([line])).toMatchObject({ ok: true, value: { isNew: true } })
    expect(await create([line])).toMatchObject({ ok: true, value: { isNew: false } })
    expect(await create([{ ...line, count: 3 }])).toEqual({
      ok: false,
      failure: { reason: 'order_conflict' },
    })
    const read = await database.store.orders.read(merchantUid('ORD-lines'))
    expect(read).toMatchObject({ ok: true, value: { naverProducts: [line] } })
  })

  it('is an order_conflict when the id has other values, and the transaction goes on', async () => {
    await inTransaction(database, 'COMMIT', ({ shared }) => createOrderIn(shared, body('ORD-4')))
    const failure = await inTransaction(database, 'COMMIT', async ({ insert, shared }) => {
      const result = await createOrderIn(shared, { ...body('ORD-4'), amount: 1_000 })
      await insert('ORD-4')
      return result
    })
    expect(failure).toEqual({ ok: false, failure: { reason: 'order_conflict' } })
    expect(await database.shopOrders()).toContain('ORD-4')
  })

  it.each([
    [{ merchant_uid: '../1' }, 'merchant_uid'],
    [{ amount: 0 }, 'amount'],
    [{ amount: 0.5 }, 'amount'],
    [{ currency: 'XXX' }, 'currency'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ amont: 1 }, 'amont'],
  ])('T104: is refused like the request %o of POST /orders', async (wrong, field) => {
    const request = { ...body('ORD-5'), ...wrong }
    const created = await inTransaction(database, 'COMMIT', ({ shared }) =>
      createOrderIn(shared, request),
    )
    expect(created).toEqual({ ok: false, failure: { reason: 'request_invalid', field } })
    const response = await post(database.store, '/orders', request)
    expect(await response.json()).toMatchObject({ error: 'request_invalid', detail: field })
    expect(await countOrders(database, 'ORD-5')).toBe(0)
  })

  it.each([
    [{ account: 'second' }, null],
    [{ account: 'second', tier: 'A01' }, null],
    [{ tier: 'T01' }, null],
    [{ account: 'secnd' }, 'account_unknown'],
    [{ account: 'secnd', tier: 'A01' }, 'account_unknown'],
    [{ account: 'second', tier: 'T01' }, 'tier_unknown'],
    [{ tier: 'A01' }, 'tier_unknown'],
  ])(
    'T188: an order of %o is taken only where POST /orders takes it: %s',
    async (payee, reason) => {
      const id = `PAYEE-${Object.values(payee).join('-')}`
      const request = { ...body(id), ...payee }
      const payees = [
        { account: 'second', tier: null },
        { account: 'second', tier: 'A01' },
        { account: null, tier: 'T01' },
      ]
      const create = (options: CreateOrderOptions) =>
        inTransaction(database, 'COMMIT', ({ shared }) => createOrderIn(shared, request, options))
      const nobody = 'account' in payee ? 'account_unknown' : 'tier_unknown'
      expect(await create({})).toEqual({ ok: false, failure: { reason: nobody } })
      expect(await countOrders(database, id)).toBe(0)
      const created = await create({ payees })
      expect(created).toMatchObject(
        reason === null
          ? { ok: true, value: { order: payee, isNew: true } }
          : { ok: false, failure: { reason } },
      )
      expect(await countOrders(database, id)).toBe(reason === null ? 1 : 0)
      const account = { name: 'second', impKey: 'simulator-key', impSecret: 'simulator-secret' }
      const response = await post(database.store, '/orders', request, {
        accounts: [{ ...account, userCode: null, tiers: ['A01'], providerUrl: null }],
        tiers: ['T01'],
      })
      const answer: unknown = await response.json()
      expect(answer).toMatchObject(reason === null ? payee : { error: reason })
    },
  )

  it('T183: an id that an order of another account has is order_of_other_payee, as POST /orders says', async () => {
    const request = { ...body('PAYEE-other'), account: 'second' }
    const payees = [{ account: 'second', tier: null }]
    const create = (order: object) =>
      inTransaction(database, 'COMMIT', ({ shared }) =>
        createOrderIn(shared, { ...body('PAYEE-other'), ...order }, { payees }),
      )
    expect(await create({})).toMatchObject({ ok: true, value: { isNew: true } })
    expect(await create({ account: 'second' })).toEqual({
      ok: false,
      failure: { reason: 'order_of_other_payee' },
    })
    const account = { name: 'second', impKey: 'simulator-key', impSecret: 'simulator-secret' }
    const response = await post(database.store, '/orders', request, {
      accounts: [{ ...account, userCode: null, tiers: [], providerUrl: null }],
    })
    expect(await response.json()).toMatchObject({ error: 'order_of_other_payee' })
  })

  it('has an amount of 2^53 − 1 as it is', async () => {
    const request = { ...body('ORD-6'), amount: Number.MAX_SAFE_INTEGER }
    const created = await inTransaction(database, 'COMMIT', ({ shared }) =>
      createOrderIn(shared, request),
    )
    const order = presented('ORD-6', Number.MAX_SAFE_INTEGER)
    expect(created).toEqual({ ok: true, value: { order, isNew: true } })
  })

  it('is registered with the provider by the same order at POST /orders, which may be repeated', async () => {
    await inTransaction(database, 'COMMIT', ({ shared }) => createOrderIn(shared, body('ORD-7')))
    const before = await database.store.orders.read(merchantUid('ORD-7'))
    expect(before).toMatchObject({ value: { preparedAt: null } })
    for (let times = 0; times < 2; times++) {
      const response = await post(database.store, '/orders', body('ORD-7'))
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ ...presented('ORD-7'), mode: 'test' })
    }
    const after = await database.store.orders.read(merchantUid('ORD-7'))
    expect(after).toMatchObject({ value: { preparedAt: at } })
  })

  it('T104: orders with neighbouring ids are created in 8 transactions at once, 80 times', async () => {
    for (let round = 0; round < 80; round++) {
      const ids = Array.from({ length: 8 }, (_, index) => `SEQ-${1_000 + round * 8 + index}`)
      const opened = await Promise.all(ids.map(() => database.begin()))
      // Each commits by itself: where an index page is split, an INSERT waits for the transaction that wrote the next row.
      const created = await Promise.allSettled(
        opened.map(async ({ shared, end }, index) => {
          const order = await createOrderIn(shared, body(ids[index] ?? ''))
          await end('COMMIT')
          return order
        }),
      )
      expect(created).toEqual(
        ids.map((id) => ({
          status: 'fulfilled',
          value: { ok: true, value: { order: presented(id), isNew: true } },
        })),
      )
    }
  })
}

const shopTable = 'CREATE TABLE shop_orders (id varchar(40) PRIMARY KEY)'
const insertRow = 'INSERT INTO shop_orders (id) VALUES'
const levels = ['READ COMMITTED', 'REPEATABLE READ']

for (const level of levels) {
  const postgres = await createPostgresDatabase()
  describe.skipIf(postgres.isMissing)(
    `createOrderIn() on PostgreSQL, ${level}${postgres.note}`,
    async () => {
      const { pool } = postgres
      afterAll(postgres.drop)
      beforeAll(() => pool.query(shopTable))
      sharedTests({
        store: createPostgresStore(pool, { now }),
        async begin() {
          const client = await pool.connect()
          await client.query(`BEGIN ISOLATION LEVEL ${level}`)
          return {
            insert: (id) => client.query(`${insertRow} ($1)`, [id]),
            shared: fromPg(client),
            async end(word) {
              await client.query(word)
              client.release()
            },
          }
        },
        async shopOrders() {
          const { rows } = await pool.query('SELECT id FROM shop_orders ORDER BY id')
          return rows.map(({ id }) => id)
        },
      })
    },
  )

  const mysql = await createMysqlDatabase()
  describe.skipIf(mysql.isMissing)(
    `createOrderIn() on MySQL or MariaDB, ${level}${mysql.note}`,
    async () => {
      const { pool } = mysql
      afterAll(mysql.drop)
      beforeAll(() => pool.query(shopTable))
      sharedTests({
        store: createMysqlStore(pool, { now }),
        async begin() {
          const connection = await pool.getConnection()
          await connection.query(`SET TRANSACTION ISOLATION LEVEL ${level}`)
          await connection.beginTransaction()
          return {
            insert: (id) => connection.query(`${insertRow} (?)`, [id]),
            shared: fromMysql2(connection),
            async end(word) {
              await connection.query(word)
              connection.release()
            },
          }
        },
        async shopOrders() {
          const [rows] = await pool.query<RowDataPacket[]>('SELECT id FROM shop_orders ORDER BY id')
          return rows.map(({ id }) => id)
        },
      })

      it('T104: finds an order that another transaction has committed since it began', async () => {
        const connection = await pool.getConnection()
        await connection.query(`SET TRANSACTION ISOLATION LEVEL ${level}`)
        await connection.beginTransaction()
        await connection.query('SELECT count(*) FROM orders')
        const response = await post(createMysqlStore(pool, { now }), '/orders', body('ORD-8'))
        expect(response.status).toBe(201)
        const created = await createOrderIn(fromMysql2(connection), body('ORD-8'))
        await connection.query('COMMIT')
        connection.release()
        expect(created).toEqual({ ok: true, value: { order: presented('ORD-8'), isNew: false } })
      })
    },
  )
}

describe('createOrderInSync() on SQLite', () => {
  const database = new DatabaseSync(':memory:')
  const store = createSqliteStore(database, { now })
  const shared = fromSqlite(database)
  const isThere = async (id: string) => (await store.orders.find(merchantUid(id))).ok
  beforeAll(async () => {
    await migrateSqlite(database)
    database.exec(shopTable)
  })
  afterAll(() => database.close())

  it('T104: is there when the transaction commits, and is polled like any order', async () => {
    database.exec('BEGIN IMMEDIATE')
    database.exec(`${insertRow} ('ORD-1')`)
    const created = createOrderInSync(shared, body('ORD-1'), { now })
    database.exec('COMMIT')
    expect(created).toEqual({ ok: true, value: { order: presented('ORD-1'), isNew: true } })
    expect(await isThere('ORD-1')).toBe(true)
    expect({ ...database.prepare('SELECT * FROM poll_schedule').get() }).toEqual({
      merchant_uid: 'ORD-1',
      due_at: at.getTime() + 30_000,
    })
  })

  it('T104: leaves nothing when the transaction is rolled back', async () => {
    database.exec('BEGIN IMMEDIATE')
    createOrderInSync(shared, body('ORD-2'))
    database.exec('ROLLBACK')
    expect(await isThere('ORD-2')).toBe(false)
  })

  it('is an order_conflict, and request_invalid, as on every database', () => {
    expect(createOrderInSync(shared, { ...body('ORD-1'), amount: 1 })).toEqual({
      ok: false,
      failure: { reason: 'order_conflict' },
    })
    expect(createOrderInSync(shared, { ...body('ORD-1'), amount: -1 })).toEqual({
      ok: false,
      failure: { reason: 'request_invalid', field: 'amount' },
    })
  })

  it('reads integers that the database returns as bigint', () => {
    const exact = {
      prepare(text: string) {
        const statement = database.prepare(text)
        statement.setReadBigInts(true)
        return statement
      },
    }
    expect(createOrderInSync(fromSqlite(exact), body('ORD-1'))).toEqual({
      ok: true,
      value: { order: presented('ORD-1'), isNew: false },
    })
  })
})
