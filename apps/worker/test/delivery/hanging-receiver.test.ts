import { env } from 'cloudflare:workers'
import { createServer } from '@quayside/server'
import { createD1Store } from '@quayside/sql/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../../packages/server/src/config/config.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { readLimits } from '../../src/limits.ts'
import { consume } from '../../src/queue.ts'
import {
  clearOutbox,
  createClock,
  createDeliveryFixture,
  insertEvent,
} from '../fixtures/event-receiver.ts'
import { createMetered } from '../fixtures/metered-database.ts'
import { createProviderList } from '../fixtures/provider-list.ts'
import { clearCursors, start } from '../fixtures/recovery.ts'

const merchantUid = 'HANG-paid'

/** A server whose merchant takes every event and never answers, until the test lets go. */
function createHanging() {
  const clock = createClock(new Date(start.getTime() + 60_000))
  const listed = {
    imp_uid: 'imp_hang',
    merchant_uid: merchantUid,
    paid_at: start.getTime() / 1_000,
  }
  const provider = createProviderList([listed])
  const config = readConfig({ ...env })
  const limits = readLimits('paid')
  if (!config.ok || limits === null) throw new TypeError('Cannot read the settings')
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const arrived: string[] = []
  const server = createServer({
    config: config.value,
    store: createD1Store(env.DB, { now: clock.now }),
    fetch: async (request) => {
      if (request.url !== config.value.eventUrl) return provider.fetch(request)
      arrived.push(request.headers.get('webhook-id') ?? '')
      await held
      return new Response(null, { status: 204 })
    },
    now: clock.now,
    random: () => 0,
    sleep: immediateSleep,
    log: () => undefined,
    limits,
  })
  return { server, arrived, letGo }
}

beforeEach(async () => {
  await clearOutbox()
  await clearCursors()
})

describe('a receiver that never answers', () => {
  it('T68: has half of the connections at most, and no lookup waits for it', async () => {
    const { server, arrived, letGo } = createHanging()
    await env.DB.prepare(
      `INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status,
         cancelled, sequence, created_at, updated_at)
       VALUES (?1, 1000, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, ?2, ?2)`,
    )
      .bind(merchantUid, start.getTime() - 60_000)
      .run()
    const ids = Array.from({ length: 30 }, (_, index) => `HANG-${index}:1`)
    for (const id of ids) await insertEvent(id, start)
    const run = server.runJobs('* * * * *')
    const readStatus = () =>
      env.DB.prepare('SELECT status FROM orders WHERE merchant_uid = ?1')
        .bind(merchantUid)
        .first<{ status: string }>()
    await expect.poll(readStatus).toEqual({ status: 'paid' })
    await expect.poll(() => arrived.length).toBe(3)
    letGo()
    await run
    expect(new Set(arrived).size).toBe(31)
  })
})

describe('consume()', () => {
  it('T68: keeps to the limits of the free plan with a full batch, every response of the database lost once', async () => {
    const { db, meter } = createMetered(env.DB)
    let calls = 0
    const losing: typeof db = new Proxy(db, {
      get(target, name) {
        if (name !== 'batch') return Reflect.get(target, name)
        return async (...args: Parameters<typeof db.batch>) => {
          const results = await target.batch(...args)
          calls += 1
          // Every second call is a repetition; a claim is not repeated.
          if (calls > 6 && calls % 2 === 1) throw new Error('Network connection lost.')
          return results
        }
      },
    })
    const fixture = createDeliveryFixture({ db: losing })
    const ids = Array.from({ length: 6 }, (_, index) => `FULL-${index}:1`)
    for (const id of ids) await insertEvent(id, fixture.clock.now())
    const acked: string[] = []
    const messages = ids.map((id) => ({
      id,
      body: { id },
      timestamp: fixture.clock.now(),
      attempts: 1,
      ack: () => acked.push(id),
      retry: () => undefined,
    }))
    const batch = { queue: 'quayside-events', messages, ackAll: () => {}, retryAll: () => {} }
    await consume(
      { ...batch, metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } },
      fixture,
      () => undefined,
    )
    expect(fixture.receiver.arrivals.map(({ id }) => id).toSorted()).toEqual(ids)
    expect(meter.statements).toBeLessThanOrEqual(50)
  })
})
