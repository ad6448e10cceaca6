import { createServer } from '@quayside/server'
import { createClock, createSimulator } from '@quayside/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSqliteStore } from '../../src/index.ts'
import { createSqliteFile } from '../databases.ts'
import { apiKey, config, eventUrl } from '../server-config.ts'

const at = new Date('2026-11-28T03:00:00.000Z')
const order = { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW', name: '티셔츠' }
const buyer = { tel: '01012345678' }
const pay_methods = [{ pg: 'kcp', pay_method: 'card', label: '카드' }]

/** A server on SQLite and its provider, whose requests of the link service can fail. */
async function createShop(
  settings: { readonly userCode: string | null } = { userCode: 'imp00000000' },
) {
  const file = await createSqliteFile()
  onTestFinished(() => file.remove())
  const database = file.connect()
  const clock = createClock({ at })
  const simulator = createSimulator({ clock })
  const provider = {
    respond: null as ((request: Request) => Response) | null,
    asked: [] as string[],
    onBody: (_payment: unknown) => {},
  }
  const server = createServer({
    config: { ...config, ...settings, publicUrl: 'https://pay.shop.example' },
    store: createSqliteStore(database, { now: () => clock.now() }),
    async fetch(request) {
      if (request.url === eventUrl) return new Response(null, { status: 204 })
      const { pathname } = new URL(request.url)
      if (!pathname.includes('/link/')) return simulator.fetch(request)
      provider.asked.push(`${request.method} ${pathname}`)
      if (request.method === 'POST') {
        const { payment_info } = (await request.clone().json()) as { readonly payment_info: string }
        provider.onBody(JSON.parse(payment_info))
      }
      return provider.respond?.(request) ?? simulator.fetch(request)
    },
    now: () => clock.now(),
    random: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal === undefined) resolve()
        else signal.addEventListener('abort', () => reject(signal.reason))
      }),
    log: () => undefined,
  })
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await server.app.request(path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const pass = async (ms: number) => {
    await clock.set(new Date(clock.now().getTime() + ms))
    await server.runJobs('* * * * *')
  }
  const pay = async () => {
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: order.merchant_uid, amount: order.amount, pay_method: 'card' },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    await simulator.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
  }
  return { app: server.app, database, provider, send, pass, pay }
}

type Shop = Awaited<ReturnType<typeof createShop>>

const create = (shop: Shop, more: object = {}) =>
  shop.send('POST', '/orders/ORD-1/payment-links', { buyer, pay_methods, ...more })
const list = async (shop: Shop) =>
  (await shop.send('GET', '/orders/ORD-1/payment-links')).body['payment_links']

describe('a payment link', () => {
  it('is created for an order that can be paid, read, and closed once', async () => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    const created = await create(shop, {
      title: '가을 주문',
      language: 'ko',
      expires_in_hours: 2,
    })
    const link = {
      id: expect.stringMatching(/^[\w-]+$/),
      merchant_uid: 'ORD-1',
      url: expect.stringMatching(/^https?:/),
      state: 'open',
      expires_at: '2026-11-28T05:00:00.000Z',
      created_at: '2026-11-28T03:00:00.000Z',
      closed_at: null,
    }
    expect(created).toEqual({ status: 201, body: link })
    expect(await list(shop)).toEqual([created.body])
    const id = String(created.body['id'])
    const closed = {
      ...created.body,
      state: 'closed_by_merchant',
      closed_at: '2026-11-28T03:00:00.000Z',
    }
    for (let times = 0; times < 2; times++) {
      expect(await shop.send('POST', `/payment-links/${id}/close`)).toEqual({
        status: 200,
        body: closed,
      })
    }
    expect(shop.provider.asked).toEqual([
      'POST /api/supplements/v1/link/payment',
      `PUT /api/supplements/v1/link/payment/${id}`,
    ])
  })

  it('T180: is closed by itself after its order was closed, and stays open while the order can be paid', async () => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    await create(shop)
    await shop.pass(60_000)
    expect(await list(shop)).toMatchObject([{ state: 'open' }])
    expect((await shop.send('POST', '/orders/ORD-1/cancel', {})).status).toBe(200)
    shop.provider.respond = () => new Response(null, { status: 502 })
    await shop.pass(60_000)
    expect(await list(shop)).toMatchObject([{ state: 'open' }])
    shop.provider.respond = null
    await shop.pass(120_000)
    expect(await list(shop)).toMatchObject([
      { state: 'order_closed', closed_at: '2026-11-28T03:04:00.000Z' },
    ])
    expect(await create(shop)).toMatchObject({
      status: 409,
      body: { error: 'order_not_open', detail: 'cancelled' },
    })
  })

  it('is closed by itself after its order was paid', async () => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    await create(shop)
    await shop.pay()
    await shop.pass(10 * 60_000)
    await shop.pass(10 * 60_000)
    expect(await list(shop)).toMatchObject([{ state: 'order_closed' }])
  })

  it('is marked when it has expired, without a call', async () => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    await create(shop, { expires_in_hours: 1 })
    await shop.pass(2 * 3_600_000)
    expect(await list(shop)).toMatchObject([{ state: 'expired' }])
    expect(shop.provider.asked).toHaveLength(1)
  })

  it('T180: tells nothing about the buyer in the database', async () => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    await create(shop, { buyer: { tel: '01012345678', name: '김가상', email: 'kim@shop.example' } })
    const rows = shop.database.prepare('SELECT * FROM payment_links').all()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/01012345678|김가상|kim@/)
  })

  const refusals: readonly (readonly [string, object, number, object])[] = [
    ['without a buyer', { buyer: undefined }, 400, { error: 'request_invalid', detail: 'buyer' }],
    ['without a method', { pay_methods: [] }, 400, { detail: 'pay_methods' }],
    ['for no time', { expires_in_hours: 0 }, 400, { detail: 'expires_in_hours' }],
    ['for a year', { expires_in_hours: 8_760 }, 400, { detail: 'expires_in_hours' }],
    ['with a misspelt name', { titel: 'x' }, 400, { detail: 'titel' }],
  ]
  it.each(refusals)('is refused %s', async (_, more, status, body) => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    expect(await create(shop, more)).toMatchObject({ status, body })
    expect(shop.provider.asked).toEqual([])
  })

  it('has the tax-free part of its order, and is refused for one with a VAT', async () => {
    const shop = await createShop()
    const sent: unknown[] = []
    shop.provider.respond = () => Response.json({ shortenedUrl: 'https://impay.link/0a1b2c3d' })
    shop.provider.onBody = (body) => sent.push(body)
    await shop.send('POST', '/orders', { ...order, tax_free: 20_000 })
    expect((await create(shop)).status).toBe(201)
    expect(sent).toEqual([expect.objectContaining({ amount: 64_900, tax_free: 20_000 })])
    const taxed = { ...order, merchant_uid: 'ORD-2', vat_amount: 4_081 }
    await shop.send('POST', '/orders', taxed)
    expect(
      await shop.send('POST', '/orders/ORD-2/payment-links', { buyer, pay_methods }),
    ).toMatchObject({ status: 409, body: { error: 'link_without_vat' } })
  })

  it('T180: needs the key of the merchant', async () => {
    const { app } = await createShop()
    for (const [method, path] of [
      ['POST', '/orders/ORD-1/payment-links'],
      ['GET', '/orders/ORD-1/payment-links'],
      ['POST', '/payment-links/0a1b/close'],
    ] as const) {
      expect((await app.request(path, { method })).status).toBe(401)
    }
  })

  it('is unknown for an order or an id that is unknown', async () => {
    const shop = await createShop()
    expect(await create(shop)).toMatchObject({ status: 404, body: { error: 'order_unknown' } })
    expect(await shop.send('POST', '/payment-links/0a1b/close')).toMatchObject({
      status: 404,
      body: { error: 'payment_link_unknown' },
    })
  })

  it('needs the merchant code', async () => {
    const shop = await createShop({ userCode: null })
    await shop.send('POST', '/orders', order)
    expect(await create(shop)).toMatchObject({
      status: 500,
      body: { error: 'configuration', detail: 'Missing setting: USER_CODE' },
    })
  })

  it('says what the provider says when it refuses, and that its answer is missing', async () => {
    const shop = await createShop()
    await shop.send('POST', '/orders', order)
    const refusal = Response.json({ message: 'user_code is unknown' }, { status: 400 })
    shop.provider.respond = () => refusal.clone()
    expect(await create(shop)).toMatchObject({
      status: 409,
      body: { error: 'link_refused', detail: 'user_code is unknown' },
    })
    shop.provider.respond = () => new Response('gateway', { status: 502 })
    expect(await create(shop)).toMatchObject({
      status: 503,
      body: { error: 'provider_unavailable' },
    })
    for (const body of [
      {},
      { shortenedUrl: 'javascript:alert(1)' },
      { shortenedUrl: 'https://x/' },
    ]) {
      shop.provider.respond = () => Response.json(body)
      expect(await create(shop)).toMatchObject({ status: 503 })
    }
    expect(await list(shop)).toEqual([])
  })
})
