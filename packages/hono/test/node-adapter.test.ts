/// <reference types="node" />
import { once } from 'node:events'
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFixture } from './completion-fixture.ts'

// The adapter reads a body itself, without a stream.

const closers: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const close of closers.splice(0)) close()
})

/** A paid order behind Node's own server; `before` runs in front of the routes. */
async function createShop(
  before = async (_request: IncomingMessage): Promise<unknown> => undefined,
) {
  const { app, order, pay } = createFixture()
  order('ORD-1')
  const body = JSON.stringify({ imp_uid: await pay('ORD-1'), merchant_uid: 'ORD-1' })
  const listener = getRequestListener((each) => app.fetch(each), { overrideGlobalObjects: false })
  const server = createServer(async (incoming, outgoing) => {
    await before(incoming)
    await listener(incoming, outgoing)
  })
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { body, port }
}

function open(port: number, headers: OutgoingHttpHeaders) {
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/payments/complete',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  })
  // A server that refuses a body may close the connection before all of it is sent.
  sent.on('error', () => undefined)
  const responded = new Promise<IncomingMessage>((resolve) => {
    sent.on('response', resolve)
  })
  return { sent, responded }
}

async function read(responded: Promise<IncomingMessage>) {
  const response = await responded
  return { status: response.statusCode, body: JSON.parse(await text(response)) as unknown }
}

async function post(port: number, body: string, headers: OutgoingHttpHeaders) {
  const { sent, responded } = open(port, headers)
  sent.write(body.slice(0, 9))
  sent.end(body.slice(9))
  return read(responded)
}

const lengthOf = (body: string) => ({ 'content-length': Buffer.byteLength(body) })
const chunked = { 'transfer-encoding': 'chunked' }
const success = { status: 200, body: { status: 'success', message: 'The payment is complete.' } }

describe("a body that comes through Node's adapter", () => {
  it('is read with a declared length and without', async () => {
    const { port, body } = await createShop()
    expect(await post(port, body, lengthOf(body))).toEqual(success)
    expect(await post(port, body, chunked)).toEqual(success)
  })

  it('T27: is refused when it is too large', async () => {
    const { port } = await createShop()
    const large = JSON.stringify({ x: 'x'.repeat(64 * 1024) })
    for (const headers of [lengthOf(large), chunked]) {
      expect(await post(port, large, headers)).toMatchObject({
        status: 413,
        body: { status: 'invalid', error: 'body_too_large' },
      })
    }
  })

  it('T27: is waited for 5 seconds, and its connection is closed', async () => {
    const { port, body } = await createShop()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { sent, responded } = open(port, lengthOf(body))
    sent.write(body.slice(0, 9))
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await read(responded)).toMatchObject({
      status: 408,
      body: { status: 'invalid', error: 'body_too_slow' },
    })
    while (sent.socket?.destroyed === false) {
      await vi.advanceTimersByTimeAsync(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(sent.socket?.destroyed).toBe(true)
  })

  it('T57: is missed when a parser has read it before', async () => {
    const { port, body } = await createShop(text)
    for (const headers of [lengthOf(body), chunked]) {
      expect(await post(port, body, headers)).toMatchObject({
        status: 400,
        body: { status: 'invalid', error: 'body_consumed' },
      })
    }
  })
})
