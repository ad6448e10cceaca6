import { describe, expect, it } from 'vitest'
import { createShop } from './app.ts'

const config = {
  workerUrl: 'http://pay.test:8787',
  simulatorUrl: 'http://provider.test:8788',
  merchantKey: 'merchant-key',
  userCode: 'imp00000000',
  eventSecret: `whsec_${btoa('the secret of the shop, 32 bytes')}`,
}
const teapots = { product: 'onggi-teapot', quantity: 2 }
const visitor = '0123456789abcdef0123456789abcdef'

/** A shop whose payment server says of every order that it has the given status. */
function createTestShop(readStatus: () => Response | Promise<Response>) {
  const requests: string[] = []
  const reported: string[] = []
  let ids = 0
  const app = createShop(config, {
    fetch: async (url, init) => {
      requests.push(`${init.method} ${new URL(url).pathname}`)
      if (init.method === 'GET') return readStatus()
      const sent: Record<string, unknown> = await new Request(url, init).json()
      return Response.json({ ...sent, order_token: `token of ${String(sent['merchant_uid'])}` })
    },
    newId: () => `abcdef000000000${++ids}`,
    assets: new Map(),
    report: ({ reason }) => reported.push(reason),
  })
  const order = async (body: unknown, cookie = `visitor=${visitor}`) => {
    const response = await app.request('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', cookie },
      body: JSON.stringify(body),
    })
    const read: Record<string, unknown> = await response.json()
    return { status: response.status, body: read }
  }
  return { app, order, requests, reported }
}

const status = (name: string) => () => Response.json({ status: name })

const first = {
  merchant_uid: 'ongi-abcdef0000000001',
  amount: 178_000,
  currency: 'KRW',
  name: 'Onggi teapot × 2',
  order_token: 'token of ongi-abcdef0000000001',
}

describe('T78: a second checkout of the same basket', () => {
  it.each([
    ['pending', 'pending'],
    ['vbank_issued', 'vbankIssued'],
  ])('while the first order is %s creates nothing, and names that order', async (stored, shown) => {
    const { order, requests, reported } = createTestShop(status(stored))
    await order(teapots)
    expect(await order(teapots)).toEqual({
      status: 409,
      body: {
        error: 'order_open',
        message: 'You already have an order of the same product',
        order: first,
        status: shown,
      },
    })
    expect(requests).toEqual(['POST /orders', 'GET /orders/ongi-abcdef0000000001'])
    expect(reported).toEqual([])
  })

  it('creates another order when the buyer asks for one', async () => {
    const { order, requests } = createTestShop(status('pending'))
    await order(teapots)
    const second = await order({ ...teapots, start_another: true })
    expect([second.status, second.body['merchant_uid']]).toEqual([201, 'ongi-abcdef0000000002'])
    expect(requests).toEqual(['POST /orders', 'POST /orders'])
    const third = await order(teapots)
    expect(third.body['order']).toMatchObject({ merchant_uid: 'ongi-abcdef0000000002' })
  })

  it('after the first has failed pays the same order, so that no second payment can arise', async () => {
    const { order } = createTestShop(status('failed'))
    expect(await order(teapots)).toEqual({ status: 201, body: first })
    expect(await order(teapots)).toEqual({ status: 201, body: first })
  })

  it.each(['paid', 'partially_cancelled', 'cancelled', 'expired'])(
    'after the first is %s is another order',
    async (stored) => {
      const { order } = createTestShop(status(stored))
      await order(teapots)
      const second = await order(teapots)
      expect([second.status, second.body['merchant_uid']]).toEqual([201, 'ongi-abcdef0000000002'])
    },
  )

  it('after the payment server has forgotten the first is another order', async () => {
    const { order } = createTestShop(() => new Response('{}', { status: 404 }))
    await order(teapots)
    expect((await order(teapots)).body['merchant_uid']).toBe('ongi-abcdef0000000002')
  })

  it.each([
    [
      'does not respond',
      () => Promise.reject(new TypeError('no connection')),
      503,
      'worker_unreachable',
    ],
    ['fails', () => new Response('x', { status: 500 }), 503, 'worker_failed'],
    ['is busy', () => new Response('x', { status: 503 }), 503, 'amount_not_registered'],
    ['returns a status nobody knows', status('held'), 502, 'worker_response_unexpected'],
  ])('while the payment server %s creates nothing', async (_, respond, code, error) => {
    const { order, requests, reported } = createTestShop(respond)
    await order(teapots)
    const second = await order(teapots)
    expect([second.status, second.body['error']]).toEqual([code, error])
    expect(requests).toEqual(['POST /orders', 'GET /orders/ongi-abcdef0000000001'])
    expect(reported).toEqual([error])
  })

  it('of another quantity, another product or another visitor is another order', async () => {
    const { order, requests } = createTestShop(status('pending'))
    await order(teapots)
    await order({ ...teapots, quantity: 3 })
    await order({ ...teapots, product: 'ujeon-green-tea' })
    await order(teapots, 'visitor=fedcba9876543210fedcba9876543210')
    expect(requests).toEqual(Array.from({ length: 4 }, () => 'POST /orders'))
  })

  it.each(['', 'visitor=', 'visitor=x', 'visitor=<script>'])(
    'by a browser with the cookie "%s" finds no other visitor’s order',
    async (cookie) => {
      const { order } = createTestShop(status('pending'))
      await order(teapots, cookie)
      expect((await order(teapots, cookie)).status).toBe(201)
    },
  )
})

describe('the checkout page', () => {
  it('gives a new visitor an id that no script can read, and keeps it', async () => {
    const { app } = createTestShop(status('pending'))
    const cookieOf = async (headers: Record<string, string>) =>
      (await app.request('/checkout/onggi-teapot', { headers })).headers.get('set-cookie')
    expect(await cookieOf({})).toBe(
      'visitor=abcdef0000000001abcdef0000000002; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax',
    )
    expect(await cookieOf({ cookie: `visitor=${visitor}` })).toBeNull()
  })
})

describe('the result page', () => {
  /** The actions a view offers, by the view's name. */
  async function actionsOf(view: string) {
    const { app } = createTestShop(status('pending'))
    const text = await (await app.request('/result/pending?lang=ko')).text()
    const section = text.split('data-view="').find((part) => part.startsWith(`${view}"`)) ?? ''
    const end = section.indexOf('</section>')
    return [
      ...section
        .slice(0, end)
        .matchAll(/(?:data-link="(again)"|data-(check)|href="(\/orders|\/)")/g),
    ]
      .map(([, again, check, link]) => again ?? check ?? link)
      .filter((name, index, all) => name !== '/' || all[index - 1] !== 'again')
  }

  it.each([
    ['pending', ['check', '/orders']],
    ['unpaid', ['check', '/orders', '/']],
    ['unknown', ['/orders', '/']],
    ['unreachable', ['check', '/orders']],
    ['forgery', ['check', '/orders', '/']],
    ['checking', []],
    ['vbank', ['check', '/orders']],
    ['failed', ['again', '/orders']],
    ['expired', ['/orders', 'again']],
  ])('T78: in its view %s offers %o', async (view, actions) => {
    expect(await actionsOf(view)).toEqual(actions)
  })
})
