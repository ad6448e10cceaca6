import type { Exchange } from '@quayside/client'
import { createSimulator } from '@quayside/simulator'
import { afterAll, describe, expect, it } from 'vitest'
import { type BenchDatabase, createBenchDatabase, openOrders } from '../node/databases.ts'
import { createFloor } from '../node/floor.ts'
import type { BenchOrder } from '../order.ts'
import { impKey, impSecret } from '../upstream.ts'
import { createOurs } from './create-ours.ts'

// The rate of the server is compared with that of a bare handler. That says something only while both write the same.

const providerUrl = 'http://provider.example'
const order: BenchOrder = { merchant_uid: 'order-1', imp_uid: 'imp_1', amount: 1_000 }
const tables = ['orders', 'outbox', 'attempts']

/** The provider with a paid payment of the order. */
async function createProvider(): Promise<Exchange> {
  const credentials = { impKey, impSecret }
  const simulator = createSimulator({ credentials })
  const body = JSON.stringify({ ...order, sandbox: false })
  const seeded = await simulator.fetch(`${providerUrl}/_simulator/payments`, {
    method: 'POST',
    body,
  })
  expect(seeded.status).toBe(200)
  return ({ url, method, headers, body: text, signal }) =>
    simulator.fetch(url, { method, headers, body: text, signal })
}

/** Completes the order with one of the two, and returns every row that is there then. */
async function complete(code: 'floor' | 'ours', database: BenchDatabase) {
  const exchange = await createProvider()
  const app =
    code === 'floor'
      ? createFloor({ ...database, exchange, providerUrl })
      : createOurs(database, exchange, providerUrl)
  await openOrders(database, [order])
  const response = await app.request('/payments/complete', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  })
  expect(await response.json()).toMatchObject({ status: 'success' })
  return Promise.all(tables.map((table) => readRows(database, table)))
}

/** The rows without what two runs cannot have in common: times, ids by chance, and the text of the event. */
async function readRows({ driver }: BenchDatabase, table: string) {
  const [read] = await driver.run([{ text: `SELECT * FROM ${table}`, values: [] }])
  return (read?.rows ?? []).map((row) =>
    Object.entries(row).map(([name, value]) => {
      const isOfRun = name.endsWith('_at') || name === 'payload' || name === 'receipt_url'
      return [name, isOfRun ? value === null : value]
    }),
  )
}

const servers = { postgres: 'POSTGRES_URL', mariadb: 'MYSQL_URL' } as const

describe.each(['sqlite-memory', 'postgres', 'mariadb'] as const)('on %s', async (kind) => {
  const open = async (): Promise<readonly BenchDatabase[]> => {
    try {
      return [await createBenchDatabase(kind), await createBenchDatabase(kind)]
    } catch (error) {
      if (kind === 'sqlite-memory' || process.env['CI'] === 'true') throw error
      return []
    }
  }
  const [first, second] = await open()
  afterAll(async () => {
    await first?.drop()
    await second?.drop()
  })
  const note =
    first === undefined && kind !== 'sqlite-memory'
      ? ` (needs a server: start one, or set ${servers[kind]} to its address)`
      : ''

  it.skipIf(note !== '')(
    `the bare handler writes the rows that the server writes${note}`,
    async () => {
      if (first === undefined || second === undefined) throw new TypeError('Both are needed')
      expect(await complete('floor', first)).toEqual(await complete('ours', second))
    },
  )
})
