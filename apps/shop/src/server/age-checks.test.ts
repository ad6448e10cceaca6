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
const wine = { product: 'pine-shoot-wine' }
const basket = { ...wine, quantity: 1 }
const check = (number: number) => `identity${String(number).padStart(24, '0')}`

/** A shop, and a payment server whose verifications end as a test decides. */
function createTestShop() {
  const verifications = new Map<string, { status: string; reason: string | null }>()
  const sent: { request: string; body: unknown }[] = []
  let ids = 0
  let isReachable = true
  const respond = (path: string, body: Record<string, unknown>): Response => {
    const [, id = '', use] = path.match(/^\/identity-verifications\/(\w+)(\/use)?$/) ?? []
    const found = verifications.get(id)
    if (path === '/orders') return Response.json({ ...body, order_token: 'token' }, { status: 201 })
    if (path === '/identity-verifications') {
      const created = check(verifications.size + 1)
      verifications.set(created, { status: 'pending', reason: null })
      const certification = { merchant_uid: created, pg: 'danal', min_age: 19 }
      return Response.json({ id: created, certification }, { status: 201 })
    }
    if (found === undefined) return Response.json({}, { status: 404 })
    if (use === undefined) return Response.json({ id, ...found })
    return Response.json({}, { status: found.status === 'verified' ? 200 : 409 })
  }
  const app = createShop(config, {
    fetch: async (url, init) => {
      const { pathname } = new URL(url)
      const text = await new Request(url, init).text()
      const body = text === '' ? {} : JSON.parse(text)
      sent.push({ request: `${init.method} ${pathname}`, body })
      if (!isReachable) throw new TypeError('fetch failed')
      return respond(pathname, body)
    },
    newId: () => `abcdef000000000${++ids}`,
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
  return {
    sent,
    call,
    start: (of = visitor) => call('POST', '/api/age-check', wine, of),
    read: (of = visitor) => call('GET', '/api/age-check/pine-shoot-wine', undefined, of),
    order: (of = visitor) => call('POST', '/api/orders', { ...basket, start_another: true }, of),
    end: (number: number, status: string, reason: string | null = null) =>
      verifications.set(check(number), { status, reason }),
    forget: () => verifications.clear(),
    setReachable: (value: boolean) => {
      isReachable = value
    },
  }
}

const unproven = {
  status: 403,
  body: { error: 'age_unproven', message: 'Please verify your age first.' },
}

describe('an order of a product for adults', () => {
  it('T170: needs a verified age of the same visitor, whatever the browser says', async () => {
    const { start, order, call, end, sent } = createTestShop()
    const other = 'fedcba9876543210fedcba9876543210'
    expect(await order()).toEqual(unproven)
    await start()
    expect(await order()).toEqual(unproven)
    end(1, 'verified')
    expect(await order(other)).toEqual(unproven)
    expect(await order('')).toEqual(unproven)
    const forged = { ...basket, minimumAge: 0, verified: true }
    expect(await call('POST', '/api/orders', forged, other)).toEqual(unproven)
    expect(sent.filter(({ request }) => request === 'POST /orders')).toEqual([])
    expect(await order()).toMatchObject({ status: 201, body: { amount: 42_000 } })
  })

  it('T170: uses a verification up: it is good for the order whose number it was used for', async () => {
    const { start, order, end, sent } = createTestShop()
    await start()
    end(1, 'verified')
    const placed = await order()
    expect(await order()).toEqual(unproven)
    const use = { purpose: 'alcohol', customer_id: visitor, reference: placed.body.merchant_uid }
    expect(sent.filter(({ request }) => request.endsWith('/use'))).toEqual([
      { request: `POST /identity-verifications/${check(1)}/use`, body: use },
    ])
    await start()
    end(2, 'verified')
    const next = await order()
    expect([next.status, next.body.merchant_uid === placed.body.merchant_uid]).toEqual([201, false])
  })

  it('keeps its number while the payment server does not respond', async () => {
    const { start, order, end, setReachable, sent } = createTestShop()
    await start()
    end(1, 'verified')
    setReachable(false)
    expect(await order()).toMatchObject({ status: 503, body: { error: 'worker_unreachable' } })
    setReachable(true)
    expect((await order()).status).toBe(201)
    const references = sent
      .filter(({ request }) => request.endsWith('/use'))
      .map(({ body }) => Object(body).reference)
    expect(new Set(references).size).toBe(1)
  })
})

describe('an age check', () => {
  it('requests a verification that asks for the age and keeps nothing of the person', async () => {
    const { start, sent } = createTestShop()
    expect(await start()).toEqual({
      status: 201,
      body: {
        id: check(1),
        certification: { merchant_uid: check(1), pg: 'danal', min_age: 19 },
      },
    })
    expect(sent).toEqual([
      {
        request: 'POST /identity-verifications',
        body: {
          customer_id: visitor,
          purpose: 'alcohol',
          minimum_age: 19,
          pg: 'danal',
          delete_record: true,
        },
      },
    ])
  })

  it.each([
    ['pending', null, 'pending', 1],
    ['refused', 'age_below_minimum', 'too_young', 2],
    ['refused', 'certification_old', 'refused', 2],
    ['verified', null, 'verified', 2],
  ])(
    'that is %s (%s) is shown as %s, and the next press opens check %i',
    async (status, reason, shown, next) => {
      const { start, read, end } = createTestShop()
      expect((await read()).body).toEqual({ status: 'none' })
      await start()
      end(1, status, reason)
      expect((await read()).body).toEqual({ status: shown })
      expect((await start()).body.id).toBe(check(next))
    },
  )

  it('is none once the payment server has deleted it', async () => {
    const { start, read, forget } = createTestShop()
    await start()
    forget()
    expect((await read()).body).toEqual({ status: 'none' })
  })

  it('is none of a browser without cookies, of a product for anybody, or of a malformed request', async () => {
    const { start, call, sent } = createTestShop()
    expect((await start('')).status).toBe(400)
    expect((await call('POST', '/api/age-check', { product: 'onggi-teapot' })).status).toBe(404)
    expect((await call('GET', '/api/age-check/onggi-teapot')).status).toBe(404)
    expect((await call('POST', '/api/age-check', { product: 19 })).status).toBe(400)
    expect(sent).toEqual([])
  })

  it('cannot be read while the payment server does not respond', async () => {
    const { start, read, setReachable } = createTestShop()
    await start()
    setReachable(false)
    expect(await read()).toMatchObject({ status: 503, body: { error: 'worker_unreachable' } })
  })
})
