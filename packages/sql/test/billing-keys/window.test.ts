import { describe, expect, it } from 'vitest'
import { config } from '../server-config.ts'
import { type Body, createKeyShop } from './key-shop.ts'

type Shop = Awaited<ReturnType<typeof createKeyShop>>

const answer = (status: number, body: Body) => ({ status, body: { ...body, mode: 'test' } })
const registered = answer(200, {
  status: 'success',
  message: 'The means of payment is registered.',
})
const forged = {
  status: 'forgery',
  message:
    'This could not be confirmed as a payment of this order. If you have paid, please do not pay again and contact the shop.',
}
const forgery = answer(409, forged)
const checking = answer(202, {
  status: 'pending',
  message: 'We are checking the registration. Please wait a moment.',
})

interface Told {
  readonly imp_uid: string
  readonly merchant_uid: string
}

/** How a shop learns of a window, and what the sender gets. */
const channels = [
  {
    channel: 'callback',
    tell: (shop: Shop, told: Told): Promise<unknown> => shop.send('/payments/complete', told),
    answered: registered,
  },
  {
    channel: 'redirect',
    tell: async (shop: Shop, { imp_uid, merchant_uid }: Told): Promise<unknown> => {
      const query = `imp_uid=${imp_uid}&merchant_uid=${merchant_uid}&imp_success=true`
      const returned = await shop.server.app.request(`/payments/redirect?${query}`)
      return returned.headers.get('location')
    },
    answered: 'https://shop.example/result/success',
  },
  {
    channel: 'webhook',
    tell: (shop: Shop, told: Told): Promise<unknown> =>
      shop.send('/payments/webhook', { ...told, status: 'paid' }),
    answered: { status: 200, body: { status: 'received' } },
  },
  {
    channel: 'job, because every message was lost,',
    tell: async (shop: Shop): Promise<unknown> => {
      await shop.nextMinute()
      return null
    },
    answered: null,
  },
]

describe('a means of payment that is registered in a window', () => {
  it.each(channels)(
    'is registered by the $channel alone, with one event',
    async ({ tell, answered }) => {
      const shop = await createKeyShop()
      const begun = await shop.begin()
      const imp_uid = await shop.approve(shop.openWindow(begun))
      const merchant_uid = String(begun['registration_id'])
      expect(await tell(shop, { imp_uid, merchant_uid })).toEqual(answered)
      for (let minute = 0; minute < 3; minute++) await shop.nextMinute()
      const key = await shop.read(begun)
      expect(key).toMatchObject({
        status: 'registered',
        imp_uid,
        pg_provider: 'html5_inicis',
        failure: null,
        sequence: 1,
      })
      const { expires_soon, ...data } = key
      expect(expires_soon).toBe(false)
      const [event] = shop.events
      expect([shop.typesOf(), event?.['data']]).toEqual([['billing_key.registered'], data])
      expect(await shop.store.billingKeys.usableKeys('member/1', 'test')).toEqual({
        ok: true,
        value: [begun['customer_uid']],
      })
    },
  )

  it('T134: is told once, whatever tells of it and however often', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    const imp_uid = await shop.approve(shop.openWindow(begun))
    const told = { imp_uid, merchant_uid: String(begun['registration_id']) }
    const all = [...channels, ...channels, ...channels]
    await Promise.all(all.map(({ tell }) => tell(shop, told)))
    await shop.nextMinute()
    expect([shop.typesOf(), await shop.read(begun)]).toMatchObject([
      ['billing_key.registered'],
      { status: 'registered', sequence: 1 },
    ])
    expect(await shop.send('/payments/complete', told)).toEqual(registered)
  })

  it('is found by the payment alone, when a message does not name the registration', async () => {
    const shop = await createKeyShop()
    const imp_uid = await shop.approve(shop.openWindow(await shop.begin()))
    expect(await shop.send('/payments/complete', { imp_uid })).toEqual(registered)
  })

  it('is no issue, also where the window displayed an amount', async () => {
    const shop = await createKeyShop()
    await shop.register({ amount: 9900 })
    // Some PGs record the amount that they displayed.
    shop.provider.answer = async (request) => {
      const response = await shop.simulator.fetch(request)
      const text = await response.text()
      const shown = text.replaceAll('"amount":0', '"amount":9900')
      return new Response(shown, { status: response.status, headers: response.headers })
    }
    for (let minute = 0; minute < 12; minute++) await shop.nextMinute()
    const issues = await shop.send('/reconciliation-issues', undefined, 'GET')
    expect(issues.body).toEqual({ reconciliation_issues: [], next: null })
  })

  it('stays open after a refusal, and is registered by the next window', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    const merchant_uid = String(begun['registration_id'])
    const refused = shop.openWindow(begun)
    await shop.simulator.paymentWindow.decline(refused, {
      error_code: 'CC03',
      error_msg: '카드사 승인거절',
    })
    const failed = await shop.send('/payments/complete', {
      imp_uid: refused,
      merchant_uid,
      success: false,
      error_code: 'CC03',
      error_msg: '카드사 승인거절',
    })
    expect(failed).toMatchObject({
      status: 200,
      body: {
        status: 'failed',
        message: 'The means of payment was not registered. You can try again.',
        error_code: 'CC03',
      },
    })
    expect(await shop.read(begun)).toMatchObject({ status: 'failed', failure: 'refused' })
    const imp_uid = await shop.approve(shop.openWindow(begun))
    expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toEqual(registered)
    await shop.nextMinute()
    expect(shop.typesOf()).toEqual(['billing_key.failed', 'billing_key.registered'])
  })

  it('reads what the buyer was told while nothing is known, and stays open', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    const merchant_uid = String(begun['registration_id'])
    const imp_uid = shop.openWindow(begun)
    const closed = { imp_uid, merchant_uid, success: false, error_msg: '창을 닫았습니다' }
    expect(await shop.send('/payments/complete', closed)).toMatchObject({
      body: { status: 'failed', error_msg: '창을 닫았습니다' },
    })
    expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toEqual(checking)
    expect(await shop.read(begun)).toMatchObject({ status: 'pending', sequence: 0 })
  })

  it('has failed when nothing is heard of it for a day, and may still be registered', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    await shop.advance(25 * 60 * 60_000)
    await shop.nextMinute()
    await shop.nextMinute()
    expect([shop.typesOf(), await shop.read(begun)]).toMatchObject([
      ['billing_key.failed'],
      { status: 'failed', failure: 'not_completed' },
    ])
    const imp_uid = await shop.approve(shop.openWindow(begun))
    const merchant_uid = String(begun['registration_id'])
    expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toEqual(registered)
  })

  it('T12: waits while the provider does not answer, and the webhook is sent again', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    const told = {
      imp_uid: await shop.approve(shop.openWindow(begun)),
      merchant_uid: String(begun['registration_id']),
    }
    shop.provider.answer = async () => new Response('', { status: 502 })
    expect(await shop.send('/payments/complete', told)).toEqual(checking)
    expect(await shop.send('/payments/webhook', { ...told, status: 'paid' })).toMatchObject({
      status: 503,
    })
    shop.provider.answer = null
    await shop.advance(15_000)
    expect(await shop.send('/payments/webhook', { ...told, status: 'paid' })).toMatchObject({
      status: 200,
    })
    expect(await shop.read(begun)).toMatchObject({ status: 'registered' })
  })

  it('T135: is not registered while the provider has no key, however the window ended', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    const told = {
      imp_uid: await shop.approve(shop.openWindow(begun)),
      merchant_uid: String(begun['registration_id']),
    }
    shop.provider.answer = async ({ url }) =>
      url.includes('/subscribe/customers/')
        ? Response.json({ code: 1, message: '등록된 정보를 찾을 수 없습니다.', response: null })
        : null
    expect(await shop.send('/payments/complete', told)).toEqual(checking)
    expect(await shop.send('/payments/webhook', { ...told, status: 'paid' })).toMatchObject({
      status: 503,
    })
    await shop.advance(25 * 60 * 60_000)
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'failed', failure: 'key_missing' })
  })
})

describe('a registration that does not take what it is offered', () => {
  it('T132: the payment of an order, of another registration, or none', async () => {
    const shop = await createKeyShop()
    const other = await shop.register({ customer_id: 'member-2' })
    const begun = await shop.begin()
    const merchant_uid = String(begun['registration_id'])
    await shop.send('/orders', { merchant_uid: 'ORD-1', amount: 9900, currency: 'KRW' })
    const opened = shop.simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: 'ORD-1', amount: 9900, pay_method: 'card' },
    })
    const ofOrder = await shop.approve(opened.ok ? opened.imp_uid : '')
    for (const imp_uid of [other.imp_uid, ofOrder]) {
      expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toEqual(forgery)
    }
    const unknown = { imp_uid: 'imp_000000000000', merchant_uid }
    expect(await shop.send('/payments/complete', unknown)).toEqual(checking)
    expect(await shop.read(begun)).toMatchObject({ status: 'pending', sequence: 0 })
    const forOrder = { imp_uid: other.imp_uid, merchant_uid: 'ORD-1' }
    expect(await shop.send('/payments/complete', forOrder)).toEqual(forgery)
  })

  it('T132: another payment, once it is registered', async () => {
    const shop = await createKeyShop()
    const { begun, merchant_uid, imp_uid } = await shop.register()
    const again = { imp_uid: 'imp_000000000000', merchant_uid }
    expect(await shop.send('/payments/complete', again)).toEqual(forgery)
    expect(await shop.read(begun)).toMatchObject({ status: 'registered', imp_uid, sequence: 1 })
  })

  it('T133: a test channel in live mode', async () => {
    const shop = await createKeyShop({ ...config, mode: 'live' })
    const { begun, completed } = await shop.register()
    expect(completed).toEqual({ status: 409, body: forged })
    expect(await shop.read(begun)).toMatchObject({
      status: 'failed',
      failure: 'sandbox_key',
      mode: 'live',
    })
    await shop.nextMinute()
    expect(shop.typesOf()).toEqual(['billing_key.failed'])
  })

  it('T131: a window that charged, though no order expects it: the money is an issue', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin({ pg: 'kakaopay' })
    const imp_uid = await shop.approve(shop.openWindow(begun, { amount: 9900 }))
    const merchant_uid = String(begun['registration_id'])
    expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toEqual(forgery)
    for (let minute = 0; minute < 12; minute++) await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({
      status: 'failed',
      failure: 'unexpected_charge',
    })
    const { body } = await shop.send('/reconciliation-issues', undefined, 'GET')
    expect(body['reconciliation_issues']).toMatchObject([
      { kind: 'order_unknown', imp_uid, amount: 9900, is_charged: 'yes' },
    ])
  })

  it('T130: an id of its shape that nobody registered gets what an unknown order gets', async () => {
    const shop = await createKeyShop()
    const ask = async (merchant_uid: string) => {
      const told = { imp_uid: 'imp_000000000001', merchant_uid }
      const claim = { ...told, customer_uid: 'ck', paid_amount: 0 }
      return [
        await shop.send('/payments/complete', told),
        await shop.send('/payments/complete', claim),
        await shop.send('/payments/complete', { ...told, success: false, error_msg: '취소' }),
        await shop.send('/payments/webhook', { ...told, status: 'paid' }),
      ]
    }
    expect(await ask(`billingkey${'0'.repeat(22)}`)).toEqual(await ask('ORD-unknown'))
  })
})
