import { createServer, type Server, type Store } from '@quayside/server'
import { createClock, createSimulator } from '@quayside/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMysqlStore, createPostgresStore, createSqliteStore } from '../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, createSqliteFile } from './databases.ts'
import { apiKey, config, eventUrl } from './server-config.ts'

// The server with the provider, as two instances on one database.

type Connect = (now: () => Date) => Store

/** Two instances of the server, the provider, and the receiver of the events. */
function createShop(connect: Connect) {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const simulator = createSimulator({ clock })
  const received: { readonly id: string | null; readonly type: string }[] = []
  const start = (): Server =>
    createServer({
      config,
      store: connect(() => clock.now()),
      async fetch(request) {
        if (request.url !== eventUrl) return simulator.fetch(request)
        const event = (await request.json()) as { readonly type: string }
        received.push({ id: request.headers.get('webhook-id'), type: event.type })
        return new Response(null, { status: 204 })
      },
      now: () => clock.now(),
      random: () => 0,
      // Nothing here waits for a response that does not come.
      sleep: (_ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal === undefined) resolve()
          else signal.addEventListener('abort', () => reject(signal.reason))
        }),
      log: () => undefined,
    })
  const servers = [start(), start()]
  const everywhere = <T>(work: (server: Server) => Promise<T>): Promise<T[]> =>
    Promise.all(servers.map(work))
  const send = async (server: Server, path: string, body: unknown) =>
    server.app.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const pay = async (merchantUid: string) => {
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: merchantUid, amount: 64_900, pay_method: 'card' },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    await simulator.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
    return opened.imp_uid
  }
  const nextMinute = async () => {
    await clock.set(new Date(clock.now().getTime() + 60_000))
    await everywhere(({ runJobs }) => runJobs('* * * * *'))
  }
  return { everywhere, send, pay, nextMinute, received }
}

function serverTests(connect: Connect): void {
  const order = { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' }

  it('completes a payment that both instances report at once, cancels it, and sends each event once', async () => {
    const shop = createShop(connect)
    const opened = await shop.everywhere((server) => shop.send(server, '/orders', order))
    expect(opened.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 201])
    const report = { imp_uid: await shop.pay('ORD-1'), merchant_uid: 'ORD-1' }
    const completed = await shop.everywhere(async (server) => {
      const responses = Array.from({ length: 4 }, () =>
        shop.send(server, '/payments/complete', report),
      )
      const received = await Promise.all(responses)
      return Promise.all(
        received.map(async (response) => (await response.json()) as { readonly status: string }),
      )
    })
    expect(completed.flat().map(({ status }) => status)).toEqual(Array(8).fill('success'))
    const cancelled = await shop.everywhere((server) =>
      shop.send(server, '/orders/ORD-1/cancel', { reason: 'out of stock' }),
    )
    expect(cancelled.map(({ status }) => status)).toContain(200)
    for (let minute = 0; minute < 3; minute++) await shop.nextMinute()
    expect(shop.received).toEqual([
      { id: 'ORD-1:1', type: 'order.paid' },
      { id: 'ORD-1:2', type: 'order.cancelled' },
    ])
  })

  it('finds a payment that nobody reported, by the jobs of both instances', async () => {
    const shop = createShop(connect)
    await shop.everywhere((server) =>
      shop.send(server, '/orders', { ...order, merchant_uid: 'ORD-2' }),
    )
    await shop.pay('ORD-2')
    for (let minute = 0; minute < 3; minute++) await shop.nextMinute()
    const events = shop.received.filter(({ id }) => id?.startsWith('ORD-2'))
    expect(events).toEqual([{ id: 'ORD-2:1', type: 'order.paid' }])
  })
}

describe('createServer() on SQLite', () => {
  const file = createSqliteFile()
  let connectFile: Connect | undefined
  beforeAll(async () => {
    const { connect } = await file
    connectFile = (now) => createSqliteStore(connect(), { now })
  })
  afterAll(async () => (await file).remove())
  serverTests((now) => {
    if (connectFile === undefined) throw new TypeError('The file is not open')
    return connectFile(now)
  })
})

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`createServer() on PostgreSQL${postgres.note}`, () => {
  afterAll(postgres.drop)
  serverTests((now) => createPostgresStore(postgres.pool, { now }))
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`createServer() on MySQL or MariaDB${mysql.note}`, () => {
  afterAll(mysql.drop)
  serverTests((now) => createMysqlStore(mysql.pool, { now }))
})
