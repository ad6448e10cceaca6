import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { serve, until } from '../program.ts'
import { createShop, startProvider, startReceiver } from '../shop-and-provider.ts'

describe('the log of quayside serve', () => {
  it('has level, time and event in each line, and the id of its request in each line of a request', async () => {
    const provider = await startProvider()
    const receiver = await startReceiver()
    const server = await serve({ PROVIDER_URL: provider.url, EVENT_URL: receiver.url })
    const shop = createShop(server.url)
    await shop.createOrder('ORD-1')
    const impUid = await provider.pay('ORD-1')
    const headers = { 'X-Request-Id': 'proxy-0123456789' }
    const completed = await shop.complete('ORD-1', impUid, headers)
    expect(completed.headers.get('x-request-id')).toBe('proxy-0123456789')
    const [synced] = await until(
      () => server.log().filter(({ event }) => event === 'synced'),
      (lines) => lines.length > 0,
    )
    expect(synced).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      event: 'synced',
      level: 'info',
      requestId: 'proxy-0123456789',
      route: 'complete',
      outcome: 'become',
      merchantUid: 'ORD-1',
      impUid,
      status: 'paid',
    })
    await server.stop()
  })

  it('T102: makes an id of its own where the given one could deceive a reader', async () => {
    const server = await serve()
    const ask = async (id: string) =>
      (await fetch(`${server.url}/healthz`, { headers: { 'X-Request-Id': id } })).headers.get(
        'x-request-id',
      )
    const own = /^[0-9a-f-]{36}$/
    for (const id of ['short', '<b>0123456789</b>', 'x'.repeat(65), '{"level":"error"}']) {
      expect(await ask(id)).toMatch(own)
    }
    expect(await ask('7f3c.a_b:0123-4567')).toBe('7f3c.a_b:0123-4567')
    await server.stop()
  })

  it('leaves out what is below LOG_LEVEL', async () => {
    const server = await serve({ LOG_LEVEL: 'error' })
    await fetch(`${server.url}/readyz`)
    expect(await server.stop()).toMatchObject({ code: 0, stdout: '' })
  })

  it('T102: is lost, and nothing else, when its reader goes away', async () => {
    const server = await serve({ LOG_LEVEL: 'debug' })
    server.child.stdout?.destroy()
    for (let i = 0; i < 50; i++) {
      const response = await fetch(`${server.url}/payments/webhook`, { method: 'POST' })
      expect(response.status).toBe(415)
    }
    expect(await server.stop()).toMatchObject({ code: 0 })
  })

  it('T102: holds up no request while its reader reads nothing', async () => {
    const server = await serve({ LOG_LEVEL: 'debug', RATE_LIMIT: '0' })
    server.child.stdout?.pause()
    // More than a pipe and the reader's own buffer hold.
    for (let i = 0; i < 2_000; i++) {
      const response = await fetch(`${server.url}/payments/webhook`, { method: 'POST' })
      expect(response.status).toBe(415)
      await response.text()
    }
    server.child.stdout?.resume()
    const refused = () => server.log().filter(({ event }) => event === 'refused_request')
    await until(refused, (lines) => lines.length === 2_000)
    await server.stop()
  })

  it('T102: does not keep the program from stopping while its reader reads nothing', async () => {
    const server = await serve({ LOG_LEVEL: 'debug', RATE_LIMIT: '0' })
    server.child.stdout?.pause()
    for (let i = 0; i < 2_000; i++) {
      await (await fetch(`${server.url}/payments/webhook`, { method: 'POST' })).text()
    }
    server.child.kill('SIGTERM')
    expect(await once(server.child, 'exit')).toEqual([0, null])
    server.child.stdout?.resume()
  })
})
