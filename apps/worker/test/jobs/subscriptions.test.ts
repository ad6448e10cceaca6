import { env } from 'cloudflare:workers'
import { createServer } from '@quayside/server'
import { createD1Store } from '@quayside/sql/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../../packages/server/src/config/config.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { readLimits } from '../../src/limits.ts'
import { createClock } from '../fixtures/event-receiver.ts'
import { createMetered } from '../fixtures/metered-database.ts'

const minuteMs = 60_000
const start = new Date('2027-01-31T01:00:00Z')
const key = 'merchant-key-of-the-tests'
/** What Cloudflare allows one invocation. */
const allowed = { free: 50, paid: 1_000 } as const

/** The part of the provider that charges need. It approves each at once. */
function createProvider(now: () => Date) {
  const charged: string[] = []
  const seconds = () => Math.floor(now().getTime() / 1_000)
  const respond = (response: unknown) => Response.json({ code: 0, message: null, response })
  return {
    charged,
    async fetch(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url)
      if (pathname === '/users/getToken') {
        return respond({ access_token: 'token', now: seconds(), expired_at: seconds() + 1_800 })
      }
      if (pathname !== '/subscribe/payments/again') return respond({ total: 0, list: [], next: 0 })
      const { merchant_uid, amount }: { merchant_uid: string; amount: number } =
        await request.json()
      const impUid = `imp_${charged.push(merchant_uid)}`
      return respond({
        imp_uid: impUid,
        merchant_uid,
        amount,
        cancel_amount: 0,
        currency: 'KRW',
        status: 'paid',
        paid_at: seconds(),
        pay_method: 'card',
        pg_provider: 'nice_v2',
        sandbox: true,
      })
    },
  }
}

/** A server on the limits of a plan, with subscriptions whose trial ends at one time. */
async function createLimited(plan: 'free' | 'paid', subscriptions: number) {
  const clock = createClock(start)
  const { db, meter } = createMetered(env.DB)
  const provider = createProvider(clock.now)
  const config = readConfig({ ...env })
  const limits = readLimits(plan)
  if (!config.ok || limits === null) throw new TypeError('Cannot read the settings')
  const server = createServer({
    config: config.value,
    store: createD1Store(db, { now: clock.now }),
    fetch: (request) =>
      request.url === config.value.eventUrl
        ? Promise.resolve(new Response(null, { status: 204 }))
        : provider.fetch(request),
    now: clock.now,
    random: () => 0,
    sleep: immediateSleep,
    log: () => undefined,
    limits,
  })
  await server.app.request('/subscriptions', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      id: 'due0',
      customer_id: 'due0',
      name: '구독',
      plan: { amount: 9_900, currency: 'KRW', period: { unit: 'month', count: 1 }, trial_days: 1 },
    }),
  })
  await env.DB.batch([
    env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO subscriptions SELECT 'due' || i, 'due' || i, name, request, status, plan, state, sequence,
         revision, due_at, created_at, updated_at, payee, buyer FROM subscriptions, n`,
    ).bind(subscriptions - 1),
    env.DB.prepare(
      `INSERT INTO billing_keys (registration_id, customer_uid, customer_id, mode, state, requested, preference,
         sequence, created_at, registered_at)
       SELECT 'r' || id, 'ck' || id, customer_id, 'test', 'registered', '{}', 0, 1, 1, 1 FROM subscriptions`,
    ),
  ])
  clock.forward(24 * 60 * minuteMs)
  const most = { statements: 0 }
  const total = { statements: 0, rowsWritten: 0 }
  return {
    provider,
    most,
    total,
    runMinute: async () => {
      clock.forward(minuteMs)
      Object.assign(meter, { statements: 0, rowsRead: 0, rowsWritten: 0 })
      await server.runJobs('* * * * *')
      most.statements = Math.max(most.statements, meter.statements)
      total.statements += meter.statements
      total.rowsWritten += meter.rowsWritten
    },
  }
}

const settled = async () =>
  (
    await env.DB.prepare("SELECT count(*) AS n FROM subscriptions WHERE status = 'active'").first<{
      n: number
    }>()
  )?.n

/** The triggers that keep orders are for merchants, not for tests. */
beforeEach(async () => {
  await env.DB.prepare('DROP TRIGGER IF EXISTS orders_kept').run()
  const tables = ['orders', 'outbox', 'attempts', 'poll_schedule', 'cursors', 'billing_keys']
  for (const table of [...tables, 'subscriptions', 'subscription_attempts']) {
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  }
})

describe('subscriptions within the limits of the platform', () => {
  for (const [plan, subscriptions, minutes] of [
    ['free', 3, 90],
    ['paid', 100, 12],
  ] as const) {
    it(`T68: on the ${plan} plan ${subscriptions} that are due are charged, each once`, async () => {
      const limited = await createLimited(plan, subscriptions)
      let ran = 0
      for (; ran < minutes && (await settled()) !== subscriptions; ran++) await limited.runMinute()
      expect(await settled()).toBe(subscriptions)
      expect(new Set(limited.provider.charged).size).toBe(subscriptions)
      expect(limited.provider.charged.length).toBe(subscriptions)
      expect(limited.most.statements).toBeLessThanOrEqual(allowed[plan])
      const each = (count: number) => Math.round(count / subscriptions)
      // oxlint-disable-next-line no-console -- the figures that the docs name
      console.log(
        `${plan}: ${subscriptions} charges in ${ran} minutes, each ${each(limited.total.statements)} statements and ${each(limited.total.rowsWritten)} rows written`,
      )
    })
  }
})
