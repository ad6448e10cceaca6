import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { orderResponse } from '../../../../packages/server/src/http/schemas/responses/orders.ts'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createShop, now, problem } from '../fixtures/merchant.ts'

const orderFields = (merchant_uid: string) => ({ merchant_uid, amount: 64_900, currency: 'KRW' })

describe('POST /orders', () => {
  it('creates an order, registers its amount with the provider, and returns all of it', async () => {
    const { post, simulator } = createShop()
    const created = await post('/orders', { ...orderFields('ORD-new'), name: '오르골' })
    expect(created).toEqual({
      status: 201,
      body: {
        merchant_uid: 'ORD-new',
        amount: 64_900,
        currency: 'KRW',
        status: 'pending',
        imp_uid: null,
        paid_amount: null,
        cancelled_amount: 0,
        paid_at: null,
        virtual_account: null,
        virtual_accounts: [],
        fail_reason: null,
        receipt_url: null,
        policy: { late: 'report', unmatched: 'report' },
        sequence: 0,
        tax_free: null,
        vat_amount: null,
        expected_channel: null,
        naverProducts: null,
        order_token: expect.stringMatching(/^20779-[\w-]{43}$/),
        created_at: now.toISOString(),
        updated_at: now.toISOString(),
        mode: 'test',
      },
    })
    expect(orderResponse.safeParse(created.body).success).toBe(true)
    const window = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: 'ORD-new', amount: 100 },
    })
    expect(window.ok).toBe(false)
  })

  it('returns 200 and the same order for a repeated request', async () => {
    const { post, send } = createShop()
    const order = {
      ...orderFields('ORD-again'),
      allowances: ['naverco_delivery_fee', 'card_promotion'],
    }
    const first = await post('/orders', order)
    const reversed = { ...order, allowances: order.allowances.toReversed() }
    expect(await post('/orders', reversed)).toEqual({ status: 200, body: first.body })
    expect(await send('/orders/ORD-again')).toEqual({ status: 200, body: first.body })
  })

  it('stores the policy for late and unmatched money', async () => {
    const { post, send } = createShop()
    const order = { ...orderFields('ORD-policy-api'), policy: { late: 'deliver' } }
    const first = await post('/orders', order)
    expect(first).toMatchObject({
      status: 201,
      body: { policy: { late: 'deliver', unmatched: 'report' } },
    })
    const spelledOut = { ...order, policy: { late: 'deliver', unmatched: 'report' } }
    expect(await post('/orders', spelledOut)).toEqual({ status: 200, body: first.body })
    expect(await send('/orders/ORD-policy-api')).toEqual({ status: 200, body: first.body })
  })

  it('returns one 201 to several concurrent requests', async () => {
    const { post } = createShop()
    const responses = await Promise.all(
      [1, 2, 3, 4].map(() => post('/orders', orderFields('ORD-race'))),
    )
    expect(responses.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200, 200, 200, 201,
    ])
  })

  const conflicts: Readonly<Record<string, Record<string, unknown>>> = {
    amount: { amount: 64_901 },
    currency: { currency: 'JPY' },
    allowances: { allowances: ['card_promotion'] },
    policy: { policy: { late: 'deliver' } },
    name: { name: 'something else' },
  }
  for (const [field, change] of Object.entries(conflicts)) {
    it(`T9: refuses the same id with another ${field} and leaves the order`, async () => {
      const { post, send } = createShop()
      const id = `ORD-conflict-${field}`
      const { body } = await post('/orders', orderFields(id))
      expect(await post('/orders', { ...orderFields(id), ...change })).toEqual(
        problem(409, 'order_conflict', 'An order with this id exists with different values'),
      )
      expect(await send(`/orders/${id}`)).toEqual({ status: 200, body })
    })
  }

  const invalid: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['no id', { merchant_uid: undefined }, 'merchant_uid'],
    ['an empty id', { merchant_uid: '' }, 'merchant_uid'],
    ['a dot for an id', { merchant_uid: '.' }, 'merchant_uid'],
    ['two dots for an id', { merchant_uid: '..' }, 'merchant_uid'],
    ['T32: a Korean id', { merchant_uid: '주문-1' }, 'merchant_uid'],
    ['T32: full-width digits in an id', { merchant_uid: 'ORD-１' }, 'merchant_uid'],
    ['T32: a line break after an id', { merchant_uid: 'ORD-1\n' }, 'merchant_uid'],
    ['T32: a NUL in an id', { merchant_uid: 'ORD\u0000' }, 'merchant_uid'],
    ['a slash in an id', { merchant_uid: 'a/b' }, 'merchant_uid'],
    ['an id of 41 characters', { merchant_uid: 'x'.repeat(41) }, 'merchant_uid'],
    ['an amount of nothing', { amount: 0 }, 'amount'],
    ['a negative amount', { amount: -1 }, 'amount'],
    ['half a won', { amount: 0.5 }, 'amount'],
    ['an amount as text', { amount: '64900' }, 'amount'],
    ['an amount beyond exact numbers', { amount: 2 ** 53 }, 'amount'],
    ['no currency', { currency: undefined }, 'currency'],
    ['an unknown currency', { currency: 'XXX' }, 'currency'],
    ['a currency in lower case', { currency: 'krw' }, 'currency'],
    [
      'an unknown allowance',
      { allowances: ['anything'] },
      'allowances.0: naverco_delivery_fee, card_promotion, billing_key_charge',
    ],
    ['a policy of another kind', { policy: 'refund' }, 'policy'],
    ['an unknown policy', { policy: { late: 'keep' } }, 'policy.late: deliver, report, refund'],
    [
      'goods for an unmatched payment',
      { policy: { unmatched: 'deliver' } },
      'policy.unmatched: report, refund',
    ],
    ['a misspelt policy', { policy: { later: 'report' } }, 'policy.later'],
    ['an empty name', { name: '' }, 'name'],
    ['a name of another kind', { name: 5 }, 'name'],
    ['a misspelt name', { allowance: [] }, 'allowance'],
  ]
  for (const [what, change, field] of invalid) {
    it(`refuses ${what}`, async () => {
      const { post } = createShop()
      const title = 'A field is missing, unknown or malformed'
      expect(await post('/orders', { ...orderFields('ORD-invalid'), ...change })).toEqual(
        problem(400, 'request_invalid', title, field),
      )
    })
  }

  const unreadable: readonly (readonly [string, string, string, number, string])[] = [
    ['no JSON', 'application/json', '{', 400, 'body_malformed'],
    ['a list', 'application/json', '[]', 400, 'body_malformed'],
    ['a name twice', 'application/json', '{"amount":1,"amount":2}', 400, 'body_malformed'],
    ['nothing', 'application/json', '', 400, 'body_malformed'],
    ['a form', 'application/x-www-form-urlencoded', 'amount=1', 415, 'media_type_unsupported'],
    ['text', 'text/plain', '{}', 415, 'media_type_unsupported'],
    ['65 KiB', 'application/json', ' '.repeat(65 * 1024), 413, 'body_too_large'],
  ]
  for (const [what, type, body, status, error] of unreadable) {
    it(`refuses ${what} as a body`, async () => {
      const { send } = createShop()
      const headers = { 'content-type': type, 'content-length': String(body.length) }
      expect(await send('/orders', { method: 'POST', headers, body })).toMatchObject({
        status,
        body: { error },
      })
    })
  }

  it('refuses 17 KiB as the body of a cancel', async () => {
    const { post } = createShop()
    expect(await post('/orders/ORD-1/cancel', ' '.repeat(17 * 1024))).toMatchObject({
      status: 413,
      body: { error: 'body_too_large' },
    })
  })

  it('T45: shows no part of a refused body', async () => {
    const { post, lines } = createShop()
    const { body } = await post('/orders', { ...orderFields('ORD-1'), name: 'canary'.repeat(100) })
    expect(JSON.stringify([body, lines])).not.toContain('canary')
  })

  it('responds in Korean by Accept-Language', async () => {
    const { send } = createShop()
    const headers = { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' }
    expect(await send('/orders/ORD-nowhere', { headers })).toEqual(
      problem(404, 'order_unknown', '주문을 찾을 수 없습니다'),
    )
  })
})

describe('POST /orders: the amount registered with the provider', () => {
  const unavailable = problem(
    503,
    'provider_unavailable',
    'The provider gave no usable response. Send the same request again',
  )

  it('keeps the order when that fails, and the same request completes it', async () => {
    const { post, send, control } = createShop()
    await control('/faults', { fault: 'bad_gateway_html', path: '/payments/prepare', times: 4 })
    expect(await post('/orders', orderFields('ORD-prepare'))).toEqual(unavailable)
    expect(await send('/orders/ORD-prepare')).toMatchObject({ status: 200 })
    await control('/faults', {}, 'DELETE')
    expect(await post('/orders', orderFields('ORD-prepare'))).toMatchObject({ status: 200 })
    const state: unknown = await (await control('/state', {}, 'GET')).json()
    expect(state).toMatchObject({ prepared: [orderFields('ORD-prepare')] })
  })

  const before: readonly (readonly [string, Record<string, unknown>])[] = [
    ['the same amount', orderFields('ORD-there')],
    ['another amount', { ...orderFields('ORD-there'), amount: 1 }],
    ['another currency', { ...orderFields('ORD-there'), currency: 'JPY' }],
  ]
  for (const [what, prepared] of before) {
    it(`replaces ${what} that is registered already`, async () => {
      const { post, control, simulator } = createShop()
      const id = `ORD-there-${what.replaceAll(' ', '-')}`
      const token = await readToken(simulator.fetch)
      await simulator.fetch('https://api.iamport.kr/payments/prepare', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: token },
        body: JSON.stringify({ ...prepared, merchant_uid: id }),
      })
      expect(await post('/orders', orderFields(id))).toMatchObject({ status: 201 })
      const state: unknown = await (await control('/state', {}, 'GET')).json()
      expect(state).toMatchObject({ prepared: [orderFields(id)] })
    })
  }

  it('is registered once', async () => {
    const { post, control } = createShop()
    await post('/orders', orderFields('ORD-once'))
    await control('/request-log/reset')
    await post('/orders', orderFields('ORD-once'))
    expect(await (await control('/request-log', {}, 'GET')).json()).toEqual({})
  })

  it('T15: responds 503 while the database is unavailable and 200 afterwards', async () => {
    const { post } = createShop({}, createFaulty(env.DB, ['after', 'before']))
    expect(await post('/orders', orderFields('ORD-away'))).toMatchObject({
      status: 503,
      body: { error: 'store_unavailable' },
    })
    expect(await post('/orders', orderFields('ORD-away'))).toMatchObject({ status: 200 })
  })
})

describe('the merchant API', () => {
  const requests: readonly (readonly [string, string])[] = [
    ['POST', '/orders'],
    ['GET', '/orders/ORD-1'],
    ['POST', '/orders/ORD-1/cancel'],
  ]
  const wrong: Readonly<Record<string, string>> = {
    'no key': '',
    'another key': 'Bearer merchant-key-of-the-test',
    'a longer key': 'Bearer merchant-key-of-the-tests2',
    'another scheme': 'Basic merchant-key-of-the-tests',
    'an order token': 'Bearer 2jmj7l5rSw0yVb_vlWAYkK_YBwk2jmj7l5rSw0yVb_v',
  }
  for (const [method, path] of requests) {
    for (const [what, authorization] of Object.entries(wrong)) {
      it(`refuses ${method} ${path} with ${what}`, async () => {
        const { app } = createShop()
        const headers = authorization === '' ? {} : { authorization }
        const response = await app.request(path, { method, headers })
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
        expect({ status: response.status, body: await response.json() }).toEqual(
          problem(401, 'unauthorized', 'API key is missing or wrong'),
        )
      })
    }
  }
})

async function readToken(fetch: (url: string, init: RequestInit) => Promise<Response>) {
  const response = await fetch('https://api.iamport.kr/users/getToken', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imp_key: 'simulator-key', imp_secret: 'simulator-secret' }),
  })
  const text = await response.text()
  return /"access_token":"([^"]+)"/.exec(text)?.[1] ?? ''
}
