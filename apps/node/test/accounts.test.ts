import { afterAll, describe, expect, it } from 'vitest'
import { connectMysql, connectPostgres, type DatabaseServer, newName } from './databases.ts'
import { apiKey, serve } from './program.ts'
import { createShop, startProvider } from './shop-and-provider.ts'

const credentials = { impKey: 'second-key', impSecret: 'second-secret', userCode: 'imp22222222' }

/** Numbers `imp_uid` from 1, as the other account does. */
function countImpUids(): () => string {
  let count = 0
  return () => `imp_${String(++count).padStart(12, '0')}`
}

/** A program with two accounts, each at a provider of its own, on a database. */
async function serveTwoAccounts(database: string | null) {
  const first = await startProvider(undefined, { newId: countImpUids() })
  const second = await startProvider(undefined, { newId: countImpUids(), credentials })
  const server = await serve({
    PROVIDER_URL: first.url,
    ACCOUNTS: JSON.stringify({
      second: {
        imp_key: credentials.impKey,
        imp_secret: credentials.impSecret,
        user_code: credentials.userCode,
        provider_url: second.url,
      },
    }),
    ...(database === null ? {} : { DATABASE_URL: database, MIGRATE: 'true' }),
  })
  const api = async (path: string, body?: unknown) => {
    const response = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await response.json()) as Readonly<Record<string, unknown>>
  }
  const order = (merchant_uid: string, more: object = {}) =>
    api('/orders', { merchant_uid, amount: 64_900, currency: 'KRW', ...more })
  return { first, second, server, shop: createShop(server.url), api, order }
}

const [postgres, mysql] = [await connectPostgres(), await connectMysql()]
afterAll(async () => {
  await postgres.end()
  await mysql.end()
})

/** Runs a test on a database of its own, which is dropped afterwards. */
async function onOwn(of: DatabaseServer, run: (url: string) => Promise<void>): Promise<void> {
  const name = newName()
  await of.query(`CREATE DATABASE ${name}`)
  try {
    await run(of.urlOf(name))
  } finally {
    await of.query(`DROP DATABASE ${name}${of === postgres ? ' WITH (FORCE)' : ''}`)
  }
}

const databases = [
  { on: 'SQLite', isMissing: false, run: (test: Test) => test(null) },
  {
    on: `PostgreSQL${postgres.note}`,
    isMissing: postgres.isMissing,
    run: (test: Test) => onOwn(postgres, test),
  },
  {
    on: `MySQL or MariaDB${mysql.note}`,
    isMissing: mysql.isMissing,
    run: (test: Test) => onOwn(mysql, test),
  },
]

type Test = (database: string | null) => Promise<void>

describe.each(databases)('quayside serve with two accounts on $on', ({ isMissing, run }) => {
  it.skipIf(isMissing)(
    'T182: completes and cancels orders whose payments have the same id, each in its account',
    () =>
      run(async (database) => {
        const { first, second, server, shop, api, order } = await serveTwoAccounts(database)
        await order('OWN')
        expect(await order('OTHER', { account: 'second' })).toMatchObject({ account: 'second' })
        const uids = [await first.pay('OWN'), await second.pay('OTHER')]
        expect(uids).toEqual(['imp_000000000001', 'imp_000000000001'])
        for (const id of ['OWN', 'OTHER']) {
          const completed = await shop.complete(id, 'imp_000000000001')
          expect(await completed.json()).toMatchObject({ status: 'success' })
          expect(await api(`/orders/${id}`)).toMatchObject({ status: 'paid', imp_uid: uids[0] })
        }
        await shop.cancel('OTHER')
        expect(await api('/orders/OTHER')).toMatchObject({ status: 'cancelled', account: 'second' })
        expect(await api('/orders/OWN')).toMatchObject({ status: 'paid', cancelled_amount: 0 })
        await server.stop()
      }),
  )

  it.skipIf(isMissing)('T181: a payment in one account pays no order of the other', () =>
    run(async (database) => {
      const { first, server, shop, api, order } = await serveTwoAccounts(database)
      await order('OTHER', { account: 'second' })
      const completed = await shop.complete('OTHER', await first.pay('OTHER'))
      expect(await completed.json()).not.toMatchObject({ status: 'success' })
      expect(await api('/orders/OTHER')).toMatchObject({ status: 'pending', imp_uid: null })
      await server.stop()
    }),
  )

  it.skipIf(isMissing)('T235, T237: charges a subscription with the card of its account', () =>
    run(async (database) => {
      const { server, api } = await serveTwoAccounts(database)
      const account = 'second'
      const begun = await api('/billing-keys', {
        customer_id: 'c',
        method: 'card',
        pg: 'nice_v2',
        channel_key: 'channel-key-nice_v2-api',
        account,
      })
      const card = { card_number: '4518-4212-3456-7894', expiry: '2032-12', birth: '900101' }
      const uid = String(begun['customer_uid'])
      expect(await api(`/billing-keys/${uid}/card?account=second`, card)).toMatchObject({
        status: 'registered',
        account,
      })
      const plan = { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 } }
      const subscription = { customer_id: 'c', name: '구독', plan }
      expect(await api('/subscriptions', { id: 'other', account, ...subscription })).toMatchObject({
        account,
        period: 2,
        status: 'active',
      })
      expect(await api('/orders/sub-other-1-1')).toMatchObject({ status: 'paid', account })
      expect(await api('/subscriptions', { id: 'own', ...subscription })).toMatchObject({
        status: 'past_due',
        reason: 'no_billing_key',
      })
      await server.stop()
    }),
  )
})
