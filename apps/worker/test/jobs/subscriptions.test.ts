import { env } from 'cloudflare:workers'
import { createServer } from '@quayside/server'
import { createD1Store } from '@quayside/sql/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../../packages/server/src/config/config.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { readLimits } from '../../src/limits.ts'
import {
  clearCharges,
  countBooked,
  createChargeProvider,
  createdAt,
  dueAt,
  insertDue,
} from '../fixtures/due-subscriptions.ts'
import { createClock } from '../fixtures/event-receiver.ts'
import { createMetered } from '../fixtures/metered-database.ts'

const minuteMs = 60_000
/** What Cloudflare allows one invocation. */
const allowed = { free: 50, paid: 1_000 } as const

/** A server on the limits of a plan, without a queue for charges, with subscriptions whose trial ends at one time. */
async function createLimited(plan: 'free' | 'paid', subscriptions: number) {
  const clock = createClock(createdAt)
  const { db, meter } = createMetered(env.DB)
  const provider = createChargeProvider(clock.now)
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
  await insertDue(server.app, subscriptions)
  clock.forward(dueAt.getTime() - createdAt.getTime())
  const most = { statements: 0 }
  return {
    provider,
    most,
    runMinute: async () => {
      clock.forward(minuteMs)
      Object.assign(meter, { statements: 0, rowsRead: 0, rowsWritten: 0 })
      await server.runJobs('* * * * *')
      most.statements = Math.max(most.statements, meter.statements)
    },
  }
}

beforeEach(clearCharges)

describe('subscriptions within the limits of the platform, without a queue', () => {
  for (const [plan, subscriptions, minutes] of [
    ['free', 3, 90],
    ['paid', 100, 3],
  ] as const) {
    it(`T68: on the ${plan} plan ${subscriptions} that are due are charged, each once`, async () => {
      const limited = await createLimited(plan, subscriptions)
      for (let ran = 0; ran < minutes && (await countBooked()) !== subscriptions; ran++) {
        await limited.runMinute()
      }
      expect(await countBooked()).toBe(subscriptions)
      expect(new Set(limited.provider.charged).size).toBe(subscriptions)
      expect(limited.provider.charged.length).toBe(subscriptions)
      expect(limited.most.statements).toBeLessThanOrEqual(allowed[plan])
    })
  }
})
