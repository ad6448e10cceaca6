import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { createClient } from '@quayside/client'
import { createMemoryStore, parseMerchantUid, parseMoney } from '@quayside/core'
import { type CompletionReport, completion } from '@quayside/hono'
import { type NodeRequest, nodeHandler } from '@quayside/node'
import { createSimulator } from '@quayside/simulator'
import { afterEach, describe, expect, it } from 'vitest'

// What Express and NestJS do to a request is done here by hand; the frameworks themselves are tried in examples/frameworks.

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

type Before = (request: Writable, response: ServerResponse) => Promise<unknown> | undefined
type Writable = { -readonly [name in keyof NodeRequest]: NodeRequest[name] }

const shop = 'https://shop.example'
const page = (name: string) => `${shop}/result/${name}`

/** A paid order of a shop whose server runs `before` in front of the routes, and has a page of its own behind them. */
async function createShop(before: Before = () => undefined, isLast = false) {
  const simulator = createSimulator()
  const store = createMemoryStore()
  const reports: CompletionReport[] = []
  const warnings: string[] = []
  const payments = completion({
    store,
    client: createClient({
      key: 'simulator-key',
      secret: 'simulator-secret',
      fetch: simulator.fetch,
      timeoutMs: 3_600_000,
      attemptTimeoutMs: 3_600_000,
    }),
    mode: 'live',
    origins: [shop],
    pages: {
      success: page('success'),
      vbankIssued: page('vbank'),
      failed: page('failed'),
      cancelled: page('cancelled'),
      pending: page('pending'),
    },
    hooks: { report: (report) => reports.push(report) },
  })
  const merchantUid = parseMerchantUid('ORD-1')
  const amount = parseMoney(1000, 'KRW')
  if (!merchantUid.ok || !amount.ok) throw new TypeError('the order')
  store.open({ merchantUid: merchantUid.value, amount: amount.value, allowances: [] })
  const seeded = await simulator.fetch('https://simulator.example/_simulator/payments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"merchant_uid":"ORD-1","amount":1000,"status":"paid","pay_method":"card","sandbox":false}',
  })
  const { imp_uid: impUid } = (await seeded.json()) as { readonly imp_uid: string }

  const handle = nodeHandler(payments, { warn: (...words) => warnings.push(words.join(' ')) })
  const server = createServer(async (incoming, outgoing) => {
    await before(incoming, outgoing)
    const ownPage = () => outgoing.end(`the shop's own ${incoming.url}`)
    await handle(incoming, outgoing, isLast ? undefined : ownPage)
  })
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
    const location = response.headers.get('location')
    return { status: response.status, text: location ?? (await response.text()) }
  }
  const post = (path: string, body: string, type: string) =>
    send(path, { method: 'POST', body, headers: { 'content-type': type } })
  return { impUid, send, post, reports, warnings }
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded; charset=utf-8'
const success = {
  status: 200,
  text: '{"status":"success","message":"The payment is complete."}',
}
const idsOf = (impUid: string) => ({ imp_uid: impUid, merchant_uid: 'ORD-1' })

const read = (request: Writable) => text(request as unknown as IncomingMessage)

describe('T225: a parser has read the body before', () => {
  it.each<[string, Before]>([
    [
      'express.json()',
      async (request) => Object.assign(request, { body: JSON.parse(await read(request)) }),
    ],
    [
      'a parser that keeps the bytes',
      async (request) =>
        Object.assign(request, { rawBody: Buffer.from(await read(request)), body: {} }),
    ],
    [
      'a parser that keeps the text',
      async (request) => Object.assign(request, { rawBody: await read(request), body: {} }),
    ],
    [
      'express.raw()',
      async (request) => Object.assign(request, { body: Buffer.from(await read(request)) }),
    ],
    ['express.text()', async (request) => Object.assign(request, { body: await read(request) })],
    ['a parser that left it alone', async (request) => Object.assign(request, { body: {} })],
  ])('%s: JSON is completed', async (_name, before) => {
    const { post, impUid, warnings } = await createShop(before)
    expect(await post('/payments/complete', JSON.stringify(idsOf(impUid)), json)).toEqual(success)
    expect(warnings).toEqual([])
  })

  const urlencoded: Before = async (request) => {
    const fields = new URLSearchParams(await read(request))
    const names = [...new Set(fields.keys())]
    const valueOf = (name: string) => {
      const values = fields.getAll(name)
      return values.length === 1 && !name.endsWith('[]') ? values[0] : values
    }
    request.body = Object.fromEntries(names.map((name) => [name.replace('[]', ''), valueOf(name)]))
  }

  it('express.urlencoded(): a form is completed, and so is the return of a phone', async () => {
    const { post, impUid } = await createShop(urlencoded)
    const body = `${new URLSearchParams(idsOf(impUid))}&custom_data=%7B%22a%22%3A1%7D&imp_success=true`
    expect(await post('/payments/complete', body, form)).toEqual(success)
    expect(await post('/payments/redirect', body, form)).toEqual({
      status: 303,
      text: page('success'),
    })
    expect(await post('/payments/webhook', `${body}&status=paid`, form)).toEqual({
      status: 200,
      text: '{"status":"received"}',
    })
  })

  it('express.urlencoded(): repeated and listed ids are what they were', async () => {
    const { post, impUid } = await createShop(urlencoded)
    const errorOf = async (body: string) =>
      JSON.parse((await post('/payments/complete', body, form)).text).error
    expect(await errorOf(`imp_uid=${impUid}&imp_uid=imp_2&merchant_uid=ORD-1`)).toBe(
      'field_duplicated',
    )
    expect(await errorOf('imp_uid[]=imp_1&merchant_uid=ORD-1')).toBe('field_duplicated')
  })

  const drop: Before = read
  const leave =
    (left: object): Before =>
    async (request) => {
      await read(request)
      Object.assign(request, left)
    }
  it.each<[string, Before]>([
    ['nothing', drop],
    ['an empty object', leave({ body: {} })],
    ['an empty text', leave({ body: '' })],
    ['no bytes', leave({ body: Buffer.alloc(0) })],
    ['no raw bytes', leave({ rawBody: Buffer.alloc(0), body: {} })],
  ])(
    'a parser that leaves %s: 500 that names the cause, and one warning that names the cure',
    async (_name, before) => {
      const { post, impUid, reports, warnings } = await createShop(before)
      const fields = idsOf(impUid)
      const consumed = {
        status: 500,
        text: '{"status":"invalid","error":"body_consumed","message":"The request body was already consumed: put body parsers behind the completion routes."}',
      }
      expect(await post('/payments/complete', JSON.stringify(fields), json)).toEqual(consumed)
      expect(await post('/payments/webhook', JSON.stringify(fields), json)).toEqual(consumed)
      expect(await post('/payments/webhook', `${new URLSearchParams(fields)}`, form)).toEqual(
        consumed,
      )
      const refusal = { kind: 'refused_request', failure: { reason: 'body_consumed' } }
      expect(reports).toEqual([
        { ...refusal, route: 'complete' },
        { ...refusal, route: 'webhook' },
        { ...refusal, route: 'webhook' },
      ])
      expect(warnings).toEqual([
        'Something in front of the completion routes reads request bodies and keeps nothing of them, so that no payment can be completed there (body_consumed). Put the routes before it, or let it keep the bytes as `rawBody`. QUAYSIDE_BODY_CONSUMED',
      ])
    },
  )

  it('a parser that keeps nothing: a buyer who returns waits, or sees the page of the order', async () => {
    const { post, send, impUid } = await createShop(drop)
    const body = `${new URLSearchParams(idsOf(impUid))}`
    const returned = (path: string) => post(path, body, form)
    const waiting = { status: 303, text: page('pending') }
    expect(await returned('/payments/redirect')).toEqual(waiting)
    expect(await send(`/payments/redirect?${body}`)).toEqual({ status: 303, text: page('success') })
    expect(await returned('/payments/redirect?merchant_uid=ORD-1')).toEqual({
      status: 303,
      text: page('success'),
    })
  })
})

describe('T226: where the routes are mounted', () => {
  const mountedAt =
    (base: string): Before =>
    (request) => {
      Object.assign(request, {
        originalUrl: request.url,
        baseUrl: base,
        url: request.url?.slice(base.length) || '/',
      })
      return undefined
    }

  it.each([
    ['/payments', '/payments/redirect'],
    ['/payments', '/payments/redirect/'],
    ['/api', '/api/payments/redirect'],
    ['/api/v1', '/api/v1/payments/redirect/'],
  ])('app.use(%j): %s leads to the page', async (base, path) => {
    const { send, impUid } = await createShop(mountedAt(base))
    expect(await send(`${path}?${new URLSearchParams(idsOf(impUid))}`)).toEqual({
      status: 303,
      text: page('success'),
    })
  })

  it('in a controller, behind any prefix', async () => {
    const { post, impUid } = await createShop(undefined, true)
    expect(await post('/v1/shop/payments/complete/', JSON.stringify(idsOf(impUid)), json)).toEqual(
      success,
    )
  })

  it('in a router, whose routes have a prefix', async () => {
    const { post, impUid } = await createShop((request) => {
      Object.assign(request, { originalUrl: request.url, baseUrl: '', route: {} })
      return undefined
    })
    expect(await post('/v1/payments/complete', JSON.stringify(idsOf(impUid)), json)).toEqual(
      success,
    )
  })

  it('whatever else was sent is for the shop', async () => {
    const { send } = await createShop()
    const others = [
      '/',
      '/payments',
      '/payments/refunds',
      '/admin/payments/complete',
      '/payments/complete/1',
    ]
    expect(await Promise.all(others.map((path) => send(path)))).toEqual(
      others.map((path) => ({ status: 200, text: `the shop's own ${path}` })),
    )
  })

  it('other methods of a route, and other paths without a next handler, are refused', async () => {
    const { send } = await createShop(undefined, true)
    expect(await send('/payments/webhook')).toEqual({ status: 405, text: '' })
    expect(await send('/else')).toEqual({ status: 404, text: '404 Not Found' })
  })
})
