import { DatabaseSync } from 'node:sqlite'
import type { Order, Result } from '@quayside/core'
import type { Sleep, Store } from '@quayside/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  issuedRecord,
  merchantUid,
  money,
  record,
  take,
  verified,
} from '../../../core/fixtures/sample.ts'
import {
  createMysqlStore,
  createPostgresStore,
  createSqliteStore,
  migrateSqlite,
  type OnSqliteChange,
  type OrderChange,
} from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../databases.ts'

// The shop is told of a change in the transaction that writes it.

const at = new Date('2026-11-22T03:00:00.000Z')
const now = () => at

/** Never runs out, however busy the machine is. */
const patient: Sleep = (_, signal) =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))

/** Runs a statement of the shop in the transaction of a change; `?` is a text. */
type Run = (text: string, ...values: readonly string[]) => Promise<unknown>
type Listener = (change: OrderChange, run: Run) => Promise<void>

interface Shop {
  /** A store whose changes are passed to the listener. */
  readonly connect: (listener: Listener, sleep?: Sleep) => Store
  /** Runs a statement of the shop, in no transaction, and returns the rows. */
  readonly query: (text: string) => Promise<readonly unknown[]>
  /** The statement that ends the connection it is sent on. */
  readonly killSelf: string
}

const insertPaid = 'INSERT INTO shop_payments (id, imp_uid) VALUES (?, ?)'
const insertRow: Listener = async ({ id, data }, run) => {
  await run(insertPaid, id, String(data.imp_uid))
}

async function open(store: Store, id: string): Promise<Order> {
  const expected = { merchantUid: merchantUid(id), amount: money(64_900), allowances: [] }
  return take(await store.orders.create(expected, null)).order
}

const paying = (order: Order, uid = `imp_${order.merchantUid}`) => ({
  order,
  payment: verified(
    record({ merchant_uid: order.merchantUid, imp_uid: uid, paid_at: 1_795_316_400 }),
  ),
  to: 'paid' as const,
})

const issuing = (order: Order, uid = `imp_${order.merchantUid}`) => ({
  order,
  payment: verified(issuedRecord({ merchant_uid: order.merchantUid, imp_uid: uid })),
  to: 'vbank_issued' as const,
})

const refunding = (order: Order, status: string, amount: number) => ({
  order,
  payment: verified(
    record({
      merchant_uid: order.merchantUid,
      imp_uid: `imp_${order.merchantUid}`,
      status,
      cancel_amount: amount,
    }),
  ),
})

/** One order for each course that an order can take. */
async function runThroughAll({ orders }: Store, openOne: (id: string) => Promise<Order>) {
  const refunded = take(await orders.record(paying(await openOne('A-refunded'))))
  const part = refunding(refunded, 'paid', 900)
  const partly = take(await orders.record({ ...part, to: 'partially_cancelled' }))
  await orders.record({ ...refunding(partly, 'cancelled', 64_900), to: 'cancelled' })

  const failed = await openOne('B-failed')
  const fields = { merchant_uid: 'B-failed', imp_uid: 'imp_B', status: 'failed' }
  const payment = verified(record({ ...fields, fail_reason: '한도 초과' }))
  await orders.record({ order: failed, payment, to: 'failed' })

  const expired = take(await orders.record(issuing(await openOne('C-expired'))))
  const late = take(await orders.expire(expired))
  await orders.recordAttempt({ ...paying(late, 'imp_C2'), outcome: 'late_paid' })

  const paid = take(await orders.record(paying(await openOne('D-twice'))))
  await orders.recordAttempt({ ...paying(paid, 'imp_D2'), outcome: 'duplicate_paid' })

  await orders.close(await openOne('E-closed'), [])
}

const toldIds = [
  'A-refunded:1 order.paid',
  'A-refunded:2 order.partially_cancelled',
  'A-refunded:3 order.cancelled',
  'B-failed:1 order.failed',
  'C-expired:1 order.vbank_issued',
  'C-expired:2 order.expired',
  'C-expired:3 order.late_paid',
  'D-twice:1 order.paid',
  'D-twice:2 order.duplicate_paid',
  'E-closed:1 order.cancelled',
]

const toName = ({ id, type }: Pick<OrderChange, 'id' | 'type'>) => `${id} ${type}`

/** The events of orders in the outbox, as changes. */
async function eventsOf(store: Store): Promise<readonly unknown[]> {
  const events = take(await store.outbox.list('pending', '', 1_000))
  return events
    .filter(({ kind }) => kind !== 'exception')
    .map(({ id, kind, payload, createdAt }) => ({
      id,
      type: `order.${kind}`,
      timestamp: createdAt.toISOString(),
      data: JSON.parse(payload),
    }))
}

function failureOf(result: Result<unknown, unknown>): unknown {
  return result.ok ? null : result.failure
}

function onChangeTests({ connect, query, killSelf }: Shop): void {
  const rows = () => query('SELECT id, imp_uid FROM shop_payments ORDER BY id')
  beforeEach(async () => {
    for (const table of ['shop_payments', 'orders', 'outbox', 'attempts']) {
      await query(`DELETE FROM ${table}`)
    }
  })

  it('is told of exactly the events of orders, with the same ids, times and data', async () => {
    const told: OrderChange[] = []
    const store = connect(async (change) => void told.push(change))
    await runThroughAll(store, (id) => open(store, id))
    expect(told.map(toName)).toEqual(toldIds)
    expect(told).toEqual(await eventsOf(store))
    expect(told.at(-2)?.data).toMatchObject({
      status: 'paid',
      unmatched_payment: { imp_uid: 'imp_D2', amount: 64_900 },
    })
  })

  it('T104: writes with the change, once for eight writers at once', async () => {
    const store = connect(insertRow)
    const order = await open(store, 'ORD-1')
    const written = await Promise.all(
      Array.from({ length: 8 }, (_, writer) =>
        store.orders.record(paying(order, `imp_${writer % 2}`)),
      ),
    )
    const uids = new Set(written.map((result) => take(result).impUid))
    expect(uids.size).toBe(1)
    expect(await rows()).toEqual([{ id: 'ORD-1:1', imp_uid: [...uids][0] }])
  })

  it('T105: leaves the order as it was when it throws, with its error as the cause, and is called again', async () => {
    const isOut = { value: true }
    const store = connect(async (change, run) => {
      await insertRow(change, run)
      if (isOut.value) throw new Error('out of stock')
    })
    const order = await open(store, 'ORD-1')
    const failure = failureOf(await store.orders.record(paying(order)))
    expect(failure).toMatchObject({
      reason: 'store_unavailable',
      cause: { name: 'OnChangeError', cause: new Error('out of stock') },
    })
    expect(await store.orders.find(order.merchantUid)).toEqual({ ok: true, value: order })
    expect([await rows(), await eventsOf(store)]).toEqual([[], []])
    isOut.value = false
    expect(take(await store.orders.record(paying(order))).status).toBe('paid')
    expect(await rows()).toEqual([{ id: 'ORD-1:1', imp_uid: 'imp_ORD-1' }])
  })

  it('T105: writes nothing when it rolls the transaction back and reports success', async () => {
    const store = connect(async (_, run) => {
      await run(insertPaid, 'x', 'x')
      await run('ROLLBACK')
    })
    const order = await open(store, 'ORD-1')
    expect(failureOf(await store.orders.record(paying(order)))).toMatchObject({
      reason: 'store_unavailable',
    })
    expect(await store.orders.find(order.merchantUid)).toEqual({ ok: true, value: order })
    expect([await rows(), await eventsOf(store)]).toEqual([[], []])
  })

  it.skipIf(killSelf === '')('T105: begins anew when its connection is lost', async () => {
    const calls = { count: 0 }
    const store = connect(async (change, run) => {
      await insertRow(change, run)
      if (++calls.count === 1) await run(killSelf)
    })
    const order = await open(store, 'ORD-1')
    expect(take(await store.orders.record(paying(order))).status).toBe('paid')
    expect(calls.count).toBe(2)
    expect(await rows()).toEqual([{ id: 'ORD-1:1', imp_uid: 'imp_ORD-1' }])
  })
}

/** What only a database with several writers can do. */
function concurrentTests({ connect, query }: Shop): void {
  const stock = () => query('SELECT item, sold FROM shop_stock ORDER BY item')

  it('T105: two that deadlock over rows of the shop both take effect', async () => {
    await query("INSERT INTO shop_stock (item, sold) VALUES ('a', 0), ('b', 0)")
    const calls: string[] = []
    const both = Promise.withResolvers<void>()
    let locked = 0
    const store = connect(async ({ data }, run) => {
      const items = data.merchant_uid === 'ORD-A' ? ['a', 'b'] : ['b', 'a']
      calls.push(data.merchant_uid)
      const sell = (item = '') => run('UPDATE shop_stock SET sold = sold + 1 WHERE item = ?', item)
      await sell(items[0])
      // The first two calls wait until each has locked its first row.
      if (++locked === 2) both.resolve()
      await both.promise
      await sell(items[1])
    })
    const opened = [await open(store, 'ORD-A'), await open(store, 'ORD-B')]
    const paid = await Promise.all(opened.map((order) => store.orders.record(paying(order))))
    expect(paid.map((result) => take(result).status)).toEqual(['paid', 'paid'])
    expect(await stock()).toEqual([
      { item: 'a', sold: 2 },
      { item: 'b', sold: 2 },
    ])
    expect(calls.length).toBeGreaterThan(2)
  })

  it('T105: is given five seconds; then its connection is closed, and the order is as it was', async () => {
    const waited: number[] = []
    const never = new Promise<void>(() => undefined)
    const store = connect(
      async (change, run) => {
        await insertRow(change, run)
        await never
      },
      async (ms) => void waited.push(ms),
    )
    const order = await open(store, 'ORD-T')
    expect(failureOf(await store.orders.record(paying(order)))).toMatchObject({
      reason: 'store_unavailable',
      cause: { message: 'onChange took longer than 5000 ms' },
    })
    expect(waited).toEqual([5_000])
    const calm = connect(insertRow)
    expect(take(await calm.orders.record(paying(order))).status).toBe('paid')
  })
}

const tables = [
  'CREATE TABLE shop_payments (id varchar(60) PRIMARY KEY, imp_uid varchar(60) NOT NULL)',
  'CREATE TABLE shop_stock (item varchar(10) PRIMARY KEY, sold integer NOT NULL)',
]

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`onChange on PostgreSQL${postgres.note}`, () => {
  const { pool } = postgres
  const shop: Shop = {
    connect: (listener, sleep = patient) =>
      createPostgresStore(pool, {
        now,
        sleep,
        onChange: (change, client) =>
          listener(change, (text, ...values) => {
            let position = 0
            return client.query(
              text.replaceAll('?', () => `$${++position}`),
              [...values],
            )
          }),
      }),
    query: async (text) => (await pool.query(text)).rows,
    killSelf: 'SELECT pg_terminate_backend(pg_backend_pid())',
  }
  beforeAll(async () => {
    for (const table of tables) await pool.query(table)
  })
  afterAll(postgres.drop)
  onChangeTests(shop)
  concurrentTests(shop)

  it('T105: is rolled back when it hides an error of the database: a COMMIT would report success', async () => {
    const store = shop.connect(async (change, run) => {
      await insertRow(change, run)
      await run('SELECT 1 FROM no_such_table').catch(() => undefined)
    })
    const order = await open(store, 'ORD-H')
    expect(failureOf(await store.orders.record(paying(order)))).toMatchObject({
      reason: 'store_unavailable',
    })
    expect(await store.orders.find(order.merchantUid)).toEqual({ ok: true, value: order })
  })

  it('T105: its statements have five seconds as well, unless the shop has set another limit', async () => {
    const told: unknown[] = []
    const store = createPostgresStore(pool, {
      now,
      async onChange(_, client) {
        const { rows } = await client.query('SHOW statement_timeout')
        told.push(...rows)
      },
    })
    take(await store.orders.record(paying(await open(store, 'ORD-L'))))
    expect(told).toEqual([{ statement_timeout: '5s' }])
    expect(await shop.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '0' }])
  })
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`onChange on MySQL or MariaDB${mysql.note}`, () => {
  const { pool } = mysql
  const shop: Shop = {
    connect: (listener, sleep = patient) =>
      createMysqlStore(pool, {
        now,
        sleep,
        onChange: (change, connection) =>
          listener(change, (text, ...values) => connection.query(text, [...values])),
      }),
    async query(text) {
      const [rows] = await pool.query(text)
      return Array.isArray(rows) ? rows : []
    },
    killSelf: 'KILL CONNECTION_ID()',
  }
  beforeAll(async () => {
    for (const table of tables) await pool.query(table)
  })
  afterAll(mysql.drop)
  onChangeTests(shop)
  concurrentTests(shop)
})

describe('onChange on SQLite', () => {
  const database = new DatabaseSync(':memory:')
  const connect = (onChange: OnSqliteChange) => createSqliteStore(database, { now, onChange })
  const payments = () => database.prepare('SELECT id FROM shop_payments').all()
  const insert = (id: string) => void database.prepare(insertPaid).run(id, 'imp')
  beforeAll(async () => {
    await migrateSqlite(database)
    for (const table of tables) database.exec(table)
  })
  afterAll(() => database.close())

  it('is told of exactly the events of orders, with the same ids, times and data', async () => {
    const told: OrderChange[] = []
    const store = connect((change) => void told.push(change))
    await runThroughAll(store, (id) => open(store, id))
    expect(told.map(toName)).toEqual(toldIds)
    expect(told).toEqual(await eventsOf(store))
  })

  it.each<[string, OnSqliteChange]>([
    [
      'throws',
      () => {
        insert('thrown')
        throw new Error('out of stock')
      },
    ],
    [
      'ends the transaction',
      () => {
        database.exec('ROLLBACK')
        return undefined
      },
    ],
    // A cast, as JavaScript would do it.
    ['returns a promise', (async () => insert('later')) as unknown as OnSqliteChange],
  ])('T105: writes nothing when it %s', async (_, onChange) => {
    const store = connect(onChange)
    const order = await open(store, 'ORD-1')
    expect(failureOf(await store.orders.record(paying(order)))).toMatchObject({
      reason: 'store_unavailable',
    })
    expect(await store.orders.find(order.merchantUid)).toEqual({ ok: true, value: order })
    expect(payments()).toEqual([])
  })

  it('T104: writes with the change, once', async () => {
    const store = connect(({ id }) => insert(id))
    const order = await open(store, 'ORD-1')
    const written = [1, 2].map(() => store.orders.record(paying(order)))
    expect((await Promise.all(written)).map((result) => take(result).status)).toEqual([
      'paid',
      'paid',
    ])
    expect(payments().map((row) => ({ ...row }))).toEqual([{ id: 'ORD-1:1' }])
  })

  it('T105: is told again of a change whose commit was shared with one that it refused, and what it wrote is there once', async () => {
    const told: string[] = []
    const store = connect(({ id }) => {
      told.push(id)
      insert(id)
      if (id === 'ORD-12:1') throw new Error('out of stock')
    })
    const orders = [await open(store, 'ORD-11'), await open(store, 'ORD-12')]
    const written = await Promise.all(orders.map((order) => store.orders.record(paying(order))))
    expect(written.map(({ ok }) => ok)).toEqual([true, false])
    expect(told).toEqual(['ORD-11:1', 'ORD-12:1', 'ORD-11:1', 'ORD-12:1'])
    expect(payments().map(({ id }) => id)).toContain('ORD-11:1')
    expect(payments().map(({ id }) => id)).not.toContain('ORD-12:1')
  })
})
