import { DatabaseSync } from 'node:sqlite'
import { createServer } from '@quayside/server'
import { expect, it } from 'vitest'
import { createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { config, eventUrl } from '../server-config.ts'

/** More take longer and show nothing else: `SUBSCRIPTIONS=100000` measures. */
const subscriptions = Number(process.env['SUBSCRIPTIONS'] ?? 2_000)
const start = new Date('2027-01-31T01:00:00Z')

/** The part of the provider that charges need. It approves each at once. */
function createProvider(now: () => Date) {
  const charged = new Map<string, number>()
  let calls = 0
  const respond = (response: unknown) => Response.json({ code: 0, message: null, response })
  return {
    charged,
    calls: () => calls,
    async fetch(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url)
      if (pathname === '/users/getToken') {
        const at = Math.floor(now().getTime() / 1_000)
        return respond({ access_token: 'token', now: at, expired_at: at + 1_800 })
      }
      if (pathname !== '/subscribe/payments/again') return respond({ total: 0, list: [], next: 0 })
      const call = ++calls
      const { merchant_uid, amount } = (await request.json()) as {
        readonly merchant_uid: string
        readonly amount: number
      }
      charged.set(merchant_uid, (charged.get(merchant_uid) ?? 0) + 1)
      return respond({
        imp_uid: `imp_${call}`,
        merchant_uid,
        amount,
        cancel_amount: 0,
        currency: 'KRW',
        status: 'paid',
        paid_at: Math.floor(now().getTime() / 1_000),
        pay_method: 'card',
        pg_provider: 'nice_v2',
        sandbox: true,
      })
    },
  }
}

it('charges subscriptions that are due at the same time, each once', async () => {
  const database = new DatabaseSync(':memory:')
  await migrateSqlite(database)
  let at = start
  const now = () => at
  const provider = createProvider(now)
  const store = createSqliteStore(database, { now })
  const server = createServer({
    config,
    store,
    fetch: (request) =>
      request.url === eventUrl
        ? Promise.resolve(new Response(null, { status: 204 }))
        : provider.fetch(request),
    now,
    random: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal === undefined) resolve()
        else signal.addEventListener('abort', () => reject(signal.reason))
      }),
    log: () => undefined,
  })
  const created = await server.app.request('/subscriptions', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${config.merchantApiKeys[0]}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      id: 's',
      customer_id: 's',
      name: '구독',
      plan: { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 }, trial_days: 1 },
    }),
  })
  expect(created.status).toBe(201)
  database.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${subscriptions - 1})
    INSERT INTO subscriptions SELECT 's' || i, 's' || i, name, request, status, plan, state, sequence, revision, due_at,
    created_at, updated_at, payee, buyer FROM subscriptions, n`)
  database.exec(`INSERT INTO billing_keys (registration_id, customer_uid, customer_id, mode, state, requested, preference,
    sequence, created_at, registered_at) SELECT 'r' || id, 'ck' || id, customer_id, 'test', 'registered', '{}', 0, 1, 1, 1
    FROM subscriptions`)
  at = new Date(start.getTime() + 24 * 3_600_000)
  const began = performance.now()
  let minutes = 0
  for (; provider.charged.size < subscriptions && minutes < 60; minutes++) {
    await server.runJobs('* * * * *')
    at = new Date(at.getTime() + 60_000)
  }
  const seconds = (performance.now() - began) / 1_000
  expect(provider.charged.size).toBe(subscriptions)
  expect(provider.calls()).toBe(subscriptions)
  const settled = database
    .prepare("SELECT count(*) AS n FROM subscriptions WHERE status = 'active' AND sequence = 3")
    .get()
  expect({ ...settled }).toEqual({ n: subscriptions })
  // oxlint-disable-next-line no-console -- the figure that the docs name
  console.log(`${subscriptions} charges: ${minutes} runs, ${seconds.toFixed(1)} s`)
})
