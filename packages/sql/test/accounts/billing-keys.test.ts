import { describe, expect, it } from 'vitest'
import { approveWindow, type Body, createTwoAccounts, userCodes } from './two-accounts.ts'

const second = { account: 'second' }
const ofSecond = 'account=second'
const window = { customer_id: 'member/1', pg: 'html5_inicis' }
const list = '/customers/member%2F1/billing-keys'

type Shop = Awaited<ReturnType<typeof createTwoAccounts>>

/** Begins a registration in a window, and returns it with the report of its page. */
async function begin(shop: Shop, payee: Body) {
  const { body } = await shop.send('/billing-keys', { ...window, ...payee })
  return { begun: body, merchant_uid: String(body['registration_id']) }
}

/** Stores a key at a provider, as one that was issued before. */
async function issueBefore(shop: Shop, of: 'first' | 'second', customer_uid: string) {
  const begun = await shop.send('/billing-keys', { ...window, ...(of === 'second' ? second : {}) })
  const params = { ...(begun.body['window'] as Body), customer_uid, merchant_uid: `KEY-${of}` }
  await approveWindow(shop.providers[of], userCodes[of], params)
}

describe('a billing key of another account', () => {
  it('T235: is registered in the window of its account, looked up and deleted there', async () => {
    const shop = await createTwoAccounts()
    const { begun, merchant_uid } = await begin(shop, second)
    const uid = String(begun['customer_uid'])
    expect(begun).toMatchObject({
      account: 'second',
      tier: null,
      user_code: 'imp22222222',
      window: { customer_uid: uid, merchant_uid },
    })
    expect(uid).toMatch(/^ck[0-9a-z]{22}$/)
    const imp_uid = await approveWindow(shop.providers.second, userCodes.second, begun['window'])
    expect(await shop.send('/payments/complete', { imp_uid, merchant_uid })).toMatchObject({
      status: 200,
      body: { status: 'success' },
    })
    const key = await shop.read(`/billing-keys/${uid}?${ofSecond}`)
    expect(key.body).toMatchObject({ status: 'registered', customer_uid: uid, imp_uid, ...second })
    await shop.nextMinute()
    expect(
      shop.events.map(({ type, data }) => [type, data['customer_uid'], data['account']]),
    ).toEqual([['billing_key.registered', uid, 'second']])
    const deleted = await shop.send(`/billing-keys/${uid}?${ofSecond}`, undefined, 'DELETE')
    expect(deleted).toMatchObject({ status: 200, body: { status: 'deleted' } })
    expect(await shop.callsOf('second')).toMatchObject({
      'GET /payments/{imp_uid}': 1,
      'GET /subscribe/customers/{customer_uid}': 1,
      'DELETE /subscribe/customers/{customer_uid}': 1,
    })
    const own = await shop.callsOf('first')
    expect(Object.keys(own).filter((each) => each.includes('/subscribe/'))).toEqual([])
  })

  it('T235: is neither replaced nor put in order by a request about another account', async () => {
    const shop = await createTwoAccounts()
    const uid = await shop.registerCard('member/1', second)
    const named = `${uid}~second`
    for (const [path, body, method] of [
      ['/billing-keys', { ...window, replaces: named }, 'POST'],
      [list, { customer_uids: [named] }, 'PUT'],
    ] as const) {
      expect(await shop.send(path, body, method)).toMatchObject({
        status: 400,
        body: { type: expect.stringContaining('request_invalid') },
      })
    }
    const deleted = await shop.send(`/billing-keys/${named}`, undefined, 'DELETE')
    expect(deleted.status).toBe(404)
    const key = await shop.read(`/billing-keys/${uid}?${ofSecond}`)
    expect(key.body).toMatchObject({ status: 'registered', customer_uid: uid })
  })

  it('T236: is not registered by a payment of another account with the same id', async () => {
    const shop = await createTwoAccounts()
    const { begun, merchant_uid } = await begin(shop, second)
    // Whoever knows the registration opens its window in the other account.
    const imp_uid = await approveWindow(shop.providers.first, userCodes.first, begun['window'])
    for (const report of [{ imp_uid, merchant_uid }, { imp_uid }]) {
      const reported = await shop.send('/payments/complete', report)
      expect(reported.body['status']).not.toBe('success')
    }
    const webhook = { imp_uid, merchant_uid, status: 'paid' }
    await shop.send('/payments/webhook', webhook)
    await shop.nextMinute()
    const uid = String(begun['customer_uid'])
    expect((await shop.read(`/billing-keys/${uid}?${ofSecond}`)).body).toMatchObject({
      status: 'pending',
      imp_uid: null,
    })
    expect(await shop.callsOf('first')).not.toHaveProperty(
      'GET /subscribe/customers/{customer_uid}',
    )
  })

  it('whose page never reported is found in its account by the job', async () => {
    const shop = await createTwoAccounts()
    const { begun, merchant_uid } = await begin(shop, second)
    await approveWindow(shop.providers.second, userCodes.second, begun['window'])
    await shop.nextMinute()
    const uid = String(begun['customer_uid'])
    const found = await shop.read(`/billing-keys/${uid}?${ofSecond}`)
    expect(found.body).toMatchObject({ status: 'registered', registration_id: merchant_uid })
  })

  it('T235: may have the id of a key of the first, and each is charged and deleted as its own', async () => {
    const shop = await createTwoAccounts()
    await issueBefore(shop, 'first', 'm1')
    await issueBefore(shop, 'second', 'm1')
    const existing = { customer_id: 'member/1', method: 'existing', customer_uid: 'm1' }
    for (const payee of [{}, second]) {
      const registered = await shop.send('/billing-keys', { ...existing, ...payee })
      expect(registered).toMatchObject({ status: 201, body: { status: 'registered', ...payee } })
    }
    const deleted = await shop.send(`/billing-keys/m1?${ofSecond}`, undefined, 'DELETE')
    expect(deleted.body).toMatchObject({ status: 'deleted', ...second })
    expect((await shop.read('/billing-keys/m1')).body).toMatchObject({ status: 'registered' })
    expect(await shop.callsOf('first')).not.toHaveProperty(
      'DELETE /subscribe/customers/{customer_uid}',
    )
  })

  it('is registered for one of two customers that ask for it at once, in each account', async () => {
    const shop = await createTwoAccounts()
    for (const of of ['first', 'second'] as const) await issueBefore(shop, of, 'm1')
    const registered = await Promise.all(
      [{}, second].flatMap((payee) =>
        ['member/1', 'member/2'].map((customer_id) =>
          shop.send('/billing-keys', {
            customer_id,
            method: 'existing',
            customer_uid: 'm1',
            ...payee,
          }),
        ),
      ),
    )
    expect(
      registered.map(({ status, body }) => `${status} ${String(body['error'])}`).toSorted(),
    ).toEqual([
      '201 undefined',
      '201 undefined',
      '422 billing_key_of_another_customer',
      '422 billing_key_of_another_customer',
    ])
  })

  it('T235: is not what a request about another account means, which gets an answer of its own', async () => {
    const shop = await createTwoAccounts()
    const uid = await shop.registerCard('member/1', second)
    const answer = { status: 422, body: { error: 'billing_key_of_another_account' } }
    expect(await shop.read(`/billing-keys/${uid}`)).toMatchObject(answer)
    expect(await shop.read(`/billing-keys/${uid}?account=second&tier=A01`)).toMatchObject(answer)
    expect(await shop.send(`/billing-keys/${uid}`, undefined, 'DELETE')).toMatchObject(answer)
    expect(await shop.send('/billing-keys', { ...window, replaces: uid })).toMatchObject(answer)
    expect(await shop.send(list, { customer_uids: [uid] }, 'PUT')).toMatchObject(answer)
    const unknown = { status: 404, body: { error: 'billing_key_unknown' } }
    expect(await shop.read(`/billing-keys/ck-nobody?${ofSecond}`)).toMatchObject(unknown)
    expect((await shop.read(`/billing-keys/${uid}?${ofSecond}`)).status).toBe(200)
  })

  it('is listed, put into an order and replaced among those of its account', async () => {
    const shop = await createTwoAccounts()
    const own = await shop.registerCard('member/1')
    const one = await shop.registerCard('member/1', second)
    await shop.advance(1_000)
    const two = await shop.registerCard('member/1', second)
    const uidsOf = async (query: string) => {
      const { body } = await shop.read(`${list}${query}`)
      return (body['billing_keys'] as readonly Body[]).map((each) => String(each['customer_uid']))
    }
    expect(await uidsOf('')).toEqual([own])
    expect((await uidsOf(`?${ofSecond}`)).toSorted()).toEqual([one, two].toSorted())
    const ordered = await shop.send(`${list}?${ofSecond}`, { customer_uids: [two, one] }, 'PUT')
    expect(ordered.body['billing_keys']).toMatchObject([
      { customer_uid: two, preference: 0, ...second },
      { customer_uid: one, preference: 1, ...second },
    ])
    const replacing = await shop.send('/billing-keys', { ...window, ...second, replaces: two })
    expect(replacing.body).toMatchObject({ replaces: two })
    const { registration_id: merchant_uid } = replacing.body
    const params = replacing.body['window']
    const imp_uid = await approveWindow(shop.providers.second, userCodes.second, params)
    await shop.send('/payments/complete', { imp_uid, merchant_uid })
    await shop.nextMinute()
    expect((await shop.read(`/billing-keys/${two}?${ofSecond}`)).body).toMatchObject({
      status: 'deleted',
      replaced_by: replacing.body['customer_uid'],
    })
    expect((await shop.read(`/billing-keys/${own}`)).body).toMatchObject({ status: 'registered' })
  })

  it('T185: the amount that its window displays is no unknown payment, and that of a window of another account is', async () => {
    const shop = await createTwoAccounts()
    const { begun, merchant_uid } = await begin(shop, { ...second, amount: 9_900 })
    await approveWindow(shop.providers.second, userCodes.second, begun['window'])
    await approveWindow(shop.providers.first, userCodes.first, begun['window'])
    for (let minutes = 0; minutes < 15; minutes++) await shop.nextMinute()
    const { body } = await shop.read('/reconciliation-issues')
    const issues = body['reconciliation_issues'] as readonly Body[]
    expect(issues.map((each) => [each['kind'], each['merchant_uid'], each['account']])).toEqual([
      ['order_unknown', merchant_uid, undefined],
    ])
  })

  it('of a tier is registered with the tier, and with no other', async () => {
    const shop = await createTwoAccounts()
    const tier = { account: 'second', tier: 'A01' }
    const uid = await shop.registerCard('member/1', tier)
    expect((await shop.read(`/billing-keys/${uid}?account=second&tier=A01`)).body).toMatchObject({
      status: 'registered',
      ...tier,
    })
    expect((await shop.read(`${list}?${ofSecond}`)).body).toEqual({ billing_keys: [], next: null })
  })

  it.each([
    [{ account: 'third' }, 'account_unknown'],
    [{ account: 'second', tier: 'B02' }, 'tier_unknown'],
    [{ tier: 'A01' }, 'tier_unknown'],
  ])('is not registered for %o: %s', async (payee, error) => {
    const shop = await createTwoAccounts()
    expect(await shop.send('/billing-keys', { ...window, ...payee })).toMatchObject({
      status: 422,
      body: { error },
    })
  })

  it.each([
    ['account=nobody', 'account_unknown'],
    ['tier=Z99', 'tier_unknown'],
    ['account=second&tier=Z99', 'tier_unknown'],
  ])('is neither listed nor put into order with %s: %s', async (query, error) => {
    const shop = await createTwoAccounts()
    const uid = await shop.registerCard('member/1', second)
    const refused = { status: 422, body: { error } }
    expect(await shop.read(`${list}?${query}`)).toMatchObject(refused)
    expect(await shop.send(`${list}?${query}`, { customer_uids: [uid] }, 'PUT')).toMatchObject(
      refused,
    )
  })

  it('whose account was taken out of the settings is shown, and deleted once it is back', async () => {
    const shop = await createTwoAccounts()
    const uid = await shop.registerCard('member/1', second)
    const calls = await shop.callsOf('second')
    const path = `/billing-keys/${uid}?${ofSecond}`
    shop.removeSecond()
    expect(await shop.read(path)).toMatchObject({ status: 200, body: { status: 'registered' } })
    const refused = {
      type: 'urn:quayside:problem:account_unknown',
      title: 'The settings (ACCOUNTS) name no such account',
      status: 422,
      error: 'account_unknown',
    }
    for (const time of ['first', 'again']) {
      const deleted = await shop.send(path, undefined, 'DELETE')
      expect([time, deleted]).toEqual([time, { status: 422, body: refused }])
    }
    await shop.nextMinute()
    // It is charged no more, and the provider has not been told.
    expect(await shop.read(path)).toMatchObject({ status: 200, body: { status: 'deleting' } })
    expect(await shop.callsOf('second')).toEqual(calls)
    expect(shop.lines.filter((line) => line.includes('billing_key_not_deleted'))).toEqual([
      expect.stringContaining('"reason":"account_unknown"'),
    ])

    shop.putSecondBack()
    for (let minute = 0; minute < 11; minute++) await shop.nextMinute()
    expect(await shop.read(path)).toMatchObject({ status: 200, body: { status: 'deleted' } })
    expect(await shop.callsOf('second')).toMatchObject({
      'DELETE /subscribe/customers/{customer_uid}': 1,
    })
  })

  it('whose account was taken out of the settings takes no card', async () => {
    const shop = await createTwoAccounts()
    const tier = { account: 'second', tier: 'A01' }
    const begun = await shop.send('/billing-keys', {
      customer_id: 'member/1',
      method: 'card',
      pg: 'nice_v2',
      channel_key: 'channel-key-nice_v2-api',
      ...tier,
    })
    shop.removeSecond()
    const path = `/billing-keys/${String(begun.body['customer_uid'])}`
    const query = 'account=second&tier=A01'
    const card = { card_number: '4518-4212-3456-7894', expiry: '2030-12', birth: '900101' }
    expect(await shop.send(`${path}/card?${query}`, card)).toMatchObject({
      status: 422,
      body: { error: 'account_unknown' },
    })
    expect(await shop.read(`${path}?${query}`)).toMatchObject({ body: { status: 'pending' } })
  })

  it.each([
    ['account=nobody', 'account_unknown'],
    ['tier=Z99', 'tier_unknown'],
    ['account=second&tier=Z99', 'tier_unknown'],
  ])('is not looked for with %s: %s', async (query, error) => {
    const shop = await createTwoAccounts()
    const path = `/billing-keys/${await shop.registerCard('member/1', second)}?${query}`
    const refused = { status: 422, body: { error } }
    expect(await shop.read(path)).toMatchObject(refused)
    expect(await shop.send(path, undefined, 'DELETE')).toMatchObject(refused)
  })

  it('is not read, listed or deleted by a query that names two accounts', async () => {
    const shop = await createTwoAccounts()
    const uid = await shop.registerCard('member/1', second)
    const both = 'account=second&account=third'
    const refused = { status: 400, body: { error: 'request_invalid', detail: 'account' } }
    expect(await shop.read(`/billing-keys/${uid}?${both}`)).toMatchObject(refused)
    expect(await shop.read(`${list}?${both}`)).toMatchObject(refused)
    const path = `/billing-keys/${uid}?${both}`
    expect(await shop.send(path, undefined, 'DELETE')).toMatchObject(refused)
    expect((await shop.read(`/billing-keys/${uid}?${ofSecond}`)).body).toMatchObject({
      status: 'registered',
    })
  })

  it('charges its order in its account, in a window that does both', async () => {
    const shop = await createTwoAccounts()
    const order = { merchant_uid: 'ORD-1' }
    const charging = { customer_id: 'member/1', pg: 'kakaopay', amount: 9_900, order, ...second }
    const { body } = await shop.send('/billing-keys', charging)
    const imp_uid = await approveWindow(shop.providers.second, userCodes.second, body['window'])
    const report = { imp_uid, merchant_uid: 'ORD-1' }
    expect((await shop.send('/payments/complete', report)).body).toMatchObject({
      status: 'success',
    })
    expect((await shop.read('/orders/ORD-1')).body).toMatchObject({ status: 'paid', ...second })
    await shop.nextMinute()
    const key = await shop.read(`/billing-keys/${String(body['customer_uid'])}?${ofSecond}`)
    expect(key.body).toMatchObject({ status: 'registered', imp_uid })
  })

  it("its page reads with which merchant code the window opens, and nothing of the account's name", async () => {
    const shop = await createTwoAccounts()
    const read = async (payee: Body) => {
      const { begun, merchant_uid } = await begin(shop, payee)
      const path = `/payments/subjects/${merchant_uid}`
      const page = await shop.send(path, undefined, 'GET', String(begun['token']))
      return page.body
    }
    expect(await read({ account: 'second', tier: 'A01' })).toMatchObject({
      status: 'pending',
      user_code: 'imp22222222',
      tier: 'A01',
    })
    expect(JSON.stringify(await read(second))).not.toContain('second')
    expect(Object.keys(await read({})).toSorted()).toEqual(['message', 'mode', 'status'])
  })
})
