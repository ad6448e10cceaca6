import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createFixture, pages, read, shop } from './completion-fixture.ts'

const json = { 'content-type': 'application/json' }
const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const

describe('completion() mounts its routes', () => {
  it.each([
    ['DELETE', '/payments/complete', 'GET, POST'],
    ['PUT', '/payments/redirect', 'GET, POST'],
    ['GET', '/payments/webhook', 'POST'],
    ['GET', '/payments/confirm', 'POST'],
  ])('%s %s responds with the allowed methods: %s', async (method, path, allow) => {
    const response = await createFixture().app.request(path, { method })
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([
      405,
      allow,
      '',
    ])
  })

  it('under the base path of the shop', async () => {
    const { app } = createFixture({ basePath: '/pay' })
    const statuses = ['/pay/webhook', '/payments/webhook'].map(
      async (path) => (await app.request(path, { method: 'POST' })).status,
    )
    expect(await Promise.all(statuses)).toEqual([415, 404])
  })

  it.each([
    'shop.example',
    '/result',
    'https://*.shop.example',
    'javascript:alert(1)',
    'javascript://shop.example/%0aalert(1)',
    'data:text/html,x',
    'file:///result',
    'blob:https://shop.example/1',
    'about:blank',
    'http://shop.example',
    'https://buyer:secret@shop.example',
    'myapp:result',
    'null',
    '',
  ])('T38: not for the origin or the page %j', (address) => {
    const message = `Cannot mount completion routes: ${JSON.stringify(address)} is neither https, nor http at localhost, nor of an app's own scheme`
    expect(() => createFixture({ origins: [shop, address] })).toThrow(new TypeError(message))
    expect(() => createFixture({ pages: { ...pages, failed: address } })).toThrow(
      new TypeError(message),
    )
    expect(() => createFixture({ origins: ['http://localhost:5173/'] })).not.toThrow()
  })

  it("T39: allows requests of the shop's pages with the headers they need, and of no other page", async () => {
    const { app, order } = createFixture({ findForBuyer: down })
    order('ORD-1')
    for (const path of ['/payments/complete', '/payments/orders/ORD-1']) {
      const preflight = await app.request(path, {
        method: 'OPTIONS',
        headers: { origin: shop, 'access-control-request-method': 'POST' },
      })
      const shared = [...preflight.headers].filter(([name]) => name.startsWith('access-control-'))
      expect(Object.fromEntries(shared)).toEqual({
        'access-control-allow-origin': shop,
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'Authorization,Content-Type,X-Requested-With',
        'access-control-max-age': '600',
      })
      const foreign = app.request(path, { headers: { origin: 'https://evil.example' } })
      expect(await read(foreign)).toEqual({
        status: 403,
        body: { status: 'invalid', error: 'origin_refused' },
      })
    }
  })

  it("allows pages of the routes' own origin, also where a proxy in front of them has another", async () => {
    const statusOf = async (app: ReturnType<typeof createFixture>['app'], origin: string) => {
      const url = 'http://internal:8787/payments/complete'
      return (await app.request(url, { headers: { origin } })).status
    }
    const { app } = createFixture()
    const { app: behindProxy } = createFixture({ publicOrigin: 'https://pay.example' })
    expect([
      await statusOf(app, 'http://internal:8787'),
      await statusOf(app, 'https://pay.example'),
      await statusOf(behindProxy, 'https://pay.example'),
      await statusOf(behindProxy, 'https://evil.example'),
    ]).toEqual([303, 403, 303, 403])
  })

  it('for the web view and the result pages of an app', async () => {
    const origins = ['capacitor://localhost', 'ionic://localhost/', 'http://localhost']
    const page = 'myapp://pay/result'
    const { app, complete, order, pay } = createFixture({
      origins,
      pages: { ...pages, success: page },
    })
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    for (const origin of ['capacitor://localhost', 'ionic://localhost', 'http://localhost']) {
      const response = await complete({ imp_uid, merchant_uid: 'ORD-1' }, { origin })
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
        200,
        origin,
      ])
    }
    const returned = await app.request(`/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`)
    expect([returned.status, returned.headers.get('location')]).toEqual([303, page])
    const foreign = await complete(
      { imp_uid, merchant_uid: 'ORD-1' },
      { origin: 'app://localhost' },
    )
    expect(foreign.status).toBe(403)
  })

  it('in test mode also for a development server without TLS', () => {
    const address = 'http://192.168.0.7:5173'
    expect(() => createFixture({ mode: 'test', origins: [address] })).not.toThrow()
    expect(() => createFixture({ mode: 'live', origins: [address] })).toThrow(TypeError)
  })

  it('T44: with the same headers on every response', async () => {
    const response = await createFixture().app.request('/payments/webhook', { method: 'POST' })
    expect(
      [
        'cache-control',
        'content-security-policy',
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
        'referrer-policy',
        'x-frame-options',
      ].map((name) => response.headers.get(name)),
    ).toEqual([
      'no-store',
      "default-src 'none'; frame-ancestors 'none'",
      'same-origin',
      'cross-origin',
      'no-referrer',
      'DENY',
    ])
  })
})

describe('the headers of a response', () => {
  const withLimit = (response: Response) =>
    createFixture({ rateLimit: async () => response }).complete({}, { origin: shop })
  const headersOf = ({ headers }: Response) =>
    ['cache-control', 'x-frame-options', 'access-control-allow-origin', 'vary'].map((name) =>
      headers.get(name),
    )

  it('are set on the response itself: a copy of it would be slower', async () => {
    const response = new Response('Later', { status: 400, headers: { vary: 'Accept' } })
    expect(await withLimit(response)).toBe(response)
    expect(headersOf(response)).toEqual(['no-store', 'DENY', shop, 'Accept, Origin'])
  })

  it('T44: are set on a copy where the response cannot be changed', async () => {
    const response = await withLimit(Response.redirect('https://shop.example/later'))
    expect([response.status, ...headersOf(response)]).toEqual([
      302,
      'no-store',
      'DENY',
      shop,
      'Origin',
    ])
  })

  it('T39: name the origin of the shop only', async () => {
    const foreign = await createFixture().complete({}, { origin: 'https://evil.example' })
    expect([foreign.status, ...headersOf(foreign)]).toEqual([
      403,
      'no-store',
      'DENY',
      null,
      'Origin',
    ])
  })
})

describe('POST /payments/complete sends Retry-After', () => {
  it('while the payment is pending, and not afterwards', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    const before = await complete({ imp_uid, merchant_uid: 'ORD-1' })
    const paid = await pay('ORD-1')
    const after = await complete({ imp_uid: paid, merchant_uid: 'ORD-1' })
    expect(
      [before, after].map(({ status, headers }) => [status, headers.get('retry-after')]),
    ).toEqual([
      [202, '2'],
      [200, null],
    ])
  })

  it('the message of the record takes precedence over that of the browser', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', {
      status: 'failed',
      overrides: { fail_reason: 'of the record' },
    })
    const message = 'The payment was not completed. You can try again.'
    const browserFailure = { error_code: 'F400', error_msg: 'of the browser' }
    const ids = { imp_uid, merchant_uid: 'ORD-1' }
    expect((await read(complete({ ...ids, ...browserFailure }))).body).toEqual({
      status: 'failed',
      message,
      error_code: 'F400',
      error_msg: 'of the record',
    })
    expect((await read(complete(ids))).body).toEqual({
      status: 'failed',
      message,
      error_msg: 'of the record',
    })
  })

  it('a refusal that the browser reports does not hide the status of the record', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const browserFailure = { success: false, error_code: 'F400', error_msg: 'no' }
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1', ...browserFailure }))).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
  })
})

describe('a body of a page of exactly 64 KiB', () => {
  const limit = 64 * 1024
  const ids = '{"imp_uid":"imp_1","merchant_uid":"ORD-1","x":""}'
  const bodyOf = (bytes: number) => ids.replace('""', `"${'x'.repeat(bytes - ids.length)}"`)

  it.each([
    [limit, 202],
    [limit + 1, 413],
  ])('T27: of %d bytes gets %d, with a declared length and without', async (bytes, status) => {
    const body = bodyOf(bytes)
    const declared = createFixture()
    declared.order('ORD-1')
    const headers = { ...json, 'content-length': String(bytes) }
    const streamed = new Blob([body.slice(0, 9000), body.slice(9000)]).stream()
    const request: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: streamed,
      headers: json,
      duplex: 'half',
    }
    const responses = [
      await declared.complete(body, headers),
      await declared.app.request(new Request('https://x/payments/complete', request)),
    ]
    expect(responses.map((response) => response.status)).toEqual([status, status])
  })

  it('T27: is not read to its end when it is longer, and is cancelled', async () => {
    const { app } = createFixture()
    let isGivenUp = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(limit)),
      cancel: () => {
        isGivenUp = true
      },
    })
    const endless: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body,
      headers: json,
      duplex: 'half',
    }
    const response = await app.request(new Request('https://x/payments/webhook', endless))
    expect([response.status, isGivenUp]).toEqual([413, true])
  })

  it('T27: a larger declared length is refused before a byte is read', async () => {
    const { complete } = createFixture()
    const response = complete(ids, { 'content-length': String(limit + 1) })
    expect((await response).status).toBe(413)
  })
})

describe('T226: inside an app that tells addresses with a final slash apart', () => {
  it('responds at both, and refuses foreign pages at both', async () => {
    const { app, order, pay } = createFixture()
    order('ORD-1')
    const ids = { imp_uid: await pay('ORD-1'), merchant_uid: 'ORD-1' }
    const outer = new Hono({ strict: true }).route('/', app)
    const post = (path: string, headers: Record<string, string> = {}) =>
      outer.request(`/payments/${path}`, {
        method: 'POST',
        body: JSON.stringify(ids),
        headers: { 'content-type': 'application/json', ...headers },
      })
    for (const path of ['complete', 'complete/']) {
      expect(await read(post(path))).toEqual({
        status: 200,
        body: { status: 'success', message: 'The payment is complete.' },
      })
      expect(await read(post(path, { origin: 'https://other.example' }))).toEqual({
        status: 403,
        body: { status: 'invalid', error: 'origin_refused' },
      })
    }
    const returned = await outer.request(`/payments/redirect/?${new URLSearchParams(ids)}`)
    expect([returned.status, returned.headers.get('location')]).toEqual([303, pages.success])
    for (const path of ['complete/', 'webhook/']) {
      const refused = await outer.request(`/payments/${path}`, { method: 'PUT' })
      expect(refused.status).toBe(405)
    }
  })
})
