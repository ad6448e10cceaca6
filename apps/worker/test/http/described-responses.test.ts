import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { findUndescribed } from '../fixtures/description.ts'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createShop, key } from '../fixtures/merchant.ts'

type Shop = ReturnType<typeof createShop>

/** Sends a request as it is, and returns its status once its response was compared with the description. */
const statusOf = async (
  { app }: Pick<Shop, 'app'>,
  method: string,
  path: string,
  init: RequestInit = {},
): Promise<number> => {
  const response = await app.request(path, { method, ...init })
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  expect(findUndescribed(method, path, { status: response.status, body })).toBeNull()
  return response.status
}
const json = { 'content-type': 'application/json' }
const asMerchant = { authorization: `Bearer ${key}`, ...json }
const order = JSON.stringify({ merchant_uid: 'D-1', amount: 64_900, currency: 'KRW' })
const ids = JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'D-1' })
const large = 'x'.repeat(65 * 1024)
const away = () => createShop({}, createFaulty(env.DB, Array(4).fill('before')))
const limited = (): Shop => {
  const refuseAll = { limit: async () => ({ success: false }) }
  return createShop({}, undefined, { completionLimit: refuseAll })
}

describe('the description of the API', () => {
  for (const [what, method, path, init, status] of [
    [
      'a foreign page',
      'POST',
      '/payments/complete',
      { headers: { ...json, origin: 'https://evil.example' }, body: ids },
      403,
    ],
    [
      'a foreign page',
      'GET',
      '/payments/orders/D-1',
      { headers: { origin: 'https://evil.example' } },
      403,
    ],
    ['no body', 'POST', '/payments/complete', {}, 415],
    ['a body that cannot be read', 'POST', '/payments/webhook', { headers: json, body: '{' }, 400],
    ['a large body', 'POST', '/payments/confirm', { headers: json, body: large }, 413],
    ['an unknown order', 'POST', '/payments/complete', { headers: json, body: ids }, 409],
    ['an unknown order', 'POST', '/payments/webhook', { headers: json, body: ids }, 503],
    ['an unknown order', 'POST', '/payments/confirm', { headers: json, body: ids }, 409],
    ['no token', 'GET', '/payments/orders/D-1', {}, 404],
    ['a return', 'GET', '/payments/redirect?imp_uid=imp_1&merchant_uid=D-1', {}, 303],
    ['a return', 'POST', '/payments/redirect', { headers: json, body: ids }, 303],
    ['no key', 'POST', '/orders', { headers: json, body: order }, 401],
    [
      'another media type',
      'POST',
      '/orders',
      { headers: { authorization: `Bearer ${key}` }, body: order },
      415,
    ],
    ['a large body', 'POST', '/orders', { headers: asMerchant, body: large }, 413],
    ['a wrong query', 'GET', '/events?state=none', { headers: asMerchant }, 400],
    ['a wrong query', 'GET', '/reconciliation-issues?limit=0', { headers: asMerchant }, 400],
    ['an unknown issue', 'GET', '/reconciliation-issues/none', { headers: asMerchant }, 404],
    ['an unknown issue', 'POST', '/reconciliation-issues/none/close', { headers: asMerchant }, 404],
    ['nothing wrong', 'GET', '/healthz', {}, 200],
    ['nothing wrong', 'GET', '/readyz', {}, 200],
  ] as const) {
    it(`has the ${status} of ${method} ${path} with ${what}`, async () => {
      expect(await statusOf(createShop(), method, path, init)).toBe(status)
    })
  }

  it('has the 408 of a body that does not end', async () => {
    for (const path of ['/payments/complete', '/payments/webhook', '/payments/confirm']) {
      const failed = { status: 408, body: { status: 'invalid', error: 'body_too_slow' } }
      expect(findUndescribed('POST', path, failed)).toBeNull()
    }
  })

  it('has the 429 of an address with too many requests, and no buyer who returns reads it', async () => {
    const shop = limited()
    const headers = { ...json, 'CF-Connecting-IP': '198.51.100.7' }
    for (const [method, path, status] of [
      ['POST', '/payments/complete', 429],
      ['GET', '/payments/complete', 303],
      ['GET', '/payments/redirect', 303],
      ['POST', '/payments/redirect', 303],
      ['POST', '/payments/webhook', 429],
      ['POST', '/payments/confirm', 429],
      ['GET', '/payments/orders/D-1', 429],
    ] as const) {
      expect(await statusOf(shop, method, path, { headers })).toBe(status)
    }
  })

  it('has the 503 of a buyer whose order cannot be read, which says that nothing is known', async () => {
    const { body } = await createShop().post('/orders', JSON.parse(order))
    const headers = { authorization: `Bearer ${String(body['order_token'])}` }
    expect(await statusOf(away(), 'GET', '/payments/orders/D-1', { headers })).toBe(503)
    expect(await statusOf(createShop(), 'GET', '/payments/orders/D-1', { headers })).toBe(200)
  })

  it('has the 503 of a confirmation and of the merchant API while the database is away', async () => {
    const fromProvider = { ...json, 'CF-Connecting-IP': '52.78.100.19' }
    expect(
      await statusOf(away(), 'POST', '/payments/confirm', { headers: fromProvider, body: ids }),
    ).toBe(503)
    expect(await statusOf(away(), 'GET', '/orders/D-1', { headers: asMerchant })).toBe(503)
    expect(await statusOf(away(), 'GET', '/orders/D-1/cancels', { headers: asMerchant })).toBe(503)
    expect(await statusOf(away(), 'POST', '/events/A:1/replay', { headers: asMerchant })).toBe(503)
  })

  it('has the 500 of a server without its settings, and its readiness', async () => {
    const shop = createShop({ IMP_KEY: '' })
    expect(await statusOf(shop, 'POST', '/payments/webhook', { headers: json, body: ids })).toBe(
      500,
    )
    expect(await statusOf(shop, 'POST', '/orders', { headers: asMerchant, body: order })).toBe(500)
    expect(await statusOf(shop, 'GET', '/readyz')).toBe(503)
  })
})
