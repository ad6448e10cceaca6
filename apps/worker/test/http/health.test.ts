import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { describe, expect, it } from 'vitest'
import { newestMigration } from '../../../../packages/sql/src/d1/newest-migration.ts'
import { createShop, now } from '../fixtures/merchant.ts'

const notReady = (name: string, reason: string, detail?: string) => ({
  status: 503,
  body: {
    status: 'not_ready',
    checks: [
      { name: 'settings', ok: true },
      { name: 'database', ok: true },
      { name: 'provider', ok: true },
    ].map((check) => (check.name === name ? { name, ok: false, reason, detail } : check)),
  },
})
const ready = {
  status: 200,
  body: {
    status: 'ready',
    checks: [
      { name: 'settings', ok: true },
      { name: 'database', ok: true },
      { name: 'provider', ok: true },
    ],
  },
}
/** A database whose every call fails. */
const failing = (text: string): D1Database =>
  new Proxy(env.DB, {
    get(target, name) {
      if (name === 'batch') {
        return async () => {
          throw new Error(text)
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

describe('GET /healthz', () => {
  it('says that the process runs and nothing else, whatever does not work', async () => {
    const alive = { status: 200, body: { status: 'ok' } }
    expect(await createShop().send('/healthz')).toEqual(alive)
    expect(await createShop({}, failing('lost')).send('/healthz')).toEqual(alive)
    expect(await createShop({ IMP_KEY: '' }).send('/healthz')).toEqual(alive)
  })
})

describe('GET /readyz', () => {
  it('is 200 when settings, database and provider can be used', async () => {
    expect(await createShop().send('/readyz')).toEqual(ready)
  })

  it('names the setting that is missing', async () => {
    const reason = 'configuration'
    const detail = 'Missing setting: EVENT_URL'
    expect(await createShop({ EVENT_URL: '' }).send('/readyz')).toEqual({
      status: 503,
      body: { status: 'not_ready', checks: [{ name: 'settings', ok: false, reason, detail }] },
    })
  })

  it('T77: names a database without its tables, and logs what is missing', async () => {
    const text = 'D1_ERROR: no such table: d1_migrations: SQLITE_ERROR'
    const shop = createShop({}, failing(text))
    expect(await shop.send('/readyz')).toEqual(notReady('database', 'database_not_migrated'))
    const lines = shop.lines.filter((line) => line.includes('"event":"not_ready"'))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      name: 'database',
      reason: 'database_not_migrated',
      cause: newestMigration,
    })
  })

  it('T77: names a database that misses the newest migration', async () => {
    const remove = 'DELETE FROM d1_migrations WHERE name = ?1'
    await env.DB.prepare(remove).bind(newestMigration).run()
    const response = await createShop().send('/readyz')
    await env.DB.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(newestMigration).run()
    expect(response).toEqual(notReady('database', 'database_not_migrated'))
    expect(await createShop().send('/readyz')).toEqual(ready)
  })

  it('T77: knows the newest file of the migrations', async () => {
    const { results } = await env.DB.prepare('SELECT name FROM d1_migrations ORDER BY name').all()
    expect(results.at(-1)).toEqual({ name: newestMigration })
  })

  it('T77: names a database that is away or full', async () => {
    for (const text of ['Network connection lost.', 'D1_ERROR: Exceeded maximum DB size']) {
      const shop = createShop({}, failing(text))
      expect(await shop.send('/readyz')).toEqual(notReady('database', 'store_unavailable'))
      expect(shop.lines.join()).toContain(text)
    }
  })

  it('T77: names keys that the provider refuses, without them', async () => {
    const secret = 'another-secret-of-the-tests'
    const shop = createShop({ IMP_SECRET: secret })
    const response = await shop.send('/readyz')
    const detail =
      'IMP_KEY and IMP_SECRET must be the REST API key and secret of V1, not an API secret of V2'
    expect(response).toEqual(notReady('provider', 'provider_refused_us', detail))
    expect(shop.lines.join()).toContain('unauthorized')
    expect(shop.lines.join()).not.toContain(secret)
  })

  it('T77: names a provider that is away', async () => {
    const shop = createShop()
    await shop.control('/faults', { fault: 'reset', times: 'always' })
    expect(await shop.send('/readyz')).toEqual(notReady('provider', 'provider_unavailable'))
  })

  it('T77: asks the provider once a minute, however often it is requested', async () => {
    let at = Date.parse('2026-11-22T03:00:00Z')
    const asked: string[] = []
    const shop = createShop({}, undefined, {
      now: () => new Date(at),
      observe: async (request) => {
        asked.push(new URL(request.url).pathname)
      },
    })
    const flood = () => Promise.all(Array.from({ length: 200 }, () => shop.send('/readyz')))
    expect(new Set((await flood()).map(({ status }) => status))).toEqual(new Set([200]))
    expect(asked).toEqual(['/users/getToken'])
    at += 60_000
    await flood()
    expect(asked).toEqual(['/users/getToken', '/users/getToken'])
  })
})

describe('a 5xx of the merchant API', () => {
  const order = { merchant_uid: 'H-cause', amount: 64_900, currency: 'KRW' }
  const logged = { at: now.toISOString(), event: 'request_failed' }
  const causes = (lines: readonly string[]) =>
    lines
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter(({ event }) => event === 'request_failed')

  for (const text of [
    'D1_ERROR: no such table: orders: SQLITE_ERROR',
    'D1_ERROR: Exceeded maximum DB size: SQLITE_FULL',
    'D1_ERROR: CHECK constraint failed: amount > 0: SQLITE_CONSTRAINT',
  ]) {
    it(`T76: is logged with what the database said: ${text}`, async () => {
      const shop = createShop({}, failing(text))
      const failed = { status: 503, reason: 'store_unavailable', cause: `Error: ${text}` }
      for (const [method, path, send] of [
        ['POST', '/orders', () => shop.post('/orders', order)],
        ['GET', '/orders/H-cause', () => shop.send('/orders/H-cause')],
        ['POST', '/orders/H-cause/cancel', () => shop.post('/orders/H-cause/cancel', {})],
        ['GET', '/events', () => shop.send('/events?state=pending')],
        ['POST', '/events/A:1/replay', () => shop.post('/events/A:1/replay', {})],
        ['GET', '/reconciliation-issues', () => shop.send('/reconciliation-issues')],
      ] as const) {
        shop.lines.length = 0
        const response = await send()
        expect(response).toMatchObject({ status: 503, body: { error: 'store_unavailable' } })
        expect(JSON.stringify(response.body)).not.toContain('D1_ERROR')
        expect(causes(shop.lines)).toEqual([{ ...logged, method, path, ...failed }])
      }
    })
  }

  it('T76: is logged with why the provider gave no response', async () => {
    const shop = createShop()
    await shop.control('/faults', { fault: 'bad_gateway_html', times: 'always' })
    expect(await shop.post('/orders', order)).toMatchObject({ status: 503 })
    expect(causes(shop.lines)).toEqual([
      expect.objectContaining({
        path: '/orders',
        reason: 'provider_unavailable',
        cause: expect.stringContaining('server_error'),
      }),
    ])
  })

  it('T76: is not to be repeated when the provider refuses the keys of the server', async () => {
    const shop = createShop({ IMP_SECRET: 'another-secret-of-the-tests' })
    expect(await shop.post('/orders', order)).toMatchObject({
      status: 502,
      body: { error: 'provider_refused_us' },
    })
    expect(shop.lines.join()).not.toContain('another-secret-of-the-tests')
  })

  it("T76: so is a completion route's, whose response reveals nothing", async () => {
    const text = 'D1_ERROR: no such table: orders: SQLITE_ERROR'
    const shop = createShop({}, failing(text))
    const ids = { imp_uid: 'imp_1', merchant_uid: 'H-cause' }
    expect(await shop.post('/payments/webhook', ids)).toEqual({
      status: 503,
      body: { status: 'retry' },
    })
    const line = shop.lines.find((each) => each.includes('"event":"not_synced"'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      reason: 'store_unavailable',
      cause: `Error: ${text}`,
    })
  })
})
