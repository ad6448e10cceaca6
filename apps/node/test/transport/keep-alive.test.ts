import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createClient, payments } from '@quayside/client'
import { afterEach, describe, expect, it } from 'vitest'
import type { Proxies } from '../../src/settings/proxies.ts'
import { createTransport, type Transport } from '../../src/transport/keep-alive.ts'

const direct: Proxies = { httpProxy: '', httpsProxy: '', noProxy: '' }
const record = { code: 0, message: null, response: { imp_uid: 'imp_1', status: 'paid' } }
const ends: (() => unknown)[] = []

type Send = (url: string, init?: RequestInit) => Promise<Response>

function open(proxies: Proxies = direct): Transport {
  const transport = createTransport(proxies)
  ends.push(() => transport.close())
  return transport
}

/** The two ways to send a request; what comes back is compared as a `Response`. */
const ways: readonly { name: string; toSend: (transport: Transport) => Send }[] = [
  {
    name: 'fetch',
    toSend:
      ({ fetch }) =>
      (url, init) =>
        fetch(new Request(url, init)),
  },
  {
    name: 'exchange',
    toSend:
      ({ exchange }) =>
      async (url, init) => {
        const { method, headers, signal } = new Request(url, init)
        const body = typeof init?.body === 'string' ? init.body : null
        const parts = { method, url, headers: Object.fromEntries(headers), body, signal }
        const answer = await exchange({ ...parts, redirect: 'manual' })
        const answered = new Headers()
        for (const name of ['location', 'set-cookie', 'content-encoding', 'content-length']) {
          const value = answer.headers.get(name)
          if (value !== null) answered.set(name, value)
        }
        const stream = answer.body === null ? null : ReadableStream.from(answer.body)
        return new Response(stream, { status: answer.status, headers: answered })
      },
  },
]

/** Serves HTTP on a free port, and counts the connections. */
async function serve(
  listener: RequestListener,
): Promise<{ url: string; server: Server; connections: () => number }> {
  let connections = 0
  const server = createServer(listener).on('connection', () => connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, server, connections: () => connections }
}

/** Answers the first request of each connection, and closes the connection when a second one arrives on it. */
async function serveOncePerConnection(): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = []
  const body = JSON.stringify(record)
  const server = createSocketServer((socket: Socket) => {
    let isUsed = false
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      requests.push(`${isUsed ? 'kept' : 'new'} ${data.toString().split(' ', 2).join(' ')}`)
      if (isUsed) return socket.destroy()
      isUsed = true
      return socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

describe.each(ways)('createTransport().$name()', ({ name, toSend }) => {
  it('sends many requests over few connections, and each as it is', async () => {
    const server = await serve(async (request, response) => {
      const chunks: unknown[] = []
      for await (const chunk of request) chunks.push(chunk)
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.end(
        `${request.method} ${request.url} ${String(request.headers['tier'])} ${chunks.join('')}`,
      )
    })
    const send = toSend(open())
    const texts: string[] = []
    const headers = { tier: '001' }
    for (const init of [{ headers }, { headers, method: 'POST', body: '{"결제":1}' }]) {
      const response = await send(`${server.url}/a/b?c=d`, init)
      texts.push(await response.text())
      expect(response.headers.get('set-cookie')?.split(/, ?/)).toEqual(['a=1', 'b=2'])
    }
    expect(texts).toEqual(['GET /a/b?c=d 001 ', 'POST /a/b?c=d 001 {"결제":1}'])
    const path = async (i: number) => (await send(`${server.url}/${i}`)).text()
    for (let i = 0; i < 50; i++) expect(await path(i)).toBe(`GET /${i} undefined `)
    // A connection is free again shortly after its response was read.
    expect(server.connections()).toBeLessThan(10)
  })

  it('T103: repeats a read at once when the other side closed the kept connection meanwhile', async () => {
    const { url, requests } = await serveOncePerConnection()
    const send = toSend(open())
    const read = async () => (await send(`${url}/payments/imp_1`)).json()
    for (let i = 0; i < 20; i++) expect(await read()).toEqual(record)
    expect(requests.filter((each) => each === 'new GET /payments/imp_1')).toHaveLength(20)
    expect(requests).toContain('kept GET /payments/imp_1')
  })

  it('T103: never sends a write twice, because the first may have arrived', async () => {
    const { url, requests } = await serveOncePerConnection()
    const send = toSend(open())
    const cancel = (i: number) => send(`${url}/cancel/${i}`, { method: 'POST', body: '{}' })
    const outcomes = new Set<unknown>()
    for (let i = 0; i < 20; i++) {
      const outcome = cancel(i).then(
        async (response) => (await response.json()) as { code: unknown },
        (error: { code: unknown }) => error,
      )
      outcomes.add((await outcome).code)
    }
    expect(outcomes).toEqual(new Set([0, 'UND_ERR_SOCKET']))
    const paths = requests.map((each) => each.replace(/^(new|kept) /, ''))
    expect(paths).toEqual(Array.from({ length: 20 }, (_, i) => `POST /cancel/${i}`))
  })

  it('follows no redirect', async () => {
    const server = await serve((_, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    const response = await toSend(open())(server.url)
    expect([response.status, response.headers.get('location')]).toEqual([302, '/elsewhere'])
  })

  it('ends a request that its caller aborts, before and after the response began', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/slow') response.write('begun')
    })
    const send = toSend(open())
    const [first, second] = [new AbortController(), new AbortController()]
    const silent = send(server.url, { signal: first.signal })
    first.abort(new Error('too late'))
    await expect(silent).rejects.toThrow('too late')
    const response = await send(`${server.url}/slow`, { signal: second.signal })
    second.abort(new Error('too late'))
    await expect(response.text()).rejects.toBeInstanceOf(Error)
  })

  it('reads a compressed response, and stops at the limit of one that grows', async () => {
    const small = gzipSync(JSON.stringify(record))
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const token = { access_token: 'token', now: 0, expired_at: 1_800 }
    const server = await serve((request, response) => {
      if (request.url === '/users/getToken') {
        return response.end(JSON.stringify({ ...record, response: token }))
      }
      response.setHeader('content-encoding', 'gzip')
      return response.end(request.url === '/payments/imp_1' ? small : bomb)
    })
    const { fetch, exchange } = open()
    const settings = { key: 'key', secret: 'secret', baseUrl: server.url }
    const client = createClient({ ...settings, ...(name === 'fetch' ? { fetch } : { exchange }) })
    const options = { timeoutMs: 600_000, attemptTimeoutMs: 600_000 }
    expect(await client.call(payments.get, { imp_uid: 'imp_1' }, options)).toEqual({
      ok: true,
      value: record.response,
      partial: false,
    })
    const before = process.memoryUsage().arrayBuffers
    expect(await client.call(payments.get, { imp_uid: 'imp_2' }, options)).toMatchObject({
      ok: false,
      failure: { reason: 'malformed_response', problem: 'too_large' },
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024)
  })

  it('fails when a compressed response is cut or broken', async () => {
    const body = gzipSync('x'.repeat(10_000))
    const server = await serve((request, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(request.url === '/cut' ? body.subarray(0, 30) : 'not gzip')
    })
    const send = toSend(open())
    for (const path of ['/cut', '/broken']) {
      const response = await send(server.url + path)
      await expect(response.text()).rejects.toBeInstanceOf(Error)
    }
  })

  it('goes through a proxy, except to the hosts that need none', async () => {
    const proxied: string[] = []
    const proxy = await serve((request, response) => {
      proxied.push(`${request.method} ${request.url}`)
      response.end('proxied')
    })
    proxy.server.on('connect', (request, socket) => {
      proxied.push(`CONNECT ${request.url}`)
      socket.destroy()
    })
    const target = await serve((_, response) => response.end('reached'))
    const proxies = { httpProxy: proxy.url, httpsProxy: proxy.url, noProxy: '127.0.0.1' }
    const send = toSend(open(proxies))
    expect(await (await send('http://provider.example/')).text()).toBe('proxied')
    expect(await (await send(target.url)).text()).toBe('reached')
    const refused = send('https://provider.example/', { method: 'POST', body: '{}' })
    await expect(refused).rejects.toBeInstanceOf(Error)
    expect(proxied).toEqual(['GET http://provider.example/', 'CONNECT provider.example:443'])
  })
})

it('a slow provider is asked by 512 requests at once, and the rest wait for a connection', async () => {
  const held: (() => void)[] = []
  let most = 0
  const { url, connections } = await serve((_, response) => {
    held.push(() => response.end('{}'))
    most = Math.max(most, held.length)
    if (held.length < 512) return
    for (const answer of held.splice(0)) answer()
  })
  const { fetch } = open()
  const all = Array.from({ length: 1_024 }, () => fetch(new Request(url)))
  const statuses = (await Promise.all(all)).map(({ status }) => status)
  expect(statuses).toEqual(Array(1_024).fill(200))
  expect([most, connections()]).toEqual([512, 512])
})
