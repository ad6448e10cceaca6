import { describe, expect, it } from 'vitest'
import { createShop } from './app.ts'
import { type OrderFailure, placeOrder } from './place-order.ts'

const config = {
  workerUrl: 'http://pay.test:8787',
  simulatorUrl: 'http://provider.test:8788',
  merchantKey: 'merchant-key',
  userCode: 'imp00000000',
  eventSecret: `whsec_${btoa('the secret of the shop, 32 bytes')}`,
}
const id = '0123456789abcdef0123456789abcdef'
const teapots = { product: 'onggi-teapot', quantity: 2 }

type SentRequest = { url: string; authorization: string | null; body: unknown }

/** A fake payment server that records the requests it receives. */
function fakeWorker(respond: (sent: Record<string, unknown>) => Response | Promise<Response>) {
  const sent: SentRequest[] = []
  const fetch = async (url: string, init: RequestInit) => {
    const request = new Request(url, init)
    const body: Record<string, unknown> = await request.json()
    sent.push({ url, authorization: request.headers.get('authorization'), body })
    return respond(body)
  }
  const proveAge = () => Promise.reject(new TypeError('unexpected age check'))
  return { sent, fetch, newId: () => id, proveAge }
}

const acceptOrder = (sent: Record<string, unknown>) =>
  Response.json({ ...sent, status: 'pending', order_token: 'token-1' }, { status: 201 })

describe('placeOrder()', () => {
  it('sets the price itself and registers the order before it responds to the browser', async () => {
    const deps = fakeWorker(acceptOrder)
    const placed = await placeOrder(teapots, 'ko', config, deps)
    const order = {
      merchant_uid: `ongi-${id}`,
      amount: 178_000,
      currency: 'KRW',
      name: '옹기 다관 × 2',
    }
    expect(placed).toEqual({ ok: true, value: { ...order, order_token: 'token-1' } })
    expect(deps.sent).toEqual([
      { url: 'http://pay.test:8787/orders', authorization: 'Bearer merchant-key', body: order },
    ])
  })

  it('does not read a price, a name or an order number that a browser sends', async () => {
    const deps = fakeWorker(acceptOrder)
    const forged = {
      ...teapots,
      amount: 1,
      price: 1,
      currency: 'USD',
      merchant_uid: 'mine',
      name: '',
    }
    await placeOrder(forged, 'ko', config, deps)
    expect(deps.sent.map(({ body }) => body)).toEqual([
      { merchant_uid: `ongi-${id}`, amount: 178_000, currency: 'KRW', name: '옹기 다관 × 2' },
    ])
  })

  it('sends dollars with cents', async () => {
    const deps = fakeWorker(acceptOrder)
    await placeOrder({ product: 'travellers-gift-box', quantity: 3 }, 'en', config, deps)
    expect(deps.sent.map(({ body }) => body)).toEqual([
      {
        merchant_uid: `ongi-${id}`,
        amount: 193.5,
        currency: 'USD',
        name: 'Bojagi gift box, shipped abroad × 3',
      },
    ])
  })

  it.each([
    ['nothing', null],
    ['no quantity', { product: 'onggi-teapot' }],
    ['none', { ...teapots, quantity: 0 }],
    ['fewer than none', { ...teapots, quantity: -1 }],
    ['a part of one', { ...teapots, quantity: 0.5 }],
    ['more than are sold at once', { ...teapots, quantity: 6 }],
    ['a quantity as text', { ...teapots, quantity: '2' }],
  ])('refuses an order for %s without a request to the payment server', async (_, body) => {
    const deps = fakeWorker(acceptOrder)
    expect([await placeOrder(body, 'ko', config, deps), deps.sent]).toEqual([
      { ok: false, failure: { reason: 'order_malformed' } },
      [],
    ])
  })

  const broken = new TypeError('fetch failed')
  it.each<[string, () => Response, OrderFailure]>([
    [
      'the connection breaks',
      () => {
        throw broken
      },
      { reason: 'worker_unreachable', cause: broken },
    ],
    [
      'the amount cannot be registered',
      () => Response.json({ error: 'busy' }, { status: 503 }),
      { reason: 'amount_not_registered' },
    ],
    [
      'the server fails',
      () => new Response('x', { status: 500 }),
      { reason: 'worker_failed', status: 500 },
    ],
    [
      'the key is wrong',
      () => new Response('x', { status: 401 }),
      { reason: 'worker_refused', status: 401 },
    ],
    [
      'the number is taken',
      () => Response.json({ error: 'order_conflict' }, { status: 409 }),
      { reason: 'worker_refused', status: 409 },
    ],
    [
      'the response is about another order',
      () =>
        Response.json({
          merchant_uid: 'other',
          amount: 178_000,
          currency: 'KRW',
          order_token: 'token-1',
        }),
      { reason: 'worker_response_unexpected' },
    ],
    [
      'the response has another amount',
      () =>
        Response.json({
          merchant_uid: `ongi-${id}`,
          amount: 1,
          currency: 'KRW',
          order_token: 'token-1',
        }),
      { reason: 'worker_response_unexpected' },
    ],
  ])('sells nothing when %s', async (_, respond, failure) => {
    expect(await placeOrder(teapots, 'ko', config, fakeWorker(respond))).toEqual({
      ok: false,
      failure,
    })
  })
})

describe('POST /api/orders', () => {
  async function order(init: RequestInit, respond = acceptOrder) {
    const reported: string[] = []
    const app = createShop(config, {
      ...fakeWorker(respond),
      assets: new Map(),
      report: ({ reason }) => reported.push(reason),
    })
    const response = await app.request('/api/orders', { method: 'POST', ...init })
    const body: unknown = await response.json()
    return { status: response.status, cache: response.headers.get('cache-control'), body, reported }
  }
  const json = (body: unknown, language = 'ko') => ({
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify(body),
  })

  it('returns the order, its amount and its token', async () => {
    expect(await order(json(teapots, 'en'))).toEqual({
      status: 201,
      cache: 'no-store',
      body: {
        merchant_uid: `ongi-${id}`,
        amount: 178_000,
        currency: 'KRW',
        name: 'Onggi teapot × 2',
        order_token: 'token-1',
      },
      reported: [],
    })
  })

  it('T39: reads no order from a form of a foreign page', async () => {
    const body = new URLSearchParams({ product: 'onggi-teapot', quantity: '1' })
    const text = { headers: { 'content-type': 'text/plain' }, body: JSON.stringify(teapots) }
    expect([(await order({ body })).status, (await order(text)).status]).toEqual([400, 400])
  })

  it('reports an unknown product in Korean or English', async () => {
    const unknown = { product: 'moon', quantity: 1 }
    const responses = [await order(json(unknown, 'ko')), await order(json(unknown, 'en'))]
    expect(responses.map(({ status, body }) => [status, body])).toEqual([
      [404, { error: 'product_unknown', message: '상품을 찾을 수 없습니다.' }],
      [404, { error: 'product_unknown', message: 'Product not found.' }],
    ])
  })

  it('asks the buyer to try again, and reports the reason to the operator, when the payment server is busy', async () => {
    expect(await order(json(teapots), () => new Response(null, { status: 503 }))).toEqual({
      status: 503,
      cache: 'no-store',
      body: {
        error: 'amount_not_registered',
        message: '지금은 결제 금액을 등록할 수 없습니다. 잠시 뒤 다시 시도해 주세요.',
      },
      reported: ['amount_not_registered'],
    })
  })
})
