import { describe, expect, it } from 'vitest'
import { createShop, type ShopDeps } from './app.ts'

const config = {
  workerUrl: 'http://pay.test:8787',
  simulatorUrl: 'http://provider.test:8788',
  merchantKey: 'merchant-key-nobody-may-see',
  userCode: 'imp00000000',
  eventSecret: `whsec_${btoa('secret-nobody-may-see-of-the-shop')}`,
}

/** A shop with the requests it sent to the payment server and the failures it reported to its operator. */
function createTestShop(respond: () => Response | Promise<Response> = unexpectedRequest) {
  const requests: { url: string; authorization: string | null; body: unknown }[] = []
  const reported: string[] = []
  const deps: ShopDeps = {
    fetch: async (url, init) => {
      const request = new Request(url, init)
      const authorization = request.headers.get('authorization')
      requests.push({ url, authorization, body: await request.json() })
      return respond()
    },
    newId: () => '0123456789abcdef0123456789abcdef',
    assets: new Map([
      ['page.js', { body: new TextEncoder().encode('export {}'), type: 'text/javascript' }],
    ]),
    report: ({ reason }) => reported.push(reason),
  }
  return { app: createShop(config, deps), requests, reported }
}

function unexpectedRequest(): Response {
  throw new TypeError('Unexpected request to the payment server')
}

const pages = [
  ['/', 200],
  ['/orders', 200],
  ['/checkout/onggi-teapot', 200],
  ['/checkout/travellers-gift-box', 200],
  ['/checkout/pine-shoot-wine', 200],
  ['/subscribe/tea-of-the-month', 200],
  ['/subscription', 200],
  ['/subscribe/nothing-of-the-kind', 404],
  ['/result/success', 200],
  ['/result/vbank', 200],
  ['/result/failed', 200],
  ['/result/pending', 200],
  ['/result/cancelled', 200],
  ['/checkout/nothing-of-the-kind', 404],
  ['/result/whatever', 404],
  ['/assets/secrets.js', 404],
  ['/nowhere', 404],
] as const

describe('every page', () => {
  it.each(pages)(
    'T44: %s returns %i, cannot be framed and is stored by no cache',
    async (path, status) => {
      const response = await createTestShop().app.request(path)
      const header = (name: string) => response.headers.get(name)
      expect({
        status: response.status,
        policy: header('content-security-policy'),
        opener: header('cross-origin-opener-policy'),
        frame: header('x-frame-options'),
        sniff: header('x-content-type-options'),
        referrer: header('referrer-policy'),
        cache: header('cache-control'),
        type: header('content-type'),
      }).toEqual({
        status,
        policy:
          "default-src 'none'; script-src 'self' http://provider.test:8788; style-src 'self'; " +
          "img-src 'self' data:; connect-src 'self' http://pay.test:8787 http://provider.test:8788; " +
          "frame-src http://provider.test:8788; form-action 'self' http://provider.test:8788; " +
          "base-uri 'none'; frame-ancestors 'none'",
        opener: 'same-origin-allow-popups',
        frame: 'DENY',
        sniff: 'nosniff',
        referrer: 'no-referrer',
        cache: 'no-store',
        type: 'text/html; charset=UTF-8',
      })
    },
  )

  it.each(pages)(
    'T37: %s contains no inline script, no inline handler and no secret',
    async (path) => {
      const text = await (await createTestShop().app.request(path)).text()
      expect(text.match(/<script(?![^>]* src=)|<style| on[a-z]+=| style=/g)).toBeNull()
      expect(text).not.toContain(config.merchantKey)
      expect(text).not.toContain(config.eventSecret)
    },
  )

  it.each([
    ['ko', '/?lang=ko', {}],
    ['en', '/?lang=en', { 'accept-language': 'ko' }],
    ['ko', '/', {}],
    ['en', '/', { 'accept-language': 'en-GB,en;q=0.9,ko;q=0.1' }],
    ['ko', '/', { 'accept-language': 'fr,ko;q=0.5' }],
    ['ko', '/', { 'accept-language': 'en', cookie: 'language=ko' }],
    ['en', '/nowhere', { 'accept-language': 'en' }],
  ])('is in %s at %s with %o', async (language, path, headers) => {
    const text = await (await createTestShop().app.request(path, { headers })).text()
    expect(text.match(/<html lang="(..)"/)?.[1]).toBe(language)
  })

  it('remembers a chosen language, and only a chosen one', async () => {
    const { app } = createTestShop()
    const chosen = await app.request('/orders?lang=en')
    const guessed = await app.request('/orders', { headers: { 'accept-language': 'en' } })
    expect([chosen.headers.get('set-cookie'), guessed.headers.get('set-cookie')]).toEqual([
      'language=en; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax',
      null,
    ])
  })

  it('keeps the query of the page when the language is switched', async () => {
    const text = await (
      await createTestShop().app.request('/result/success?order=ongi-1&lang=ko')
    ).text()
    expect(text).toContain('href="?order=ongi-1&amp;lang=en"')
  })

  it('T37: writes a query as text, never as markup', async () => {
    const path =
      '/result/failed?order="><script>alert(1)</script>&error_msg=<img src=x onerror=alert(1)>'
    const text = await (await createTestShop().app.request(path)).text()
    expect(text).not.toMatch(/<script>|<img/)
  })
})

describe('the catalog and the checkout', () => {
  it('shows seven products and a subscription with their prices in the format of the language', async () => {
    const { app } = createTestShop()
    const prices = async (path: string) =>
      [...(await (await app.request(path)).text()).matchAll(/class="price">([^<]+)</g)].map(
        ([, price]) => price,
      )
    expect([await prices('/?lang=ko'), await prices('/?lang=en')]).toEqual([
      [
        '32,000원',
        '24,000원',
        '48,000원',
        '89,000원',
        '56,000원',
        '42,000원',
        'US$64.50',
        '19,000원',
      ],
      ['₩32,000', '₩24,000', '₩48,000', '₩89,000', '₩56,000', '₩42,000', '$64.50', '₩19,000'],
    ])
  })

  it('offers a virtual account for won and not for dollars', async () => {
    const { app } = createTestShop()
    const methods = async (product: string) =>
      [
        ...(await (await app.request(`/checkout/${product}`)).text()).matchAll(
          /"pay_method" value="(\w+)"/g,
        ),
      ].map(([, method]) => method)
    expect([await methods('onggi-teapot'), await methods('travellers-gift-box')]).toEqual([
      ['card', 'vbank'],
      ['card'],
    ])
  })

  it('disables the pay button until its script has loaded', async () => {
    const text = await (await createTestShop().app.request('/checkout/onggi-teapot')).text()
    expect(text).toMatch(/<button[^>]*data-pay[^>]* disabled/)
  })
})

describe('GET /assets', () => {
  it('serves a listed file, and 304 when it has not changed', async () => {
    const { app } = createTestShop()
    const first = await app.request('/assets/page.js')
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const second = await app.request('/assets/page.js', { headers })
    expect([
      first.status,
      await first.text(),
      first.headers.get('cache-control'),
      second.status,
    ]).toEqual([200, 'export {}', 'no-cache', 304])
  })
})

describe('an unexpected error', () => {
  it('T45: is reported to the operator and shown to the visitor without its cause', async () => {
    const { app, reported } = createTestShop()
    app.get('/broken', () => {
      throw new TypeError(`The key was ${config.merchantKey}`)
    })
    const response = await app.request('/broken')
    const text = await response.text()
    expect([response.status, text.includes(config.merchantKey), reported]).toEqual([
      500,
      false,
      ['internal'],
    ])
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})
