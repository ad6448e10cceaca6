import { describe, expect, it } from 'vitest'
import { createShop } from './app.ts'

const config = {
  workerUrl: 'http://pay.test:8787',
  simulatorUrl: 'http://provider.test:8788',
  merchantKey: 'merchant-key',
  userCode: 'imp00000000',
  eventSecret: `whsec_${btoa('the secret of the shop, 32 bytes')}`,
}
const visitor = '0123456789abcdef0123456789abcdef'
const stranger = 'fedcba9876543210fedcba9876543210'
const key = (customer_uid: string, status = 'registered', customer_id = visitor) => ({
  customer_uid,
  customer_id,
  status,
  card_name: '신한카드',
  fail_reason: status === 'failed' ? '한도초과' : null,
})
const subscription = (id: string, status: string, created_at = '2026-03-02T03:00:00.000Z') => ({
  id,
  name: 'Tea of the month',
  status,
  plan: { amount: 19_000, currency: 'KRW' },
  paid_through: null,
  cancel_at: null,
  next_at: null,
  created_at,
})

/** A shop, and a payment server with the keys and subscriptions that a test gives it. */
function createTestShop(
  keys: readonly ReturnType<typeof key>[] = [],
  subscriptions: readonly ReturnType<typeof subscription>[] = [],
) {
  const sent: { request: string; body: unknown }[] = []
  const app = createShop(config, {
    fetch: async (url, init) => {
      const { pathname } = new URL(url)
      const request = `${init.method} ${pathname}`
      if (init.method === 'POST') {
        sent.push({ request, body: await new Request(url, init).json() })
      }
      const found = keys.find(({ customer_uid }) => request === `GET /billing-keys/${customer_uid}`)
      if (found !== undefined) return Response.json(found)
      switch (pathname) {
        case `/customers/${visitor}/billing-keys`:
          return Response.json({ billing_keys: keys })
        case '/subscriptions':
          return Response.json(
            init.method === 'GET' ? { subscriptions } : subscription('new', 'active'),
          )
        case '/billing-keys':
          return Response.json({
            customer_uid: 'ck2',
            registration_id: 'billingkey2',
            window: { merchant_uid: 'billingkey2', customer_uid: 'ck2' },
          })
        case '/subscriptions/s1/attempts':
          return Response.json({ attempts: [] })
        case '/subscriptions/s1/upcoming':
          return Response.json({ upcoming: [] })
        case '/subscriptions/s1/charge-now':
        case '/subscriptions/s1/cancel':
          return Response.json(subscription('s1', 'active'))
        default:
          return Response.json({}, { status: 404 })
      }
    },
    newId: () => 'abcdef0123456789',
    assets: new Map(),
    report: () => undefined,
  })
  const call = async (method: string, path: string, body?: unknown, of = visitor) => {
    const response = await app.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        ...(of === '' ? {} : { cookie: `visitor=${of}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  const finish = (customer_uid: string, of = visitor) =>
    call('POST', '/api/subscription/card/finish', { customer_uid }, of)
  return { sent, call, finish }
}

const card = { plan: 'tea-of-the-month', pg: 'html5_inicis' }
const registration = {
  customer_id: visitor,
  pg: 'html5_inicis',
  pay_method: 'card',
  amount: 19_000,
  currency: 'KRW',
  name: 'Tea of the month',
}

describe('the registration of a card', () => {
  it('shows the price of the shop, whatever the browser sends', async () => {
    const { call, sent } = createTestShop()
    const begun = await call('POST', '/api/subscription/card', { ...card, amount: 1, name: 'x' })
    expect(begun).toMatchObject({ status: 201, body: { customer_uid: 'ck2' } })
    expect(sent).toEqual([{ request: 'POST /billing-keys', body: registration }])
  })

  it('takes the place of the card that is charged now', async () => {
    const { call, sent } = createTestShop([key('ck0', 'deleted'), key('ck1')])
    await call('POST', '/api/subscription/card', card)
    expect(sent.map(({ body }) => body)).toEqual([{ ...registration, replaces: 'ck1' }])
  })

  it.each([
    ['an unknown plan', { ...card, plan: 'gold' }, 404],
    ['another PG', { ...card, pg: 'kakaopay' }, 400],
    ['nothing', null, 400],
  ])('is refused for %s', async (_, body, status) => {
    const { call, sent } = createTestShop()
    expect((await call('POST', '/api/subscription/card', body)).status).toBe(status)
    expect(sent).toEqual([])
  })
})

describe('a registered card', () => {
  it('begins one subscription, whose id is the same when it is repeated', async () => {
    const { finish, sent } = createTestShop([key('ck1')])
    expect([await finish('ck1'), await finish('ck1')]).toEqual([
      { status: 200, body: { status: 'done' } },
      { status: 200, body: { status: 'done' } },
    ])
    const body = {
      id: 'ck1',
      customer_id: visitor,
      name: 'Tea of the month',
      plan: { amount: 19_000, currency: 'KRW', period: { unit: 'month', count: 1 }, hour: 12 },
    }
    expect(sent).toEqual(Array(2).fill({ request: 'POST /subscriptions', body }))
  })

  it.each([
    ['active', []],
    ['past_due', [{ request: 'POST /subscriptions/s1/charge-now', body: {} }]],
  ])('begins no second subscription beside one that is %s', async (status, expected) => {
    const { finish, sent } = createTestShop([key('ck1')], [subscription('s1', status)])
    expect((await finish('ck1')).status).toBe(200)
    expect(sent).toEqual(expected)
  })

  it('T171: of somebody else subscribes nobody', async () => {
    const { finish, sent } = createTestShop([key('ck1')])
    expect((await finish('ck1', stranger)).status).toBe(404)
    expect((await finish('ck1', '')).status).toBe(404)
    expect((await finish('ck9')).status).toBe(404)
    expect(sent).toEqual([])
  })

  it('is waited for while its window has no result, and is refused with the PG’s text', async () => {
    const { finish, sent } = createTestShop([key('ck1', 'pending'), key('ck2', 'failed')])
    expect(await finish('ck1')).toEqual({ status: 202, body: { status: 'pending' } })
    expect(await finish('ck2')).toMatchObject({
      status: 409,
      body: { error: 'card_refused', text: '한도초과' },
    })
    expect(sent).toEqual([])
  })
})

describe('the page of a subscription', () => {
  it('shows the newest one that is not over', async () => {
    const { call } = createTestShop(
      [key('ck1')],
      [
        subscription('s0', 'cancelled', '2026-03-04T03:00:00.000Z'),
        subscription('s1', 'active', '2026-03-02T03:00:00.000Z'),
      ],
    )
    expect((await call('GET', '/api/subscription')).body).toEqual({
      subscription: subscription('s1', 'active'),
      card: '신한카드',
      attempts: [],
      upcoming: [],
    })
  })

  it('shows none to a visitor without one, or without a cookie', async () => {
    const none = { subscription: null, card: null, attempts: [], upcoming: [] }
    const { call } = createTestShop()
    expect((await call('GET', '/api/subscription')).body).toEqual(none)
    expect((await call('GET', '/api/subscription', undefined, '')).body).toEqual(none)
  })

  it('cancels it with the month that is paid', async () => {
    const { call, sent } = createTestShop([], [subscription('s1', 'active')])
    expect((await call('POST', '/api/subscription/cancel', {})).status).toBe(200)
    expect(sent).toEqual([{ request: 'POST /subscriptions/s1/cancel', body: { at: 'period_end' } }])
  })

  it('T171: is cancelled by its subscriber only, and by no form of another page', async () => {
    const { call, sent } = createTestShop([], [subscription('s1', 'active')])
    expect((await call('POST', '/api/subscription/cancel', {}, '')).status).toBe(404)
    expect((await call('POST', '/api/subscription/cancel', undefined)).status).toBe(400)
    expect(sent).toEqual([])
  })
})
