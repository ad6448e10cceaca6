import { describe, expect, it } from 'vitest'
import { type Body, createKeyShop } from './key-shop.ts'

type Shop = Awaited<ReturnType<typeof createKeyShop>>

const customer = '/customers/member%2F1/billing-keys'
const uidOf = (begun: Body) => String(begun['customer_uid'])
const remove = (shop: Shop, begun: Body, query = '') =>
  shop.send(`/billing-keys/${uidOf(begun)}${query}`, undefined, 'DELETE')
const keysOf = async (shop: Shop, path = customer) => {
  const { status, body } = await shop.send(path, undefined, 'GET')
  const keys = (body['billing_keys'] ?? []) as readonly Body[]
  return { status, uids: keys.map(uidOf), next: body['next'] }
}
const usable = async (shop: Shop, customerId = 'member/1') => {
  const found = await shop.store.billingKeys.usableKeys(customerId, 'test')
  return found.ok ? found.value : null
}

describe('the billing keys of a customer', () => {
  it('are listed by pages, also for a customer whose id has a slash', async () => {
    const shop = await createKeyShop()
    const uids: string[] = []
    for (let index = 0; index < 3; index++) uids.push(uidOf(await shop.begin()))
    await shop.begin({ customer_id: 'member' })
    const first = await keysOf(shop, `${customer}?limit=2`)
    const last = await keysOf(shop, `${customer}?limit=2&after=${String(first.next)}`)
    expect([...first.uids, ...last.uids].toSorted()).toEqual(uids.toSorted())
    expect(last).toMatchObject({ status: 200, next: null })
    expect(await keysOf(shop, '/customers/nobody/billing-keys')).toEqual({
      status: 200,
      uids: [],
      next: null,
    })
  })

  it('are used in the order that the merchant names', async () => {
    const shop = await createKeyShop()
    const first = await shop.register()
    await shop.advance(1_000)
    const second = await shop.register()
    const [a, b] = [uidOf(first.begun), uidOf(second.begun)]
    expect(await usable(shop)).toEqual([a, b])
    const ordered = await shop.send(customer, { customer_uids: [b, a] }, 'PUT')
    expect(ordered).toMatchObject({
      status: 200,
      body: { billing_keys: [{ preference: 0 }, { preference: 1 }] },
    })
    expect(await usable(shop)).toEqual([b, a])
  })

  it('T137: a key of another customer is not put into the order, nor replaced', async () => {
    const shop = await createKeyShop()
    const { begun } = await shop.register({ customer_id: 'member-2' })
    const body = { customer_uids: [uidOf(begun)] }
    const answer = { status: 422, body: { error: 'billing_key_of_another_customer' } }
    expect(await shop.send(customer, body, 'PUT')).toMatchObject(answer)
    const replacing = { customer_id: 'member/1', pg: 'html5_inicis', replaces: uidOf(begun) }
    expect(await shop.send('/billing-keys', replacing)).toMatchObject(answer)
    expect(await usable(shop, 'member-2')).toEqual([uidOf(begun)])
  })

  it('T138: need the key of the merchant API', async () => {
    const { server } = await createKeyShop()
    const uid = `ck${'0'.repeat(22)}`
    for (const [method, path] of [
      ['POST', '/billing-keys'],
      ['GET', `/billing-keys/${uid}`],
      ['DELETE', `/billing-keys/${uid}`],
      ['POST', `/billing-keys/${uid}/card`],
      ['GET', '/customers/member/billing-keys'],
      ['PUT', '/customers/member/billing-keys'],
    ] as const) {
      const response = await server.app.request(path, { method })
      expect([method, path, response.status]).toEqual([method, path, 401])
    }
  })

  it.each([
    ['/billing-keys/ck1', 'GET', 404, 'billing_key_unknown'],
    [`/billing-keys/ck${'0'.repeat(22)}`, 'GET', 404, 'billing_key_unknown'],
    [`/billing-keys/ck${'0'.repeat(22)}`, 'DELETE', 404, 'billing_key_unknown'],
    [`/customers/${'a'.repeat(129)}/billing-keys`, 'GET', 400, 'request_invalid'],
    ['/customers/a%0Ab/billing-keys', 'GET', 400, 'request_invalid'],
    ['/customers/a/billing-keys?limit=101', 'GET', 400, 'request_invalid'],
  ] as const)('%s %s is %d %s', async (path, method, status, error) => {
    const shop = await createKeyShop()
    expect(await shop.send(path, undefined, method)).toMatchObject({ status, body: { error } })
  })
})

describe('a request to begin a registration', () => {
  it('gets ids that were never used, and what opens the window', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin({ amount: 9900, name: '월 구독', pay_method: 'card' })
    const again = await shop.begin()
    const window = begun['window'] as Body
    expect(begun['customer_uid']).toMatch(/^ck[0-9a-z]{22}$/)
    expect(window).toEqual({
      pg: 'html5_inicis',
      pay_method: 'card',
      merchant_uid: expect.stringMatching(/^billingkey[0-9a-z]{22}$/),
      customer_uid: begun['customer_uid'],
      customer_id: expect.stringMatching(/^[0-9a-z]{20}$/),
      name: '월 구독',
      amount: 9900,
      currency: 'KRW',
    })
    const other = again['window'] as Body
    expect(other['customer_id']).toBe(window['customer_id'])
    expect(other['customer_uid']).not.toBe(window['customer_uid'])
    expect(other['merchant_uid']).not.toBe(window['merchant_uid'])
  })

  const order = { merchant_uid: 'ORD-1' }
  it.each([
    [{ pg: 'kakaopay', amount: 9900 }, 422, 'order_required'],
    [{ pg: 'danal', pay_method: 'phone' }, 422, 'order_required'],
    [{ pg: 'mobilians_v2.mid', pay_method: 'phone' }, 422, 'order_required'],
    [{ pg: 'html5_inicis', amount: 9900, order }, 422, 'charge_unsupported'],
    [{ method: 'card', channel_key: 'channel-key-1', order }, 422, 'charge_unsupported'],
    [{ channel_key: 'channel-key-1', amount: 9900 }, 400, 'request_invalid'],
    [{ method: 'card', pg: 'nice' }, 400, 'request_invalid'],
    [{}, 400, 'request_invalid'],
    [{ pg: 'html5_inicis', amount: 0.5 }, 400, 'request_invalid'],
    [{ pg: 'html5_inicis', currency: 'XXX' }, 400, 'request_invalid'],
    [{ pg: 'html5_inicis', customer_id: '' }, 400, 'request_invalid'],
    [{ pg: 'html5_inicis', customer_id: '..' }, 400, 'request_invalid'],
    [{ pg: 'html5_inicis', replaces: 'ck-unknown' }, 404, 'billing_key_unknown'],
    [{ pg: 'html5_inicis', customer_uid: 'ck-mine' }, 400, 'request_invalid'],
  ])('%o is %d %s', async (wrong, status, error) => {
    const shop = await createKeyShop()
    const request = { customer_id: 'member/1', ...wrong }
    expect(await shop.send('/billing-keys', request)).toMatchObject({ status, body: { error } })
    expect(shop.database.prepare('SELECT count(*) AS n FROM billing_keys').get()).toMatchObject({
      n: 0,
    })
  })

  it('T130: no order can have the id of a registration', async () => {
    const shop = await createKeyShop()
    const merchant_uid = `billingkey${'0'.repeat(22)}`
    const refused = await shop.send('/orders', { merchant_uid, amount: 1000, currency: 'KRW' })
    expect(refused).toMatchObject({
      status: 400,
      body: { error: 'request_invalid', detail: 'merchant_uid' },
    })
  })
})

describe('a window that charges an order and issues a key', () => {
  const begin = (shop: Shop) =>
    shop.begin({
      pg: 'kakaopay',
      amount: 9900,
      name: '첫 달',
      order: { merchant_uid: 'ORD-1', policy: { unmatched: 'refund' } },
    })

  it('pays the order as any other, and the key is registered', async () => {
    const shop = await createKeyShop()
    const begun = await begin(shop)
    expect(begun).toMatchObject({
      order_merchant_uid: 'ORD-1',
      window: { merchant_uid: 'ORD-1', amount: 9900 },
    })
    const imp_uid = await shop.approve(shop.openWindow(begun))
    const completed = await shop.send('/payments/complete', { imp_uid, merchant_uid: 'ORD-1' })
    expect(completed).toMatchObject({ body: { status: 'success' } })
    await shop.nextMinute()
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'registered', imp_uid })
    expect(shop.typesOf().toSorted()).toEqual(['billing_key.registered', 'order.paid'])
  })

  it('T135: an order that was paid without a key has none, and says so', async () => {
    const shop = await createKeyShop()
    const begun = await begin(shop)
    const imp_uid = await shop.approve(shop.openWindow(begun, { customer_uid: undefined }))
    await shop.send('/payments/complete', { imp_uid, merchant_uid: 'ORD-1' })
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'pending' })
    await shop.advance(25 * 60 * 60_000)
    await shop.nextMinute()
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'failed', failure: 'key_missing' })
    expect(shop.typesOf().toSorted()).toEqual(['billing_key.failed', 'order.paid'])
  })

  it('T131: a window that only displays the amount does not pay it', async () => {
    const shop = await createKeyShop()
    const begun = await begin(shop)
    const window = { pg: 'html5_inicis', customer_id: 'c1' }
    const imp_uid = await shop.approve(shop.openWindow(begun, window))
    shop.provider.answer = async (request) => {
      const response = await shop.simulator.fetch(request)
      const text = (await response.text()).replaceAll('"amount":0', '"amount":9900')
      return new Response(text, { status: response.status, headers: response.headers })
    }
    const told = { imp_uid, merchant_uid: 'ORD-1' }
    expect(await shop.send('/payments/complete', told)).toMatchObject({
      body: { status: 'received' },
    })
    expect(await shop.send('/orders/ORD-1', undefined, 'GET')).toMatchObject({
      body: { status: 'pending' },
    })
  })
})

describe('a key that is deleted', () => {
  it('is gone here and at the provider, once', async () => {
    const shop = await createKeyShop()
    const { begun, merchant_uid, imp_uid } = await shop.register()
    const deleted = await remove(shop, begun, '?reason=탈퇴&requester=customer')
    expect(deleted).toMatchObject({ status: 200, body: { status: 'deleted' } })
    expect(await remove(shop, begun)).toMatchObject({ status: 200, body: { status: 'deleted' } })
    expect(await usable(shop)).toEqual([])
    await shop.nextMinute()
    expect(shop.typesOf()).toEqual(['billing_key.registered', 'billing_key.deleted'])
    expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toMatchObject({
      status: 200,
      body: { status: 'cancelled' },
    })
  })

  it('T139: is not used from the first request on, and a lost answer is found out', async () => {
    const shop = await createKeyShop()
    const { begun } = await shop.register()
    shop.provider.answer = async (request) => {
      if (!request.url.includes('/subscribe/customers/')) return null
      if (request.method === 'DELETE') await shop.simulator.fetch(request)
      return new Response('', { status: 502 })
    }
    expect(await remove(shop, begun)).toMatchObject({ status: 503 })
    expect([await usable(shop), await shop.read(begun)]).toMatchObject([[], { status: 'deleting' }])
    shop.provider.answer = null
    await shop.nextMinute()
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'deleted' })
    expect(shop.typesOf()).toEqual(['billing_key.registered', 'billing_key.deleted'])
  })

  it('that the provider refuses to delete is not used, and says why', async () => {
    const shop = await createKeyShop()
    const { begun } = await shop.register()
    shop.provider.answer = async ({ method }) =>
      method === 'DELETE'
        ? Response.json({ code: 1, message: '사유가 필요합니다.', response: null })
        : null
    expect(await remove(shop, begun)).toMatchObject({
      status: 409,
      body: { error: 'deletion_refused', detail: '사유가 필요합니다.' },
    })
    expect(await usable(shop)).toEqual([])
  })

  it('was never registered: there is nothing to delete', async () => {
    const shop = await createKeyShop()
    expect(await remove(shop, await shop.begin())).toMatchObject({
      status: 409,
      body: { error: 'billing_key_not_registered' },
    })
  })
})

describe('a key that replaces another', () => {
  it('takes its place in the order, and then the other is deleted', async () => {
    const shop = await createKeyShop()
    const old = await shop.register()
    await shop.advance(1_000)
    const other = await shop.register()
    const uids = [old, other].map(({ begun }) => uidOf(begun))
    await shop.send(customer, { customer_uids: uids }, 'PUT')
    const fresh = await shop.register({ replaces: uidOf(old.begun) })
    await shop.nextMinute()
    await shop.nextMinute()
    expect(await usable(shop)).toEqual([uidOf(fresh.begun), uidOf(other.begun)])
    expect(await shop.read(old.begun)).toMatchObject({
      status: 'deleted',
      replaced_by: uidOf(fresh.begun),
    })
    expect(shop.typesOf().toSorted()).toEqual([
      'billing_key.deleted',
      'billing_key.registered',
      'billing_key.registered',
      'billing_key.registered',
      'billing_key.replaced',
    ])
  })

  it('leaves it alone when it is not registered itself', async () => {
    const shop = await createKeyShop()
    const old = await shop.register()
    await shop.begin({ replaces: uidOf(old.begun) })
    await shop.advance(25 * 60 * 60_000)
    await shop.nextMinute()
    expect(await usable(shop)).toEqual([uidOf(old.begun)])
  })
})
