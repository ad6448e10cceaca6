import { describe, expect, it } from 'vitest'
import { type AccountName, type Body, createTwoAccounts } from './two-accounts.ts'

const second = { account: 'second' }
const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
const dayMs = 24 * 60 * 60_000

type Shop = Awaited<ReturnType<typeof createTwoAccounts>>

const create = (shop: Shop, id: string, more: Body = {}) =>
  shop.send('/subscriptions', { id, customer_id: 'c', name: '구독', plan, ...more })

const charges = 'POST /subscribe/payments/again'

/** Loses the answers to charges of one account. */
function loseAnswers(shop: Shop, of: AccountName): void {
  shop.fault.answer = async (account, request) => {
    if (account !== of || !request.url.endsWith('/subscribe/payments/again')) return null
    await shop.providers[account].fetch(request)
    throw new TypeError('connection lost')
  }
}

describe('subscriptions of two accounts', () => {
  it('T237: are charged with the keys of their account, in their account, each period once', async () => {
    const shop = await createTwoAccounts()
    const keys = {
      first: await shop.registerCard('c'),
      second: await shop.registerCard('c', second),
    }
    const own = await create(shop, 'own')
    const other = await create(shop, 'other', second)
    expect(own.body).toMatchObject({ period: 2, status: 'active' })
    expect(own.body).not.toHaveProperty('account')
    expect(other.body).toMatchObject({ period: 2, status: 'active', account: 'second', tier: null })
    await shop.advance(28 * dayMs)
    await shop.nextMinute()
    expect(await shop.paymentsOf('first')).toEqual(['sub-own-1-1 paid', 'sub-own-2-1 paid'])
    expect(await shop.paymentsOf('second')).toEqual(['sub-other-1-1 paid', 'sub-other-2-1 paid'])
    const attempts = await shop.read('/subscriptions/other/attempts')
    expect(attempts.body['attempts']).toMatchObject([
      { merchant_uid: 'sub-other-2-1', customer_uid: keys.second, order_status: 'paid' },
      { merchant_uid: 'sub-other-1-1', customer_uid: keys.second, order_status: 'paid' },
    ])
    expect(JSON.stringify(attempts.body)).not.toContain('~')
    expect((await shop.read('/orders/sub-other-1-1')).body).toMatchObject({
      status: 'paid',
      ...second,
    })
  })

  it('T235: are not charged with the keys of another account', async () => {
    const shop = await createTwoAccounts()
    await shop.registerCard('c')
    const { body } = await create(shop, 'other', second)
    expect(body).toMatchObject({ status: 'past_due', reason: 'no_billing_key' })
    expect(await shop.callsOf('first')).not.toHaveProperty(charges)
    await shop.registerCard('c', second)
    await shop.nextMinute()
    expect((await shop.read('/subscriptions/other')).body).toMatchObject({ status: 'active' })
    expect(await shop.paymentsOf('second')).toEqual(['sub-other-1-1 paid'])
  })

  it('T235: are refused by what charges, should a store offer a key of another account', async () => {
    const shop = await createTwoAccounts()
    await shop.registerCard('c', second)
    const { billingKeys } = shop.store
    const usable = billingKeys.usableKeys.bind(billingKeys)
    billingKeys.usableKeys = (customerId, mode) => usable(customerId, mode, 'second' as never)
    const { body } = await create(shop, 'own')
    expect(body['attempts']).toMatchObject([
      { state: 'failed', fail_reason: 'billing_key_of_another_account' },
    ])
    expect(await shop.callsOf('first')).not.toHaveProperty(charges)
    expect(await shop.callsOf('second')).not.toHaveProperty(charges)
  })

  it.each(['first', 'second'] as const)(
    'T237: a charge of the %s whose answer was lost is looked up there, and made once',
    async (of) => {
      const shop = await createTwoAccounts()
      const payee = of === 'second' ? second : {}
      await shop.registerCard('c', payee)
      loseAnswers(shop, of)
      await create(shop, 's', payee)
      shop.fault.answer = null
      for (let minutes = 0; minutes < 5; minutes++) await shop.nextMinute()
      expect((await shop.read('/subscriptions/s')).body).toMatchObject({ period: 2 })
      expect(await shop.paymentsOf(of)).toEqual(['sub-s-1-1 paid'])
      expect(await shop.paymentsOf(of === 'first' ? 'second' : 'first')).toEqual([])
    },
  )

  it('a period is refunded in its account', async () => {
    const shop = await createTwoAccounts()
    await shop.registerCard('c', second)
    await create(shop, 's', second)
    const refunded = await shop.send('/subscriptions/s/refund-period', { period: 1 })
    expect(refunded.status).toBe(200)
    expect(await shop.paymentsOf('second')).toEqual(['sub-s-1-1 cancelled'])
    expect(await shop.callsOf('first')).not.toHaveProperty('POST /payments/cancel')
  })

  it('T237: go on while the keys of one account are refused, which charges nothing elsewhere', async () => {
    const shop = await createTwoAccounts()
    await shop.registerCard('c')
    await shop.registerCard('c', second)
    shop.fault.answer = async (of) => (of === 'second' ? new Response('', { status: 401 }) : null)
    await create(shop, 'other', second)
    const own = await create(shop, 'own')
    expect(own.body).toMatchObject({ status: 'active', period: 2 })
    expect(await shop.paymentsOf('first')).toEqual(['sub-own-1-1 paid'])
    shop.fault.answer = null
    for (let minutes = 0; minutes < 60; minutes++) await shop.nextMinute()
    expect(await shop.paymentsOf('second')).toEqual(['sub-other-1-1 paid'])
  })

  it('takes over the schedules of its account, which the other one has under the same id', async () => {
    const shop = await createTwoAccounts()
    const uids = {
      first: await shop.registerCard('c'),
      second: await shop.registerCard('c', second),
    }
    const schedule_at = Math.floor(shop.clock.now().getTime() / 1_000) + 10 * 86_400
    for (const of of ['first', 'second'] as const) {
      const { impKey, impSecret } =
        of === 'first'
          ? { impKey: 'simulator-key', impSecret: 'simulator-secret' }
          : { impKey: 'second-key', impSecret: 'second-secret' }
      const post = async (path: string, body: Body, token = '') => {
        const request = new Request(`https://api.iamport.kr${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: token },
          body: JSON.stringify(body),
        })
        return (await (await shop.providers[of].fetch(request)).json()) as {
          readonly code: number
          readonly response: Body
        }
      }
      const granted = await post('/users/getToken', { imp_key: impKey, imp_secret: impSecret })
      const schedules = [{ merchant_uid: 'SCH-1', schedule_at, amount: 9_900, name: '구독' }]
      const scheduled = await post(
        '/subscribe/payments/schedule',
        { customer_uid: uids[of], schedules },
        String(granted.response['access_token']),
      )
      expect(scheduled.code).toBe(0)
    }
    const taken = await create(shop, 's', { ...second, schedules: ['SCH-1'] })
    expect(taken).toMatchObject({ status: 201, body: { account: 'second' } })
    await shop.advance(11 * dayMs)
    await shop.nextMinute()
    expect(await shop.paymentsOf('second')).toEqual(['sub-s-1-1 paid'])
    expect(await shop.paymentsOf('first')).toEqual(['SCH-1 paid'])
  })

  it('are listed by account, and an id is that of one of them', async () => {
    const shop = await createTwoAccounts()
    await create(shop, 'a')
    await create(shop, 'b', second)
    await create(shop, 'c', { account: 'second', tier: 'A01' })
    const idsOf = async (query: string) => {
      const { body } = await shop.read(`/subscriptions${query}`)
      return (body['subscriptions'] as readonly Body[]).map(({ id }) => id)
    }
    expect(await idsOf('')).toEqual(['a', 'b', 'c'])
    expect(await idsOf('?account=second')).toEqual(['b'])
    expect(await idsOf('?account=second&tier=A01&status=past_due')).toEqual(['c'])
    expect(await create(shop, 'a', second)).toMatchObject({
      status: 409,
      body: { error: 'subscription_conflict' },
    })
  })

  it.each([
    [{ account: 'third' }, 'account_unknown'],
    [{ account: 'second', tier: 'B02' }, 'tier_unknown'],
  ])('are not created for %o: %s', async (payee, error) => {
    const shop = await createTwoAccounts()
    expect(await create(shop, 's', payee)).toMatchObject({ status: 422, body: { error } })
    expect((await shop.read('/subscriptions/s')).status).toBe(404)
  })

  it.each([
    ['account=nobody', 'account_unknown'],
    ['account=second&tier=Z99', 'tier_unknown'],
  ])('is not listed with %s: %s', async (query, error) => {
    const shop = await createTwoAccounts()
    expect(await shop.read(`/subscriptions?${query}`)).toMatchObject({
      status: 422,
      body: { error },
    })
  })
})
