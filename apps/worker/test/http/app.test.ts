import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import {
  buyerOrderResponse,
  completionResponse,
} from '../../../../packages/server/src/http/schemas/responses/payments.ts'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createShop, key, now, problem } from '../fixtures/merchant.ts'

type Shop = ReturnType<typeof createShop>

const routes = [
  'GET /',
  'GET /openapi.json',
  'GET /docs',
  'GET /healthz',
  'GET /readyz',
  'POST /orders',
  'GET /orders',
  'GET /orders/:merchant_uid/history',
  'GET /orders/:merchant_uid/escrow-delivery',
  'POST /orders/:merchant_uid/escrow-delivery',
  'PUT /orders/:merchant_uid/escrow-delivery',
  'GET /orders/:merchant_uid/cash-receipt',
  'POST /orders/:merchant_uid/cash-receipt',
  'DELETE /orders/:merchant_uid/cash-receipt',
  'GET /orders/:merchant_uid',
  'POST /orders/:merchant_uid/cancel',
  'GET /orders/:merchant_uid/cancels',
  'POST /orders/:merchant_uid/payment-links',
  'GET /orders/:merchant_uid/payment-links',
  'POST /payment-links/:id/close',
  'POST /identity-verifications',
  'GET /identity-verifications/:id',
  'POST /identity-verifications/:id/delete-record',
  'POST /identity-verifications/:id/use',
  'GET /subscriptions',
  'GET /subscriptions/:id',
  'GET /subscriptions/:id/attempts',
  'GET /subscriptions/:id/upcoming',
  'POST /subscriptions',
  'PATCH /subscriptions/:id',
  'POST /subscriptions/:id/cancel',
  'POST /subscriptions/:id/change-plan',
  'POST /subscriptions/:id/charge-now',
  'POST /subscriptions/:id/pause',
  'POST /subscriptions/:id/refund-period',
  'POST /subscriptions/:id/resume',
  'GET /events',
  'POST /events/:id/replay',
  'GET /reconciliation-issues',
  'GET /reconciliation-issues/:id',
  'POST /reconciliation-issues/:id/close',
  'POST /reconciliation-issues/:id/refund',
  'POST /billing-keys',
  'GET /billing-keys/:customer_uid',
  'POST /billing-keys/:customer_uid/card',
  'DELETE /billing-keys/:customer_uid',
  'GET /customers/:customer_id/billing-keys',
  'PUT /customers/:customer_id/billing-keys',
  'POST /payments/complete',
  'GET /payments/complete',
  'GET /payments/redirect',
  'POST /payments/redirect',
  'POST /payments/webhook',
  'POST /payments/confirm',
  'GET /payments/orders/:merchant_uid',
  'GET /payments/subjects/:merchant_uid',
]
const guarded = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}
const order = async (shop: Shop, merchant_uid: string) => {
  const { body } = await shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' })
  return String(body['order_token'])
}

describe('the worker', () => {
  it('responds as it is deployed', async () => {
    const response = await exports.default.fetch('https://pay.example/')
    expect(await response.json()).toEqual({
      name: 'quayside',
      mode: 'test',
      openapi: '/openapi.json',
    })
  })

  it('T51: has these routes and no other', () => {
    const { app } = createShop()
    const served = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/(?<=.)\/$/, '')}`)
    expect([...new Set(served)].sort()).toEqual([...routes].sort())
  })

  it('T230: shows its description on a page that runs the viewer with the published hash, and nothing else', async () => {
    const { app } = createShop()
    const response = await app.request('/docs')
    const page = await response.text()
    const [, nonce = ''] = /<script nonce="([^"]+)">/.exec(page) ?? []
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...guarded,
      'content-type': 'text/html; charset=UTF-8',
      'content-security-policy': [
        "default-src 'none'",
        `script-src https://cdn.jsdelivr.net 'nonce-${nonce}'`,
        "style-src https://cdn.jsdelivr.net 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    })
    const loaded = [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="[^"]*"[^>]*>/g)]
    expect(loaded.map(([tag]) => tag.includes('integrity="sha384-'))).toEqual([true, true])
    expect(page).toContain("url: 'openapi.json'")
    expect(await (await app.request('/docs/')).text()).toContain("url: '../openapi.json'")
  })

  for (const path of [
    '/__scheduled',
    '/cdn-cgi/x',
    '/payments',
    '/orders/a/b',
    '/admin',
    '/ORDERS',
  ]) {
    it(`T51: is 404 at ${path}`, async () => {
      const { app, send } = createShop()
      const { headers } = await app.request(path)
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(await send(path)).toEqual(problem(404, 'not_found', 'Not found'))
    })
  }

  for (const [method, path, allow] of [
    ['PUT', '/orders', 'GET, HEAD, POST'],
    ['DELETE', '/orders/ORD-1', 'GET, HEAD'],
    ['GET', '/orders/ORD-1/cancel', 'POST'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['DELETE', '/payments/orders/ORD-1', 'GET, HEAD'],
    ['GET', '/payments/webhook', 'POST'],
  ] as const) {
    it(`responds 405 to ${method} ${path}`, async () => {
      const { app } = createShop()
      const headers = { authorization: `Bearer ${key}` }
      const response = await app.request(path, { method, headers })
      expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
        status: 405,
        allow,
      })
    })
  }

  const everyKind: readonly (readonly [string, string, number])[] = [
    ['GET', '/', 200],
    ['GET', '/orders/ORD-1', 401],
    ['GET', '/nowhere', 404],
    ['PUT', '/openapi.json', 405],
    ['POST', '/payments/complete', 415],
    ['GET', '/payments/redirect', 303],
  ]
  for (const [method, path, status] of everyKind) {
    it(`has security headers on its ${status} responses`, async () => {
      const { app } = createShop()
      const response = await app.request(path, { method })
      expect(response.status).toBe(status)
      expect(Object.fromEntries(response.headers)).toMatchObject(guarded)
    })
  }

  it('T45: shows an internal error only in the log', async () => {
    const damaged = { results: [{ allowances: 'canary' }], meta: { changes: 0 } }
    const broken = new Proxy(env.DB, {
      get: (target, name) =>
        name === 'batch' ? async () => [damaged] : Reflect.get(target, name).bind(target),
    })
    const { app, lines } = createShop({}, broken)
    const headers = { authorization: `Bearer ${key}` }
    const response = await app.request('/orders/ORD-1', { headers })
    expect(response.status).toBe(500)
    expect(Object.fromEntries(response.headers)).toMatchObject(guarded)
    expect(await response.json()).toEqual(
      problem(500, 'internal', 'Internal error. The cause is in the log').body,
    )
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('"event":"internal"')
  })

  it('T45: no key, secret or token appears in the log', async () => {
    const shop = createShop({}, createFaulty(env.DB, ['none', 'none']))
    const token = await order(shop, 'ORD-quiet')
    const impUid = await shop.pay('ORD-quiet')
    await shop.report('ORD-quiet', impUid)
    await shop.control('/faults', { fault: 'unauthorized', times: 'always' })
    await shop.post('/orders/ORD-quiet/cancel', {})
    const log = shop.lines.join('\n')
    expect(log).toContain(impUid)
    for (const secret of [key, token, 'simulator-secret', 'token-secret-of-the-tests']) {
      expect(log).not.toContain(secret)
    }
  })
})

describe('a worker without its settings', () => {
  for (const path of ['/', '/orders', '/payments/webhook', '/nowhere']) {
    it(`T47: responds to ${path} with the settings that are missing and logs the same`, async () => {
      const { app, lines } = createShop({ MODE: ' ', IMP_KEY: '', IMP_SECRET: 'canary secret' })
      const response = await app.request(path, { method: 'POST' })
      const message = 'Missing setting: MODE, IMP_KEY'
      expect(response.status).toBe(500)
      expect(Object.fromEntries(response.headers)).toMatchObject(guarded)
      expect(await response.json()).toEqual(
        problem(500, 'configuration', 'The settings of the server are incomplete', message).body,
      )
      expect(lines).toEqual([
        JSON.stringify({ at: now.toISOString(), event: 'configuration', message }),
      ])
    })
  }
})

describe('an order from checkout to its result page', () => {
  it('is completed by the callback, once, and shown to the buyer with its token', async () => {
    const shop = createShop()
    const token = await order(shop, 'ORD-journey')
    const impUid = await shop.pay('ORD-journey')
    const responses = [
      await shop.report('ORD-journey', impUid),
      await shop.report('ORD-journey', impUid),
    ]
    const complete = { status: 'success', message: 'The payment is complete.', mode: 'test' }
    expect(responses).toEqual([
      { status: 200, body: complete },
      { status: 200, body: complete },
    ])
    expect(completionResponse.safeParse(complete).success).toBe(true)
    const shown = await shop.send('/payments/orders/ORD-journey', {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(shown).toMatchObject({
      status: 200,
      body: { status: 'success', merchant_uid: 'ORD-journey', amount: 64_900 },
    })
    expect(buyerOrderResponse.safeParse(shown.body).success).toBe(true)
  })

  it('redirects a returning phone to the page of the shop', async () => {
    const shop = createShop()
    await order(shop, 'ORD-phone')
    const impUid = await shop.pay('ORD-phone')
    const query = new URLSearchParams({ imp_uid: impUid, merchant_uid: 'ORD-phone' })
    const response = await shop.app.request(`/payments/redirect?${query}`)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('https://shop.example/result/success')
  })

  it('T41: responds the same to an unknown order, a foreign one and a wrong token', async () => {
    const shop = createShop()
    const [mine] = [await order(shop, 'ORD-mine'), await order(shop, 'ORD-foreign')]
    const read = (id: string, authorization: string) =>
      shop.send(`/payments/orders/${id}`, { headers: { authorization } })
    const responses = await Promise.all([
      read('ORD-foreign', `Bearer ${mine}`),
      read('ORD-unknown', `Bearer ${mine}`),
      read('ORD-mine', `Bearer ${mine.slice(0, -1)}`),
      read('ORD-mine', `Bearer ${key}`),
      read('ORD-mine', 'Bearer'),
    ])
    const [first] = responses
    expect(first?.status).toBe(404)
    expect(responses).toEqual(responses.map(() => first))
  })

  it('T43: a wrong token costs no read of the database', async () => {
    let reads = 0
    const counting = new Proxy(env.DB, {
      get(target, name) {
        if (name === 'batch') reads++
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const shop = createShop({}, counting)
    const token = await order(shop, 'ORD-count')
    reads = 0
    const read = (authorization: string) =>
      shop.send('/payments/orders/ORD-count', { headers: { authorization } })
    expect(await read(`Bearer ${token.toUpperCase()}`)).toMatchObject({ status: 404 })
    expect(reads).toBe(0)
    expect(await read(`Bearer ${token}`)).toMatchObject({ status: 200 })
    expect(reads).toBe(1)
  })

  it('has the same token for an order in every isolate, and another under another secret', async () => {
    const token = await order(createShop(), 'ORD-token')
    expect(await order(createShop(), 'ORD-token')).toBe(token)
    const other = { ORDER_TOKEN_SECRET: 'another-secret-of-the-tests' }
    expect(await order(createShop(other), 'ORD-token')).not.toBe(token)
  })
})
