import { env } from 'cloudflare:workers'
import { createSimulator } from '@quayside/simulator'
import { beforeEach, describe, expect, it } from 'vitest'
import { requestControl } from '../../../../packages/server/test/simulator-control.ts'
import { clearOutbox } from '../fixtures/event-receiver.ts'
import { createShop, problem } from '../fixtures/merchant.ts'
import { clearCursors } from '../fixtures/recovery.ts'

const secondUrl = 'https://second.example'
const secondKeys = { imp_key: 'second-key', imp_secret: 'second-secret' }
const settings = {
  TIERS: 'T01',
  ACCOUNTS: JSON.stringify({
    second: { ...secondKeys, provider_url: secondUrl, user_code: 'imp22222222', tiers: ['A01'] },
  }),
}
const tiersOfSecond = [{ tier_code: 'A01', tier_name: '2호점' }]

interface Paid {
  readonly tier?: string
  readonly of?: 'second'
}

/** A shop with two accounts, each at a simulated provider of its own, and a sub-merchant of each. */
function createShopOfTwo(
  options: Parameters<typeof createShop>[2] = {},
  given: Readonly<Record<string, string>> = settings,
) {
  const second = createSimulator({
    fetch: () => new Response('ok'),
    credentials: { impKey: 'second-key', impSecret: 'second-secret', userCode: 'imp22222222' },
    tiers: tiersOfSecond,
  })
  const shop = createShop(given, env.DB, {
    ...options,
    elsewhere: (request) => (request.url.startsWith(secondUrl) ? second.fetch(request) : null),
  })
  /** Makes a payment without any message. */
  const stage = async (fields: object, { tier, of }: Paid = {}) => {
    const provider = of === 'second' ? second : shop.simulator
    const response = await provider.fetch(
      new Request('https://api.iamport.kr/_simulator/payments', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(tier === undefined ? {} : { tier }) },
        body: JSON.stringify({ amount: 64_900, currency: 'KRW', ...fields }),
      }),
    )
    if (!response.ok) throw new TypeError(await response.text())
  }
  const logOf = async (of?: 'second'): Promise<Record<string, unknown>> =>
    (
      await requestControl(of === 'second' ? second : shop.simulator, '/request-log', {}, 'GET')
    ).json()
  return { ...shop, second, stage, logOf }
}

const order = (merchant_uid: string, payee: object = {}) => ({
  merchant_uid,
  amount: 64_900,
  currency: 'KRW',
  ...payee,
})
const everyMinute = '* * * * *'

beforeEach(async () => {
  await clearOutbox()
  await clearCursors()
})

describe('an order of another account or of a tier', () => {
  it('is created with its payee, and its amount is registered there', async () => {
    const { post, send, logOf } = createShopOfTwo()
    const created = await post('/orders', order('P-created', { account: 'second', tier: 'A01' }))
    expect(created).toMatchObject({ status: 201, body: { account: 'second', tier: 'A01' } })
    expect(await send('/orders/P-created')).toMatchObject({
      body: { account: 'second', tier: 'A01', imp_uid: null },
    })
    expect(await logOf('second')).toMatchObject({ 'POST /payments/prepare': 1 })
    expect(await logOf()).toEqual({})
    const own = await post('/orders', order('P-own'))
    expect(Object.keys(own.body)).not.toContain('account')
  })

  it.each([
    [{ account: 'third' }, 422, 'account_unknown', 'The settings (ACCOUNTS) name no such account'],
    [{ tier: 'A01' }, 422, 'tier_unknown', 'The settings name no such tier of this account'],
    [
      { account: 'second', tier: 'T01' },
      422,
      'tier_unknown',
      'The settings name no such tier of this account',
    ],
  ])('T183: %o is refused by name', async (payee, status, error, title) => {
    const { post, logOf } = createShopOfTwo()
    const refused = await post('/orders', order(`P-${error}`, payee))
    expect(refused).toEqual(problem(status, error, title))
    expect(await logOf()).toEqual({})
  })

  it('of a tier that the provider does not know is refused until it knows it', async () => {
    const withMissing = { TIERS: 'T01,T09' }
    const { post, send, control, simulator } = createShopOfTwo({}, withMissing)
    const refused = await post('/orders', order('P-missing', { tier: 'T09' }))
    const title = 'The provider knows no such tier. Add it in its console, or correct the settings'
    expect(refused).toEqual(problem(422, 'tier_unknown_to_provider', title, 'tier is T09'))
    expect(await send('/orders/P-missing')).toMatchObject({ status: 200 })

    const added = { tier_code: 'T09', tier_name: '9호점' }
    expect((await control('/tiers', added)).status).toBe(200)
    const again = await post('/orders', order('P-missing', { tier: 'T09' }))
    expect(again).toMatchObject({ status: 200, body: { tier: 'T09' } })
    const state = await simulator.fetch(
      new Request('https://api.iamport.kr/_simulator/state', { headers: { tier: 'T09' } }),
    )
    expect(await state.json()).toMatchObject({ prepared: [{ merchant_uid: 'P-missing' }] })
  })

  it.each([
    ['keys that it refuses', 'unauthorized', 502, 'provider_refused_us'],
    ['an outage', 'unavailable_json', 503, 'provider_unavailable'],
  ])('of a known tier names %s as such', async (_, fault, status, error) => {
    const { post, control } = createShopOfTwo()
    await control('/faults', { fault, times: 'always' })
    const refused = await post('/orders', order(`P-${fault}`, { tier: 'T01' }))
    expect(refused).toMatchObject({ status, body: { error } })
  })

  it('T183: an id that an order of another payee has is refused', async () => {
    const { post } = createShopOfTwo()
    await post('/orders', order('P-twice', { account: 'second' }))
    const title = 'An order with this id exists for another account or tier'
    for (const payee of [{}, { tier: 'T01' }, { account: 'second', tier: 'A01' }]) {
      const refused = await post('/orders', order('P-twice', payee))
      expect(refused).toEqual(problem(409, 'order_of_other_payee', title))
    }
    const again = await post('/orders', order('P-twice', { account: 'second' }))
    expect(again).toMatchObject({ status: 200, body: { account: 'second' } })
  })

  it('T181: payments with one id pay the orders of their payees, whatever a message says', async () => {
    const { post, send, stage } = createShopOfTwo()
    const payees = [
      ['P-1', {}, {}],
      ['P-2', { tier: 'T01' }, { tier: 'T01' }],
      ['P-3', { account: 'second' }, { of: 'second' }],
      ['P-4', { account: 'second', tier: 'A01' }, { of: 'second', tier: 'A01' }],
    ] as const
    for (const [id, payee] of payees) await post('/orders', order(id, payee))
    // Paid to one payee only: nobody else's order is paid by it.
    await stage({ imp_uid: 'imp_777', merchant_uid: 'P-3' }, { of: 'second' })
    for (const id of ['P-1', 'P-2', 'P-4']) {
      const body = { imp_uid: 'imp_777', merchant_uid: id }
      expect(await post('/payments/complete', body)).toMatchObject({
        body: { status: 'pending' },
      })
      expect(await send(`/orders/${id}`)).toMatchObject({ body: { status: 'pending' } })
    }
  })

  it.each([
    ['P-webhook-own', {}, {}],
    ['P-webhook-tier', { tier: 'T01' }, { tier: 'T01' }],
    ['P-webhook-second', { account: 'second' }, { of: 'second' }],
    ['P-webhook-both', { account: 'second', tier: 'A01' }, { of: 'second', tier: 'A01' }],
  ] as const)(
    '%s is completed by a webhook, refunded, and shown with the id of the provider',
    async (id, payee, paid) => {
      const { post, send, stage } = createShopOfTwo()
      await post('/orders', order(id, payee))
      // The same id for each payee.
      await stage({ imp_uid: 'imp_888', merchant_uid: id }, paid)
      const notice = { imp_uid: 'imp_888', merchant_uid: id, status: 'paid' }
      expect(await post('/payments/webhook', notice)).toMatchObject({ status: 200 })
      expect(await send(`/orders/${id}`)).toMatchObject({
        body: { ...payee, status: 'paid', imp_uid: 'imp_888' },
      })
      const cancelled = await post(`/orders/${id}/cancel`, {})
      expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', ...payee } })
      expect(await send(`/orders/${id}/cancels`)).toMatchObject({
        body: { cancels: [{ imp_uid: 'imp_888', state: 'confirmed' }] },
      })
      const history = await send(`/orders/${id}/history`)
      expect(JSON.stringify(history.body)).not.toContain('~second"')
      expect(history.body['entries']).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            kind: 'attempt',
            attempt: expect.objectContaining({ imp_uid: 'imp_888', verdict: 'accepted' }),
          }),
        ]),
      )
    },
  )
})

/** A clock that a test moves by hand. */
function createHandClock() {
  let at = new Date('2026-11-22T03:00:00.000Z').getTime()
  return {
    now: () => new Date(at),
    pass: (ms: number) => {
      at += ms
    },
  }
}

describe('the completion of the orders of several payees', () => {
  const wrongKeys = JSON.stringify({
    second: { ...secondKeys, imp_secret: 'wrong', provider_url: secondUrl, tiers: ['A01'] },
  })

  it.each([
    [
      'B-refused',
      'an account whose keys are refused',
      { account: 'second' },
      { ...settings, ACCOUNTS: wrongKeys },
    ],
    [
      'B-account',
      'an account that was taken out of the settings',
      { account: 'second' },
      { TIERS: 'T01', ACCOUNTS: '{}' },
    ],
    [
      'B-tier',
      'a tier that was taken out of the settings',
      { tier: 'T01' },
      { TIERS: 'T02', ACCOUNTS: '{}' },
    ],
  ])('T186: %s, %s, stops the lookups of no other', async (id, _, payee, later) => {
    const clock = createHandClock()
    const own = `${id}-own`
    await createShopOfTwo({ now: clock.now }).post('/orders', order(id, payee))
    const { post, send, pay, report } = createShopOfTwo({ now: clock.now }, later)
    await post('/orders', order(own))
    for (let times = 0; times < 7; times++) {
      expect(await report(id, `imp_44${times}`)).toMatchObject({
        body: { status: 'pending' },
      })
      clock.pass(1_100)
    }
    const impUid = await pay(own)
    expect(await report(own, impUid)).toMatchObject({ body: { status: 'success' } })
    expect(await send(`/orders/${own}`)).toMatchObject({
      body: { status: 'paid', imp_uid: impUid },
    })
  })

  it('T187: the card of a registration is found among guesses, as with one account', async () => {
    const clock = createHandClock()
    const { post, pay, report } = createShopOfTwo({ now: clock.now })
    const begin = async (customer_id: string) =>
      (await post('/billing-keys', { customer_id, pg: 'html5_inicis' })).body
    const begun = await begin('member/guessed')
    const id = String(begun['registration_id'])
    for (let times = 0; times < 17; times++) {
      await report(id, `imp_33${times}`)
      clock.pass(1_100)
    }
    const impUid = await pay(id, begun['window'] as Readonly<Record<string, unknown>>)
    clock.pass(2_100)
    expect(await report(id, impUid)).toMatchObject({ body: { status: 'success' } })
    // Nothing of it counts as a failure of the provider.
    await post('/orders', order('B-after'))
    expect(await report('B-after', await pay('B-after'))).toMatchObject({
      body: { status: 'success' },
    })
  })
})

describe('the jobs of several payees', () => {
  it('T184: payments whose messages were all lost are found in the lists of each payee', async () => {
    const { post, send, stage, runCron } = createShopOfTwo({ now: () => new Date() })
    const payees = [
      ['J-1', {}, {}],
      ['J-2', { tier: 'T01' }, { tier: 'T01' }],
      ['J-3', { account: 'second' }, { of: 'second' }],
      ['J-4', { account: 'second', tier: 'A01' }, { of: 'second', tier: 'A01' }],
    ] as const
    for (const [id, payee, paid] of payees) {
      await post('/orders', order(id, payee))
      await stage({ imp_uid: 'imp_999', merchant_uid: id }, paid)
    }
    for (let minute = 0; minute < 4; minute++) await runCron(everyMinute)
    for (const [id, payee] of payees) {
      expect(await send(`/orders/${id}`)).toMatchObject({
        body: { status: 'paid', imp_uid: 'imp_999', ...payee },
      })
    }
  })

  it('T184: keys of one account that are refused keep no other from its turn', async () => {
    const wrong = JSON.stringify({
      second: { ...secondKeys, imp_secret: 'wrong', provider_url: secondUrl },
    })
    const shop = createShopOfTwo({ now: () => new Date() }, { TIERS: 'T01', ACCOUNTS: wrong })
    await shop.post('/orders', order('J-turn', { tier: 'T01' }))
    await shop.stage({ imp_uid: 'imp_555', merchant_uid: 'J-turn' }, { tier: 'T01' })
    for (let minute = 0; minute < 3; minute++) await shop.runCron(everyMinute)
    expect(await shop.send('/orders/J-turn')).toMatchObject({ body: { status: 'paid' } })
    const failed = shop.lines.filter((line) => line.includes('"payee":"second"'))
    expect(failed.join('\n')).toContain('unauthorized')
  })
})

describe('payment links of several payees', () => {
  const link = {
    buyer: { tel: '01012345678' },
    pay_methods: [{ channelKey: 'channel-key-1', pay_method: 'card', label: '카드' }],
  }

  it('are made in the account of their order, and for no tier', async () => {
    const { post, logOf } = createShopOfTwo({ now: () => new Date() })
    await post('/orders', order('L-second', { account: 'second' }))
    await post('/orders', order('L-tier', { account: 'second', tier: 'A01' }))
    await post('/orders', order('L-own'))
    const made = await post('/orders/L-second/payment-links', link)
    expect(made).toMatchObject({ status: 201, body: { merchant_uid: 'L-second', state: 'open' } })
    const closed = await post(`/payment-links/${String(made.body['id'])}/close`, {})
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed_by_merchant' } })
    expect(await post('/orders/L-tier/payment-links', link)).toEqual(
      problem(409, 'link_without_tier', 'A payment link has no tier, and the order has one'),
    )
    expect(await post('/orders/L-own/payment-links', link)).toMatchObject({
      status: 500,
      body: { detail: 'Missing setting: USER_CODE' },
    })
    expect(Object.keys(await logOf()).filter((call) => call.includes('link'))).toEqual([])
  })
})

describe('GET /readyz of several accounts', () => {
  const checks = (provider: object, second: object) => [
    { name: 'settings', ok: true },
    { name: 'database', ok: true },
    { name: 'provider', ok: true, ...provider },
    { name: 'accounts', ok: true, ...second },
  ]
  const refused = (names: string) => ({
    ok: false,
    reason: 'provider_refused_us',
    detail: `${names} must be the REST API key and secret of V1, not an API secret of V2`,
  })

  it('is 200 while the keys of all are accepted', async () => {
    expect(await createShopOfTwo().send('/readyz')).toEqual({
      status: 200,
      body: { status: 'ready', checks: checks({}, {}) },
    })
  })

  it('T189, T234: counts further accounts whose keys are refused, names them in the log only, and stays 200', async () => {
    const wrong = JSON.stringify({
      second: { ...secondKeys, imp_secret: 'wrong', provider_url: secondUrl },
    })
    const shop = createShopOfTwo({}, { ...settings, ACCOUNTS: wrong })
    expect(await shop.send('/readyz')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        checks: checks(
          {},
          {
            ...refused('imp_key and imp_secret of each account in ACCOUNTS'),
            failed: 1,
          },
        ),
      },
    })
    const [line] = shop.lines.filter((each) => each.includes('"event":"not_ready"'))
    expect(JSON.parse(line ?? '')).toMatchObject({ name: 'accounts', account: 'second' })
  })

  it('T189: is 503 while the keys of the account of IMP_KEY are refused', async () => {
    const shop = createShopOfTwo({}, { ...settings, IMP_SECRET: 'wrong' })
    expect(await shop.send('/readyz')).toEqual({
      status: 503,
      body: { status: 'not_ready', checks: checks(refused('IMP_KEY and IMP_SECRET'), {}) },
    })
  })
})
