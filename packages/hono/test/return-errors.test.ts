import type { MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createFixture, pages, shop } from './completion-fixture.ts'

const toPending = { status: 303, location: pages.pending, type: null }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const ids = 'imp_uid=imp_1&merchant_uid=ORD-1'

const seen = async (response: Response | Promise<Response>) => {
  const { status, headers } = await response
  return { status, location: headers.get('location'), type: headers.get('content-type') }
}

/** Each way in which a buyer returns. */
const returns: readonly (readonly [string, string, RequestInit])[] = [
  ['GET /payments/redirect', `/payments/redirect?${ids}`, {}],
  ['HEAD /payments/redirect', `/payments/redirect?${ids}`, { method: 'HEAD' }],
  ['POST /payments/redirect', '/payments/redirect', { method: 'POST', body: ids, headers: form }],
  ['GET /payments/complete', `/payments/complete?${ids}`, {}],
  [
    'a form that a browser posts to /payments/complete',
    '/payments/complete',
    { method: 'POST', body: ids, headers: { ...form, 'sec-fetch-mode': 'navigate' } },
  ],
]

describe('T91: a buyer who returns sees a page of the shop', () => {
  const refuse: MiddlewareHandler = async (c) =>
    c.json({ status: 'pending' }, 429, { 'Retry-After': '60' })

  it.each(returns)('by %s, beyond the limit of the address', async (_title, path, init) => {
    const { app, lookups } = createFixture({ rateLimit: refuse })
    expect(await seen(app.request(path, init))).toEqual(toPending)
    expect(await lookups()).toBe(0)
  })

  it.each(returns)('by %s, when the store throws', async (_title, path, init) => {
    const { store } = createFixture()
    const find = async () => {
      throw new Error('no such table: orders')
    }
    const errors: string[] = []
    const app = new Hono()
      .onError((error, c) => {
        errors.push(error.message)
        return c.json({ reason: 'internal' }, 500)
      })
      .route('/', createFixture({ store: { ...store, find } }).app)
    expect(await seen(app.request(path, init))).toEqual(toPending)
    expect(errors).toEqual(['no such table: orders'])
  })

  it.each([
    ['POST', 'complete'],
    ['GET', 'orders/ORD-1'],
    ['POST', 'webhook'],
    ['POST', 'confirm'],
  ])('while a program at %s /payments/%s reads the refusal', async (method, route) => {
    const { app } = createFixture({
      rateLimit: refuse,
      findForBuyer: async (merchantUid) => ({
        ok: false,
        failure: { reason: 'order_unknown', merchantUid },
      }),
    })
    const headers = { 'content-type': 'application/json', origin: shop }
    const init = method === 'POST' ? { method, body: '{}', headers } : { headers }
    const response = await app.request(`/payments/${route}`, init)
    expect([response.status, await response.json()]).toEqual([429, { status: 'pending' }])
    // The pages of the shop can read why.
    const isOfBuyer = route === 'complete' || route.startsWith('orders')
    expect(response.headers.get('access-control-allow-origin')).toBe(isOfBuyer ? shop : null)
  })

  it('but another method is refused as such', async () => {
    const { app } = createFixture()
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect((await app.request('/payments/redirect', { method })).status).toBe(405)
    }
  })
})
