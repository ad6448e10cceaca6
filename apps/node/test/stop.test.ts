import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder, serve, until } from './program.ts'
import { createShop, startProvider, startReceiver } from './shop-and-provider.ts'

/** Something that others wait for until it is opened, and how many wait. */
function createGate() {
  let waiting = 0
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    pass() {
      waiting++
      return opened
    },
    waiting: () => waiting,
    open: () => open(),
  }
}

const isMore = (than: number) => (count: number) => count > than

/** A request for `/readyz` of which the last line is held back. */
async function startSlowly(url: string) {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('utf8').on('data', (text: string) => (received += text))
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  // The answer to the first request shows that the server has the connection.
  socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\nGET /readyz HTTP/1.1\r\n`)
  await until(
    () => received,
    (text) => text.includes('"ok"'),
  )
  return {
    async finish(): Promise<string> {
      received = ''
      socket.write(`Host: ${host}\r\n\r\n`)
      await closed
      return received
    },
  }
}

describe('quayside serve, when it is stopped', () => {
  it('answers the requests in flight, says that it stops, and accepts no connection', async () => {
    const gate = createGate()
    const isLookup = (request: Request) => /\/payments\/imp_/.test(request.url)
    const provider = await startProvider((request) => (isLookup(request) ? gate.pass() : undefined))
    const folder = createFolder()
    const server = await serve({ PROVIDER_URL: provider.url }, folder)
    const shop = createShop(server.url)
    await shop.createOrder('ORD-1')
    const completing = shop.complete('ORD-1', await provider.pay('ORD-1'))
    await until(gate.waiting, isMore(0))

    const slow = await startSlowly(server.url)
    server.child.kill('SIGTERM')
    await until(server.log, (lines) => lines.some(({ event }) => event === 'stopping'))
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed')
    expect(await slow.finish()).toMatch(
      /^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*"stopping"/i,
    )

    gate.open()
    const completed = await completing
    expect([completed.status, completed.headers.get('connection')]).toEqual([200, 'close'])
    expect(await completed.json()).toMatchObject({ status: 'success' })
    expect((await server.ended).code).toBe(0)
    expect(server.log().at(-1)).toMatchObject({
      event: 'stopped',
      requestsCut: 0,
      workCut: false,
      databaseClosed: true,
    })
  })

  it('ends a delivery that is under way, and sends it no second time', async () => {
    const gate = createGate()
    const provider = await startProvider()
    const receiver = await startReceiver(async () => {
      await gate.pass()
      return 204
    })
    const folder = createFolder()
    const env = { PROVIDER_URL: provider.url, EVENT_URL: receiver.url }
    const server = await serve(env, folder)
    const shop = createShop(server.url)
    await shop.createOrder('ORD-1')
    await shop.complete('ORD-1', await provider.pay('ORD-1'))
    await until(gate.waiting, isMore(0))
    server.child.kill('SIGTERM')
    await until(server.log, (lines) => lines.some(({ event }) => event === 'stopping'))
    gate.open()
    expect((await server.ended).code).toBe(0)

    const again = await serve(env, folder)
    const response = await fetch(`${again.url}/events?state=delivered`, {
      headers: { authorization: 'Bearer merchant-key-of-the-tests' },
    })
    expect(await response.json()).toMatchObject({ events: [{ id: 'ORD-1:1' }] })
    expect(receiver.received).toEqual(['ORD-1:1'])
  })

  it('T97: cuts what takes longer than it may, and its events stay to be sent by others', async () => {
    const gate = createGate()
    const provider = await startProvider()
    const receiver = await startReceiver(async () => {
      await gate.pass()
      return 204
    })
    const folder = createFolder()
    const env = { PROVIDER_URL: provider.url, EVENT_URL: receiver.url, STOP_SECONDS: '1' }
    const server = await serve(env, folder)
    const shop = createShop(server.url)
    await shop.createOrder('ORD-1')
    await shop.complete('ORD-1', await provider.pay('ORD-1'))
    await until(gate.waiting, isMore(0))
    const { code } = await server.stop()
    expect(code).toBe(0)
    expect(server.log().at(-1)).toMatchObject({ event: 'stopped', workCut: true })
    gate.open()

    const again = await serve(env, folder)
    const response = await fetch(`${again.url}/events?state=pending`, {
      headers: { authorization: 'Bearer merchant-key-of-the-tests' },
    })
    expect(await response.json()).toMatchObject({ events: [{ id: 'ORD-1:1' }] })
  })

  it('ends at once by a second signal', async () => {
    const gate = createGate()
    const provider = await startProvider(() => gate.pass())
    const server = await serve({ PROVIDER_URL: provider.url })
    void createShop(server.url)
      .createOrder('ORD-1')
      .catch(() => undefined)
    await until(gate.waiting, isMore(0))
    server.child.kill('SIGINT')
    await until(server.log, (lines) => lines.some(({ event }) => event === 'stopping'))
    expect((await server.stop('SIGINT')).code).toBe(130)
    gate.open()
  })

  it.each(['throw error', 'Promise.reject(error)'])(
    'logs a bug without its secrets and ends with the code 1: %s',
    async (bug) => {
      const folder = createFolder()
      const file = join(folder, 'bug.mjs')
      const error = `const error = new Error('the key merchant-key-of-the-tests, token abc')`
      writeFileSync(file, `process.on('SIGUSR2', () => { ${error}; ${bug} })`)
      const server = await serve({ NODE_OPTIONS: `--import file://${file}` }, folder)
      const { code, stdout } = await server.stop('SIGUSR2')
      expect(code).toBe(1)
      expect(server.log().at(-1)).toMatchObject({
        event: bug.startsWith('throw') ? 'uncaught_exception' : 'unhandled_rejection',
        cause: 'Error: the key [redacted], token abc',
      })
      expect(stdout).not.toContain('merchant-key-of-the-tests')
    },
  )
})
