import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createShop, now, problem } from '../fixtures/merchant.ts'

const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
const request = (id: string) => ({ id, customer_id: '고객/1', name: '구독', plan })
const invalid = (field: string) =>
  problem(400, 'request_invalid', 'A field is missing, unknown or malformed', field)

describe('POST /subscriptions', () => {
  it('creates a subscription, and shows all of it', async () => {
    const { post, send } = createShop()
    const created = await post('/subscriptions', request('sub_new'))
    expect(created).toEqual({
      status: 201,
      body: {
        id: 'sub_new',
        customer_id: '고객/1',
        name: '구독',
        status: 'past_due',
        reason: 'no_billing_key',
        plan: {
          ...plan,
          anchor_day: null,
          hour: 10,
          trial_days: 0,
          first: 'now',
          prorate: true,
          discounts: [],
          periods: null,
          retry: {
            steps: [
              { days: 1, hour: 10 },
              { days: 3, hour: 18 },
              { days: 5, hour: 10 },
            ],
            grace_days: 2,
            at_end: 'cancel',
            fallback: true,
          },
        },
        next_plan: null,
        period: 1,
        paid_through: null,
        balance: 0,
        cancel_at: null,
        past_due_at: now.toISOString(),
        next_at: expect.any(String),
        sequence: 2,
        created_at: now.toISOString(),
        updated_at: now.toISOString(),
        mode: 'test',
        attempts: [],
      },
    })
    expect(await post('/subscriptions', request('sub_new'))).toEqual({
      status: 200,
      body: created.body,
    })
    expect(await send('/subscriptions/sub_new')).toEqual({ status: 200, body: created.body })
  })

  it.each([
    [{ fallback: false }, 3],
    [{ steps: [], fallback: false }, 0],
  ])(
    'tries a failed charge again by default, unless the steps are empty: %j',
    async (retry, many) => {
      const { post } = createShop()
      const { status, body } = await post('/subscriptions', {
        ...request(`sub_retry_${many}`),
        plan: { ...plan, retry },
      })
      const steps = [
        { days: 1, hour: 10 },
        { days: 3, hour: 18 },
        { days: 5, hour: 10 },
      ]
      expect([status, body['plan']]).toEqual([
        201,
        expect.objectContaining({
          retry: { steps: steps.slice(0, many), grace_days: 2, at_end: 'cancel', fallback: false },
        }),
      ])
    },
  )

  it('refuses another subscription with the same id, and one whose charges have the ids of orders', async () => {
    const { post } = createShop()
    await post('/subscriptions', request('sub_same'))
    expect(await post('/subscriptions', { ...request('sub_same'), name: '다른' })).toEqual(
      problem(
        409,
        'subscription_conflict',
        'A subscription with this id exists with different values',
      ),
    )
    await env.DB.prepare(
      `INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status, cancelled,
        sequence, created_at, updated_at)
        VALUES ('sub-old-1-1', 1000, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, 1, 1)`,
    ).run()
    expect(await post('/subscriptions', request('old'))).toEqual(
      problem(
        409,
        'subscription_id_used',
        'An order has an id that a charge of this subscription would get',
      ),
    )
  })

  for (const [what, changes, field] of [
    ['an id with a slash', { id: 'a/b' }, 'id'],
    ['an id that is too long', { id: 'a'.repeat(25) }, 'id'],
    ['a customer with a control character', { customer_id: 'a\n' }, 'customer_id'],
    ['a customer without a character', { customer_id: '' }, 'customer_id'],
    ['no name', { name: undefined }, 'name'],
    ['an unknown field', { plan: { ...plan, trial: 7 } }, 'plan.trial'],
    ['an amount of 0', { plan: { ...plan, amount: 0 } }, 'plan.amount'],
    ['a part of a won', { plan: { ...plan, amount: 0.5 } }, 'plan.amount'],
    ['an unknown currency', { plan: { ...plan, currency: 'XXX' } }, 'plan.currency'],
    ['a day that no month has', { plan: { ...plan, anchor_day: 32 } }, 'plan.anchor_day'],
    [
      'an anchor of a week',
      { plan: { ...plan, period: { unit: 'week', count: 1 }, anchor_day: 1 } },
      'plan.anchor_day',
    ],
    [
      'a period of ten years',
      { plan: { ...plan, period: { unit: 'year', count: 10 } } },
      'plan.period.count',
    ],
    ['an hour that no day has', { plan: { ...plan, hour: 24 } }, 'plan.hour'],
    [
      'retries that go back in time',
      {
        plan: {
          ...plan,
          retry: {
            steps: [
              { days: 2, hour: 1 },
              { days: 1, hour: 1 },
            ],
          },
        },
      },
      'plan.retry.steps.1',
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { post } = createShop()
      expect(await post('/subscriptions', { ...request('sub_bad'), ...changes })).toEqual(
        invalid(field),
      )
    })
  }
})

describe('the commands of a subscription', () => {
  it('find no subscription that was never created', async () => {
    const { post, send } = createShop()
    const unknown = problem(404, 'subscription_unknown', 'Subscription not found')
    for (const id of ['none', 'a.b']) {
      expect(await send(`/subscriptions/${id}`)).toEqual(unknown)
      expect(await send(`/subscriptions/${id}/attempts`)).toEqual(unknown)
      expect(await send(`/subscriptions/${id}/upcoming`)).toEqual(unknown)
      expect(await post(`/subscriptions/${id}/pause`, {})).toEqual(unknown)
      expect(await post(`/subscriptions/${id}/refund-period`, { period: 1 })).toEqual(unknown)
    }
  })

  it('say what they cannot do', async () => {
    const { post } = createShop()
    await post('/subscriptions', request('sub_cmd'))
    const command = async (name: string, body: unknown = {}) =>
      (await post(`/subscriptions/sub_cmd/${name}`, body)).body['error']
    expect(await command('charge-now')).toBe('no_billing_key')
    expect(await command('refund-period', { period: 1 })).toBe('period_not_charged')
    expect(await command('change-plan', { plan: { ...plan, amount: 0 } })).toBe('request_invalid')
    const dollars = { ...plan, amount: 9.9, currency: 'USD' }
    expect(await command('change-plan', { plan: dollars })).toBe('plan_currency_differs')
    expect(await command('cancel', { at: 'later' })).toBe('request_invalid')
    expect(await command('cancel', { at: 'now' })).toBeUndefined()
    expect(await command('cancel', { at: 'now' })).toBeUndefined()
    expect(await command('charge-now')).toBe('status_unsuitable')
  })

  it('need the key of the merchant', async () => {
    const { send } = createShop()
    const { status } = await send('/subscriptions/any', { headers: { authorization: 'Bearer x' } })
    expect(status).toBe(401)
  })

  it('are 503 while the database is away', async () => {
    const { send } = createShop({}, createFaulty(env.DB, Array(4).fill('before')))
    expect((await send('/subscriptions/any')).status).toBe(503)
  })
})

describe('the lists of subscriptions', () => {
  it('page by id, by customer and by status', async () => {
    const { post, send } = createShop()
    for (const id of ['list_a', 'list_b', 'list_c']) {
      await post('/subscriptions', { ...request(id), customer_id: 'list/1' })
    }
    const page = async (query: string) => {
      const { body } = await send(`/subscriptions?customer_id=list%2F1&${query}`)
      const { subscriptions, next } = body as {
        readonly subscriptions: readonly { readonly id: string }[]
        readonly next: string | null
      }
      return [subscriptions.map(({ id }) => id), next]
    }
    expect(await page('limit=2')).toEqual([['list_a', 'list_b'], 'list_b'])
    expect(await page('limit=2&after=list_b')).toEqual([['list_c'], null])
    expect(await page('status=past_due')).toEqual([['list_a', 'list_b', 'list_c'], null])
    expect(await page('status=active')).toEqual([[], null])
    expect(await send('/subscriptions?limit=101')).toEqual(invalid('limit'))
    expect((await send('/subscriptions?status=dead')).status).toBe(400)
  })

  it('show what will be charged, and what was tried', async () => {
    const { post, send } = createShop()
    const trial = { ...plan, trial_days: 3, discounts: [{ periods: 1, percent: 50 }] }
    await post('/subscriptions', { ...request('up'), plan: trial })
    expect((await send('/subscriptions/up/upcoming?limit=2')).body).toEqual({
      upcoming: [
        {
          period: 1,
          from: '2026-11-26T01:00:00.000Z',
          to: '2026-12-26T01:00:00.000Z',
          due_at: '2026-11-26T01:00:00.000Z',
          amount: 4_950,
          currency: 'KRW',
        },
        {
          period: 2,
          from: '2026-12-26T01:00:00.000Z',
          to: '2027-01-26T01:00:00.000Z',
          due_at: '2026-12-26T01:00:00.000Z',
          amount: 9_900,
          currency: 'KRW',
        },
      ],
    })
    expect((await send('/subscriptions/up/attempts')).body).toEqual({ attempts: [], next: null })
    expect(await send('/subscriptions/up/attempts?after=sub-other-1-1')).toEqual(invalid('after'))
  })
})

it('T164: an order cannot have the id of a charge', async () => {
  const { post } = createShop()
  const order = { merchant_uid: 'sub-any-1-1', amount: 1_000, currency: 'KRW' }
  expect(await post('/orders', order)).toEqual(invalid('merchant_uid'))
  expect((await post('/orders', { ...order, merchant_uid: 'sub-any' })).status).toBe(201)
})
