import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { serve, until } from './program.ts'
import { createShop, startProvider } from './shop-and-provider.ts'

/** A connection, what came over it, and when it was closed. */
function open(url: string) {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('utf8').on('data', (text: string) => (received += text))
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return { socket, received: () => received, closed }
}

const line = (text: string) => `${text}\r\n`

describe('clients that hold connections', () => {
  it('T96: are cut when they send nothing, half of a head, or half of a body, and others are served', async () => {
    const server = await serve()
    const silent = open(server.url)
    const head = open(server.url)
    head.socket.write(line('POST /payments/complete HTTP/1.1') + line('Host: pay.example'))
    const body = open(server.url)
    const declared = ['Content-Type: application/json', 'Content-Length: 1000']
    body.socket.write(
      [`POST /payments/complete HTTP/1.1`, 'Host: pay.example', ...declared, '', '{'].join('\r\n'),
    )
    const unread = open(server.url)
    unread.socket.write(
      ['POST /healthz HTTP/1.1', 'Host: pay.example', ...declared, '', '{'].join('\r\n'),
    )
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)

    await Promise.all([silent.closed, head.closed, body.closed, unread.closed])
    expect(silent.received()).toMatch(/^(HTTP\/1\.1 408 |$)/)
    expect(head.received()).toMatch(/^HTTP\/1\.1 408 /)
    // The route itself gives up first.
    expect(body.received()).toMatch(/^HTTP\/1\.1 408 /)
    expect(unread.received()).toMatch(/^HTTP\/1\.1 405 /)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it('T96: are closed while they are idle when all connections are taken', async () => {
    const server = await serve({ MAX_CONNECTIONS: '3' })
    const idle = Array.from({ length: 3 }, () => open(server.url))
    for (const { socket, received } of idle) {
      socket.write(line('GET /healthz HTTP/1.1') + line('Host: pay.example') + line(''))
      await until(received, (text) => text.includes('"ok"'))
    }
    const ask = () =>
      fetch(`${server.url}/healthz`).then(
        ({ status }) => status,
        () => null,
      )
    expect(await until(ask, (status) => status !== null)).toBe(200)
  })

  it('get 431 and 413 for what is too large', async () => {
    const server = await serve()
    const large = await fetch(`${server.url}/healthz`, {
      headers: { 'x-long': 'x'.repeat(20_000) },
    })
    expect(large.status).toBe(431)
    const body = await fetch(`${server.url}/payments/complete`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ imp_uid: 'x'.repeat(70_000) }),
    })
    expect(body.status).toBe(413)
  })
})

describe('the limit of an address', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })

  it('T25, T95: counts each client behind a trusted proxy, and nothing that clients write themselves', async () => {
    const provider = await startProvider()
    const env = { PROVIDER_URL: provider.url, RATE_LIMIT: '2', TRUSTED_PROXIES: '127.0.0.1' }
    const { url } = await serve(env)
    const shop = createShop(url)
    const complete = async (address: string) => {
      const response = await shop.complete('ORD-1', 'imp_1', from(address))
      return [response.status, response.headers.get('retry-after')]
    }
    const first = ['198.51.100.7', '203.0.113.1, 198.51.100.7', '203.0.113.2, 198.51.100.7']
    expect([await complete(first[0] ?? ''), await complete(first[1] ?? '')]).toEqual([
      [409, null],
      [409, null],
    ])
    expect(await complete(first[2] ?? '')).toEqual([429, '60'])
    expect(await complete('198.51.100.8')).toEqual([409, null])
    expect((await shop.readOrder('ORD-1')).status).toBe(404)
  })

  it('T95: does not count all buyers as one behind an internal proxy that nobody named, and says so once', async () => {
    const server = await serve({ RATE_LIMIT: '1' })
    const shop = createShop(server.url)
    for (let times = 0; times < 3; times++) {
      expect((await shop.complete('ORD-1', 'imp_1', from('198.51.100.7'))).status).toBe(409)
    }
    expect((await shop.complete('ORD-1', 'imp_1')).status).toBe(409)
    expect((await shop.complete('ORD-1', 'imp_1')).status).toBe(429)
    const said = server.log().filter(({ event }) => event === 'client_address_unknown')
    expect(said).toMatchObject([{ peer: '127.0.0.1', advice: 'set TRUSTED_PROXIES' }])
  })
})
