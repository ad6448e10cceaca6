import { createServer, type Server, type Sleep, type Store } from '@quayside/server'
import { createClock, createSimulator } from '@quayside/simulator'
import { createPool, type RowDataPacket } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMysqlStore, createPostgresStore, type OrderChange } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, mysqlUrl, postgresUrl } from '../databases.ts'
import { apiKey, config } from '../server-config.ts'
import { type CuttingProxy, createCuttingProxy } from '../transactions/cutting-proxy.ts'

// Two servers, the provider, and a shop that writes a row of its own in the transaction of each payment, while it throws,
// its connections are killed and commits are lost.

const orderCount = 300
/** Orders whose messages race at the same time: four, with six requests each. */
const width = 4
const connectionsPerServer = 8

const shopTable = `CREATE TABLE shop_payments (
  merchant_uid varchar(40) PRIMARY KEY, imp_uid varchar(60) NOT NULL
)`
/** Fails where a change takes effect twice. */
const insertPayment = 'INSERT INTO shop_payments (merchant_uid, imp_uid) VALUES'
const compare = `SELECT orders.merchant_uid, status, orders.imp_uid, shop_payments.imp_uid AS shop_imp_uid
  FROM orders LEFT JOIN shop_payments ON shop_payments.merchant_uid = orders.merchant_uid`

interface ComparedOrder {
  readonly merchant_uid: string
  readonly status: string
  readonly imp_uid: string | null
  readonly shop_imp_uid: string | null
}

/** The statements of the shop, on the connection of the change. */
interface ShopConnection {
  readonly insert: (merchantUid: string, impUid: string) => Promise<unknown>
  readonly killSelf: () => Promise<unknown>
}

type Connect = (
  onChange: (change: OrderChange, shop: ShopConnection) => Promise<void>,
  now: () => Date,
) => Store

/** What bounds a call never runs out, however busy the machine is. */
const patient: Sleep = (_, signal) =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))

/** What goes wrong in the calls of `onChange`, in turn. */
const faults = ['none', 'throw_before', 'none', 'throw_after', 'none', 'kill', 'none'] as const

function createStorm(connect: Connect, proxy: CuttingProxy) {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const simulator = createSimulator({ clock })
  const causes = new Set<string>()
  const storm = { isOver: false, calls: 0 }
  const onChange = async ({ type, data }: OrderChange, shop: ShopConnection): Promise<void> => {
    if (type !== 'order.paid') return
    const fault = storm.isOver ? 'none' : faults[storm.calls++ % faults.length]
    if (fault === 'throw_before') throw new Error('The shop refuses')
    await shop.insert(data.merchant_uid, String(data.imp_uid))
    if (fault === 'throw_after') throw new Error('The shop changes its mind')
    if (fault === 'kill') await shop.killSelf()
  }
  const start = (): Server =>
    createServer({
      config,
      store: connect(onChange, () => clock.now()),
      fetch: async (request) =>
        request.url.startsWith('https://shop.example')
          ? new Response(null, { status: 204 })
          : simulator.fetch(request),
      now: () => clock.now(),
      random: () => 0,
      // Who waits for a time moves the clock.
      sleep: (ms, signal) => (signal === undefined ? clock.advance(ms) : patient(ms, signal)),
      log(_, { cause }) {
        if (typeof cause === 'string') causes.add(cause)
      },
    })
  const servers = [start(), start()]
  const post = async ({ app }: Server, path: string, body: unknown) =>
    app.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const get = async ({ app }: Server, path: string) => app.request(path)
  const [first] = servers
  if (first === undefined) throw new TypeError('No server')

  /** Creates an order, pays it unless it is every tenth, and reports it through every channel of both servers at once. */
  const race = async (number: number): Promise<void> => {
    const id = `ORD-${number}`
    // Its commit may be lost twice.
    for (let status = 0; status !== 200 && status !== 201; ) {
      const order = { merchant_uid: id, amount: 64_900, currency: 'KRW' }
      status = (await post(first, '/orders', order)).status
    }
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: id, amount: 64_900, pay_method: 'card' },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    const { imp_uid } = opened
    if (number % 10 !== 0) {
      await simulator.paymentWindow.approve(imp_uid, { webhook: { timing: 'never' } })
    }
    if (number % 9 === 1) proxy.cut(number % 2 === 0 ? 'before' : 'after')
    const ids = { imp_uid, merchant_uid: id }
    const query = new URLSearchParams({ ...ids, imp_success: 'true' })
    await Promise.all(
      servers.flatMap((server) => [
        post(server, '/payments/complete', ids),
        get(server, `/payments/redirect?${query.toString()}`),
        post(server, '/payments/webhook', { ...ids, status: 'paid' }),
      ]),
    )
  }

  const nextMinute = async (): Promise<void> => {
    await clock.set(new Date(clock.now().getTime() + 60_000))
    await Promise.all(servers.map(({ runJobs }) => runJobs('* * * * *')))
  }
  return { race, nextMinute, causes, storm }
}

/** The orders about which store and shop disagree. */
function disagreements(orders: readonly ComparedOrder[]): readonly ComparedOrder[] {
  return orders.filter(
    ({ status, imp_uid, shop_imp_uid }) => shop_imp_uid !== (status === 'paid' ? imp_uid : null),
  )
}

/** @param read Reads orders and rows of the shop in one statement, on a connection that no fault reaches. */
async function expectAgreement(
  connect: Connect,
  proxy: CuttingProxy,
  read: () => Promise<readonly ComparedOrder[]>,
): Promise<void> {
  const { race, nextMinute, causes, storm } = createStorm(connect, proxy)
  const numbers = Array.from({ length: orderCount }, (_, index) => index).values()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const number of numbers) await race(number)
    }),
  )
  const afterStorm = await read()
  expect(afterStorm).toHaveLength(orderCount)
  expect(disagreements(afterStorm)).toEqual([])
  expect([...causes]).toContain('OnChangeError: onChange failed < Error: The shop changes its mind')

  storm.isOver = true
  const isUnpaid = ({ merchant_uid, status }: ComparedOrder) =>
    Number(merchant_uid.slice('ORD-'.length)) % 10 !== 0 && status !== 'paid'
  let orders = afterStorm
  for (let minute = 0; minute < 60 && orders.some(isUnpaid); minute++) {
    await nextMinute()
    orders = await read()
  }
  expect(orders.filter(isUnpaid)).toEqual([])
  expect(disagreements(orders)).toEqual([])
}

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`on PostgreSQL${postgres.note}`, async () => {
  const { pool: direct, url } = postgres
  const proxy = await createCuttingProxy(postgresUrl)
  const pools: pg.Pool[] = []
  beforeAll(() => direct.query(shopTable))
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()))
    await proxy.close()
    await postgres.drop()
  })

  it('T104, T105: a row of the shop exists for exactly the orders that are paid', async () => {
    const connect: Connect = (onChange, now) => {
      const connectionString = proxy.through(url)
      const options = '-c statement_timeout=30min'
      const pool = new pg.Pool({ connectionString, max: connectionsPerServer, options })
      pool.on('error', () => undefined)
      pools.push(pool)
      return createPostgresStore(pool, {
        now,
        sleep: patient,
        onChange: (change, client) =>
          onChange(change, {
            insert: (...ids) => client.query(`${insertPayment} ($1, $2)`, ids),
            killSelf: () => client.query('SELECT pg_terminate_backend(pg_backend_pid())'),
          }),
      })
    }
    await expectAgreement(connect, proxy, async () => (await direct.query(compare)).rows)
  })
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`on MySQL or MariaDB${mysql.note}`, async () => {
  const { pool: direct, url } = mysql
  const proxy = await createCuttingProxy(mysqlUrl)
  const pools: ReturnType<typeof createPool>[] = []
  beforeAll(() => direct.query(shopTable))
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()))
    await proxy.close()
    await mysql.drop()
  })

  it('T104, T105: a row of the shop exists for exactly the orders that are paid', async () => {
    const connect: Connect = (onChange, now) => {
      const pool = createPool({ uri: proxy.through(url), connectionLimit: connectionsPerServer })
      pools.push(pool)
      return createMysqlStore(pool, {
        now,
        sleep: patient,
        onChange: (change, connection) =>
          onChange(change, {
            insert: (...ids) => connection.query(`${insertPayment} (?, ?)`, ids),
            killSelf: () => connection.query('KILL CONNECTION_ID()'),
          }),
      })
    }
    const read = async () => (await direct.query<(RowDataPacket & ComparedOrder)[]>(compare))[0]
    await expectAgreement(connect, proxy, read)
  })
})
