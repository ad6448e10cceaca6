import {
  createServer,
  type LogFields,
  type Observe,
  type Operation,
  type Server,
} from '@quayside/server'
import { createClock, createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { createSqliteStore } from '../src/index.ts'
import { createSqliteFile } from './databases.ts'
import { apiKey, config, eventUrl } from './server-config.ts'

// What a server tells whoever measures it, on a SQLite file and with the simulator.

function nameOf(operation: Operation): string {
  switch (operation.kind) {
    case 'request':
      return String(operation.route())
    case 'delivery':
      return `${operation.eventId} ${operation.tries}`
    case 'provider_call':
      return `${operation.method} ${operation.path}`
    case 'job':
    case 'store_call':
      return operation.name
  }
}

async function createMeasured(receiverMs = 0) {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const simulator = createSimulator({ clock })
  const operations: string[] = []
  const lines: (readonly [string, LogFields])[] = []
  const observe: Observe = async (operation, run, outcomeOf) => {
    const value = await run()
    operations.push(`${operation.kind} ${nameOf(operation)} ${outcomeOf(value)}`)
    return value
  }
  const file = await createSqliteFile()
  const server: Server = createServer({
    config,
    store: createSqliteStore(file.connect(), { now: () => clock.now() }),
    async fetch(request) {
      if (request.url !== eventUrl) return simulator.fetch(request)
      await clock.set(new Date(clock.now().getTime() + receiverMs))
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
    log: (event, fields) => lines.push([event, fields]),
    observe,
  })
  const order = { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' }
  const created = await server.app.request('/orders', {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(order),
  })
  expect(created.status).toBe(201)
  const opened = simulator.paymentWindow.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: 'test',
    params: { ...order, pay_method: 'card' },
  })
  if (!opened.ok) throw new TypeError(opened.error_msg)
  await simulator.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
  const complete = () =>
    server.app.request('/payments/complete', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ imp_uid: opened.imp_uid, merchant_uid: 'ORD-1' }),
    })
  return { server, complete, operations, lines, close: file.remove }
}

describe('observe of createServer()', () => {
  it('runs around each request, job, delivery, and call of the provider and the store', async () => {
    const { server, complete, operations, close } = await createMeasured()
    operations.length = 0
    expect((await complete()).status).toBe(200)
    expect((await server.app.request('/nowhere')).status).toBe(404)
    expect(operations).toEqual([
      'store_call orders.find ok',
      'provider_call GET /payments/{imp_uid} ok',
      'store_call orders.record ok',
      'request /payments/complete 200',
      'request null 404',
    ])
    operations.length = 0
    await server.runJobs('* * * * *')
    expect(operations).toContain('delivery ORD-1:1 1 ok')
    expect(operations.filter((each) => each.startsWith('job '))).toHaveLength(server.jobs.length)
    close()
  })

  it('is told that a try took longer than its lease, after which another instance may have sent the event', async () => {
    const { server, complete, lines, close } = await createMeasured(31_000)
    await complete()
    await server.delivery.sweep()
    expect(lines.filter(([event]) => event === 'event_lease_expired')).toEqual([
      ['event_lease_expired', { id: 'ORD-1:1', tries: 1, lateMs: 1_000 }],
    ])
    close()
  })
})
