import { responseHeaders } from '@quayside/hono'
import { Hono, type MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { describe, expect, it } from 'vitest'
import { createFixture, shop } from './completion-fixture.ts'

// The shop's own middleware sets headers in front of the routes, behind them, or as their limit.

const before: MiddlewareHandler = async (c, next) => {
  c.header('RateLimit-Limit', '5')
  c.header('Vary', 'Cookie')
  c.header('Set-Cookie', 'a=1', { append: true })
  c.header('Set-Cookie', 'b=2', { append: true })
  await next()
}
const after: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('RateLimit-Limit', '5')
}

async function post(app: Pick<Hono, 'request'>, path: string) {
  const { headers } = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: shop },
    body: '{}',
  })
  return {
    vary: headers.get('vary'),
    limit: headers.get('ratelimit-limit'),
    cookies: headers.getSetCookie(),
    shared: headers.get('access-control-allow-origin'),
    cache: headers.get('cache-control'),
    type: headers.get('content-type'),
  }
}

const ours = { shared: shop, cache: 'no-store', type: 'application/json' }

describe('a header that middleware of the shop sets', () => {
  it.each([
    ['the limit of the routes', () => createFixture({ rateLimit: before }).app],
    ['middleware of the app that mounts them', () => mount(before)],
    ['middleware behind responseHeaders', () => mount(responseHeaders, before)],
  ])('before the response, by %s, is there beside ours', async (_, create) => {
    const given = { limit: '5', cookies: ['a=1', 'b=2'] }
    expect(await post(create(), '/payments/complete')).toEqual({
      ...ours,
      ...given,
      vary: 'Cookie, Origin',
    })
    expect(await post(create(), '/payments/webhook')).toEqual({
      ...ours,
      ...given,
      shared: null,
      vary: 'Cookie',
    })
  })

  it.each([
    ['the limit of the routes', () => createFixture({ rateLimit: after }).app],
    ['middleware of the app that mounts them', () => mount(after)],
    ['middleware behind responseHeaders', () => mount(responseHeaders, after)],
  ])('after the response, by %s, is there, and ours are there once', async (_, create) => {
    const expected = { ...ours, limit: '5', cookies: [], vary: 'Origin' }
    expect(await post(create(), '/payments/complete')).toEqual(expected)
  })

  it('on the response itself leaves ours there once', async () => {
    const app = mount(requestId({ generator: () => 'id-1' }), cors())
    const expected = { ...ours, limit: null, cookies: [], vary: 'Origin' }
    expect(await post(app, '/payments/complete')).toEqual(expected)
    const { headers } = await app.request('/payments/webhook', { method: 'POST' })
    expect(headers.get('x-request-id')).toBe('id-1')
  })
})

function mount(...middleware: readonly MiddlewareHandler[]): Hono {
  const app = new Hono()
  for (const each of middleware) app.use(each)
  return app.route('/', createFixture().app)
}
