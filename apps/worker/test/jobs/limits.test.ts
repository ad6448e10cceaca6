import { env } from 'cloudflare:workers'
import { createServer } from '@quayside/server'
import { createD1Store } from '@quayside/sql/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../../packages/server/src/config/config.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { readLimits } from '../../src/limits.ts'
import { createClock } from '../fixtures/event-receiver.ts'
import { createMetered } from '../fixtures/metered-database.ts'
import { createProviderList, type ListedPayment } from '../fixtures/provider-list.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const start = new Date('2026-11-22T03:00:00Z')
/** What one run used. */
interface Used {
  statements: number
  requests: number
}

/** What Cloudflare allows one invocation. */
const allowed = {
  free: { statements: 50, requests: 50 },
  paid: { statements: 1_000, requests: 1_000 },
} as const
const plans = ['free', 'paid'] as const
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)

/** A server on the limits of a plan, whose runs are counted one by one. */
function createLimited(
  plan: 'free' | 'paid',
  listed: readonly ListedPayment[] = [],
  { customDataLength = 0, isFlaky = false } = {},
) {
  const clock = createClock(start)
  const { db, meter } = createMetered(env.DB)
  const provider = createProviderList(listed, customDataLength)
  const config = readConfig({ ...env })
  const limits = readLimits(plan)
  if (!config.ok || limits === null) throw new TypeError('Cannot read the settings')
  const delivered: string[] = []
  const lines: Readonly<Record<string, unknown>>[] = []
  const server = createServer({
    config: config.value,
    store: createD1Store(db, { now: clock.now }),
    fetch: (request) => {
      if (request.url !== config.value.eventUrl) {
        const response = provider.fetch(request)
        const fails = isFlaky && provider.requests() % 2 === 1
        return fails ? new Response('', { status: 502 }) : response
      }
      delivered.push(request.headers.get('webhook-id') ?? '')
      return new Response(null, { status: 204 })
    },
    now: clock.now,
    random: () => 0,
    sleep: immediateSleep,
    log: (event, fields) => lines.push({ event, ...fields }),
    limits,
  })
  const most: Used = { statements: 0, requests: 0 }
  return {
    clock,
    delivered,
    lines,
    /** The most statements and requests that one run used. */
    most,
    /** Runs the jobs of some minutes, or until a condition holds, and returns how many minutes it took. */
    run: async (minutes: number, isDone: () => Promise<boolean> = async () => false) => {
      for (let minute = 1; minute <= minutes; minute++) {
        clock.forward(minuteMs)
        meter.statements = 0
        const [sent, requested] = [delivered.length, provider.requests()]
        await server.runJobs('* * * * *')
        const requests = delivered.length - sent + provider.requests() - requested
        most.statements = Math.max(most.statements, meter.statements)
        most.requests = Math.max(most.requests, requests)
        if (await isDone()) return minute
      }
      return minutes
    },
  }
}

const count = async (sql: string) =>
  Number((await env.DB.prepare(sql).first<{ n: number }>())?.n ?? 0)
const isZero = (sql: string) => async () => (await count(sql)) === 0

const numbers = (most: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most})`
/** Pending orders, two hours old: they are polled once an hour. */
const insertOrders = (most: number) =>
  env.DB.prepare(
    `${numbers(most)} INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late,
       policy_unmatched, status, cancelled, sequence, created_at, updated_at)
     SELECT 'LIM-' || i, 1000, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, ?1, ?1 FROM n`,
  )
    .bind(start.getTime() - 2 * hourMs)
    .run()

/** The triggers that keep orders are for merchants, not for tests. */
beforeEach(async () => {
  const kept = await env.DB.prepare(
    "SELECT sql FROM sqlite_schema WHERE name = 'orders_kept'",
  ).first<{ sql: string }>()
  await env.DB.prepare('DROP TRIGGER orders_kept').run()
  const tables = [
    'orders',
    'outbox',
    'attempts',
    'reconciliation_issues',
    'poll_schedule',
    'cursors',
    'billing_keys',
    'cancels',
  ]
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
  await env.DB.prepare(kept?.sql ?? '').run()
})

function expectWithin(plan: 'free' | 'paid', { statements, requests }: Used) {
  expect(statements).toBeLessThanOrEqual(allowed[plan].statements)
  expect(requests).toBeLessThanOrEqual(allowed[plan].requests)
}

describe.each(plans)('T68: within the limits of one invocation on the %s plan', (plan) => {
  it('delivers a backlog of 3,000 events, each once', async () => {
    const limited = createLimited(plan)
    await env.DB.prepare(
      `${numbers(3_000)} INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at,
         due_at, tries)
       SELECT 'LIM-' || i || ':1', 'LIM-' || i, 1, 'paid', '{"status":"paid"}', ?1, ?1, 0 FROM n`,
    )
      .bind(start.getTime())
      .run()
    const minutes = await limited.run(
      200,
      isZero('SELECT count(*) AS n FROM outbox WHERE due_at > 0'),
    )
    expect(limited.delivered).toHaveLength(3_000)
    expect(new Set(limited.delivered).size).toBe(3_000)
    expect(minutes).toBeLessThanOrEqual(plan === 'free' ? 100 : 10)
    expectWithin(plan, limited.most)
  })

  it('closes the comparison of a day with 1,200 payments of another system', async () => {
    const from = new Date(start.getTime() - 26 * hourMs)
    const listed = Array.from({ length: 1_200 }, (_, index) => ({
      imp_uid: `imp_foreign_${index}`,
      merchant_uid: `FOREIGN-${index}`,
      paid_at: seconds(from) + 60 * index,
    }))
    const limited = createLimited(plan, listed)
    await env.DB.prepare("INSERT INTO cursors VALUES ('reconciled', ?1, 0)")
      .bind(from.getTime())
      .run()
    await limited.run(60, async () => {
      const at = await count("SELECT at AS n FROM cursors WHERE name = 'reconciled'")
      return at === from.getTime() + 24 * hourMs
    })
    const issues = await count(
      "SELECT count(*) AS n FROM reconciliation_issues WHERE kind = 'order_unknown' AND closed_at IS NULL",
    )
    expect(issues).toBe(1_200)
    expect(await count("SELECT count(*) AS n FROM outbox WHERE kind = 'exception'")).toBe(1_200)
    expect(await count("SELECT at AS n FROM cursors WHERE name = 'reconciled'")).toBe(
      from.getTime() + 24 * hourMs,
    )
    expectWithin(plan, limited.most)
  })

  it('compares a day with 20,000 payments of usual size, although each request is made twice', async () => {
    const from = new Date(start.getTime() - 26 * hourMs)
    const listed = Array.from({ length: 20_000 }, (_, index) => ({
      imp_uid: `imp_large_${index + 1}`,
      merchant_uid: `LIM-${index + 1}`,
      paid_at: seconds(from) + Math.floor((86_400 * index) / 20_000),
    }))
    const limited = createLimited(plan, listed, { customDataLength: 1_000, isFlaky: true })
    await insertOrders(20_000)
    await env.DB.batch([
      env.DB.prepare(
        `UPDATE orders SET status = 'paid', sequence = 1, imp_uid = 'imp_large_' || substr(merchant_uid, 5),
           paid_at = ?1 + 1000 * (86400 * (substr(merchant_uid, 5) - 1) / 20000)`,
      ).bind(from.getTime()),
      env.DB.prepare("INSERT INTO cursors VALUES ('reconciled', ?1, 0)").bind(from.getTime()),
    ])
    const compared = "SELECT at AS n FROM cursors WHERE name = 'reconciled'"
    const minutes = await limited.run(120, async () => (await count(compared)) > from.getTime())
    expect(await count(compared)).toBe(from.getTime() + 24 * hourMs)
    expect(minutes).toBeLessThanOrEqual(plan === 'free' ? 120 : 5)
    expect(await count('SELECT count(*) AS n FROM reconciliation_issues')).toBe(0)
    expectWithin(plan, limited.most)
  })

  it('polls 10,000 open orders', async () => {
    const limited = createLimited(plan)
    await insertOrders(10_000)
    await env.DB.prepare('INSERT INTO poll_schedule SELECT merchant_uid, ?1 FROM orders')
      .bind(start.getTime())
      .run()
    const unpolled = `SELECT count(*) AS n FROM poll_schedule WHERE due_at <= ${start.getTime()}`
    const minutes = await limited.run(60, isZero(unpolled))
    expect(await count(unpolled)).toBe(0)
    expect(minutes).toBeLessThanOrEqual(plan === 'free' ? 55 : 3)
    expectWithin(plan, limited.most)
  })

  it('records 5,000 payments whose messages were all lost', async () => {
    const payments = plan === 'free' ? 100 : 5_000
    const listed = Array.from({ length: payments }, (_, index) => ({
      imp_uid: `imp_changed_${index}`,
      merchant_uid: `LIM-${index + 1}`,
      paid_at: seconds(start) - 3_600 + Math.floor((index * 3_600) / payments),
    }))
    const limited = createLimited(plan, listed)
    await insertOrders(payments)
    await limited.run(120, isZero("SELECT count(*) AS n FROM orders WHERE status = 'pending'"))
    expect(await count("SELECT count(*) AS n FROM orders WHERE status = 'paid'")).toBe(payments)
    expectWithin(plan, limited.most)
  })

  it('keeps to them with every backlog at once, and neglects none', async () => {
    const from = new Date(start.getTime() - 26 * hourMs)
    const foreign = Array.from({ length: 1_200 }, (_, index) => ({
      imp_uid: `imp_foreign_${index}`,
      merchant_uid: `FOREIGN-${index}`,
      paid_at: seconds(from) + 60 * index,
    }))
    const changed = Array.from({ length: 300 }, (_, index) => ({
      imp_uid: `imp_changed_${index}`,
      merchant_uid: `LIM-${index + 1}`,
      paid_at: seconds(start) - 600 + index,
    }))
    const limited = createLimited(plan, [...foreign, ...changed])
    await insertOrders(2_000)
    await env.DB.batch([
      env.DB.prepare('INSERT INTO poll_schedule SELECT merchant_uid, ?1 FROM orders').bind(
        start.getTime(),
      ),
      env.DB.prepare("INSERT INTO cursors VALUES ('reconciled', ?1, 0)").bind(from.getTime()),
      env.DB.prepare(
        `${numbers(1_000)} INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
         SELECT 'late_paid:imp_' || i, 'exception', '{}', ?1, ?1, 0 FROM n`,
      ).bind(start.getTime()),
    ])
    const left = async () => ({
      events: await count('SELECT count(*) AS n FROM outbox WHERE due_at > 0'),
      unpolled: await count(
        `SELECT count(*) AS n FROM poll_schedule WHERE due_at <= ${start.getTime()}`,
      ),
      unpaid: 300 - (await count("SELECT count(*) AS n FROM orders WHERE status = 'paid'")),
      compared:
        (await count("SELECT at AS n FROM cursors WHERE name = 'reconciled'")) > from.getTime(),
    })
    await limited.run(300, async () => {
      const { events, unpolled, unpaid, compared } = await left()
      return events + unpolled + unpaid === 0 && compared
    })
    expect(await left()).toEqual({ events: 0, unpolled: 0, unpaid: 0, compared: true })
    expectWithin(plan, limited.most)
  })
})

it('T68: on the free plan every job runs every minute while there is no backlog, and subscriptions every second', async () => {
  const limited = createLimited('free')
  await limited.run(6)
  const done = limited.lines.filter(({ event }) => event === 'job_done')
  const turns = [...Map.groupBy(done, ({ job }) => job)].map(([job, each]) => [job, each.length])
  expect(Object.fromEntries(turns)).toEqual({
    sweep_events: 6,
    poll_paid_list: 6,
    poll_open_orders: 6,
    poll_cancelled_list: 6,
    resolve_cancels: 6,
    apply_policies: 6,
    reconcile: 6,
    revoke_accounts: 6,
    close_payment_links: 6,
    delete_expired: 6,
    erase_verifications: 6,
    run_subscriptions: 3,
    poll_billing_keys: 6,
  })
  expectWithin('free', limited.most)
})
