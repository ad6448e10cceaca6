import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { beforeEach, describe, expect, it } from 'vitest'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { createWorker } from '../../src/worker.ts'
import {
  clearCharges,
  countBooked,
  createChargeProvider,
  createdAt,
  dueAt,
  insertDue,
  key,
} from '../fixtures/due-subscriptions.ts'
import { createClock } from '../fixtures/event-receiver.ts'
import { createMetered, type Meter } from '../fixtures/metered-database.ts'

const minuteMs = 60_000
/** What Cloudflare allows one invocation. */
const allowed = {
  free: { statements: 50, requests: 50 },
  paid: { statements: 1_000, requests: 1_000 },
} as const
/** What the documentation says of one charge: docs/subscriptions.md. */
const documented = { statements: 15, rowsWritten: 28 }

/** What one invocation did. */
interface Invocation extends Meter {
  readonly kind: 'cron' | 'charges'
  requests: number
}

interface Deployment {
  readonly plan?: keyof typeof allowed
  /** Whether the queue takes messages. */
  readonly accepts?: () => boolean
  /** Wraps the database of an invocation that charges. */
  readonly wrap?: (db: D1Database, invocation: number) => D1Database
}

/** A deployment whose queue is read here. Each invocation is an isolate of its own. */
async function createDeployment(
  subscriptions: number,
  { plan = 'paid', accepts = () => true, wrap = (db) => db }: Deployment = {},
) {
  const clock = createClock(createdAt)
  const provider = createChargeProvider(clock.now)
  const invocations: Invocation[] = []
  const lines: string[] = []
  const queue: unknown[] = []
  const CHARGES = {
    async sendBatch(messages: Iterable<{ readonly body: unknown }>) {
      if (!accepts()) throw new TypeError('Too Many Requests')
      queue.push(...[...messages].map(({ body }) => body))
      return { metadata: { metrics: { backlogCount: queue.length, backlogBytes: 0 } } }
    },
  }
  const start = (kind: Invocation['kind']) => {
    const { db, meter } = createMetered(env.DB)
    const invocation: Invocation = Object.assign(meter, { kind, requests: 0 })
    const number = invocations.push(invocation)
    const { EVENTS: _events, ...bindings } = env
    const DB = kind === 'cron' ? db : wrap(db, number)
    const deployed = { ...bindings, PLAN: plan, CHARGES, DB }
    return createWorker(deployed, {
      fetch: async (request) => {
        invocation.requests += 1
        return request.url === env.EVENT_URL
          ? new Response(null, { status: 204 })
          : provider.fetch(request)
      },
      now: clock.now,
      random: () => 0,
      sleep: immediateSleep,
      waitUntil: () => undefined,
      write: (line) => lines.push(line),
    })
  }
  await insertDue(start('cron').app, subscriptions)
  clock.forward(dueAt.getTime() - createdAt.getTime())
  invocations.length = 0
  return {
    clock,
    provider,
    invocations,
    lines,
    queue,
    /** A command of the merchant, in an invocation of its own. */
    request: async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const { app } = start('cron')
      return app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
    },
    runCron: () => start('cron').runCron('* * * * *'),
    /** The platform gives the first message of the queue to an invocation. */
    consumeOne: async () => {
      const body = queue.shift()
      const message = { id: 'm', timestamp: clock.now(), attempts: 1, body }
      await start('charges').consume(createMessageBatch('quayside-charges', [message]))
    },
  }
}

type Running = Awaited<ReturnType<typeof createDeployment>>

/** A minute: the jobs, and then what they asked for, four invocations at a time. */
async function runMinute({ clock, queue, runCron, consumeOne }: Running): Promise<void> {
  clock.forward(minuteMs)
  await runCron()
  while (queue.length > 0) await Promise.all(queue.slice(0, 4).map(consumeOne))
}

function expectChargedOnce({ provider: { charged } }: Running, subscriptions: number): void {
  expect(charged.length).toBe(subscriptions)
  expect(new Set(charged).size).toBe(subscriptions)
}

function expectWithin(plan: keyof typeof allowed, { invocations }: Running): void {
  for (const { statements, requests } of invocations) {
    expect(statements).toBeLessThanOrEqual(allowed[plan].statements)
    expect(requests).toBeLessThanOrEqual(allowed[plan].requests)
  }
}

beforeEach(clearCharges)

describe('charges of many subscriptions', () => {
  it('T231: 600 that are due at once are charged in a minute, each once, in invocations within their limits', async () => {
    const deployment = await createDeployment(600)
    await runMinute(deployment)
    expect(await countBooked()).toBe(600)
    expectChargedOnce(deployment, 600)
    expectWithin('paid', deployment)
    const { invocations } = deployment
    const charging = invocations.filter(({ kind }) => kind === 'charges')
    const sum = (of: (each: Invocation) => number) =>
      charging.reduce((total, each) => total + of(each), 0)
    // The jobs charge some themselves; each invocation asks for a token of its own.
    const charges = sum(({ requests }) => requests) - charging.length
    expect(sum(({ statements }) => statements) / charges).toBeLessThanOrEqual(documented.statements)
    expect(sum(({ rowsWritten }) => rowsWritten) / charges).toBeLessThanOrEqual(
      documented.rowsWritten,
    )
    // oxlint-disable-next-line no-console -- the figures that the docs name
    console.log(
      `${charges} charges in ${charging.length} invocations, each ${(sum(({ statements }) => statements) / charges).toFixed(1)} statements and ${(sum(({ rowsWritten }) => rowsWritten) / charges).toFixed(1)} rows written`,
    )
  })

  it('T231: on the free plan 30 are charged in two minutes, three in each invocation', async () => {
    const deployment = await createDeployment(30, { plan: 'free' })
    // Subscriptions are first in every second minute.
    for (let minute = 0; minute < 2; minute++) await runMinute(deployment)
    expect(await countBooked()).toBe(30)
    expectChargedOnce(deployment, 30)
    expectWithin('free', deployment)
    const charging = deployment.invocations.filter(({ kind }) => kind === 'charges')
    // The token is the fourth request.
    expect(Math.max(...charging.map(({ requests }) => requests))).toBe(4)
  })

  it('T232: a queue that repeats messages and brings them late charges nothing twice', async () => {
    const deployment = await createDeployment(300)
    const { queue, runCron, consumeOne, clock } = deployment
    await runCron()
    queue.push(...queue, ...queue)
    await Promise.all(queue.slice(0, 6).map(consumeOne))
    while (queue.length > 0) await consumeOne()
    clock.forward(minuteMs)
    for (let late = 0; late < 10; late++) {
      queue.push({ run: 'charges' })
      await consumeOne()
    }
    expect(await countBooked()).toBe(300)
    expectChargedOnce(deployment, 300)
  })

  it('T232: messages that are lost, or that the queue refuses, are sent again a minute later, and the log says so', async () => {
    let minute = 0
    const deployment = await createDeployment(300, { accepts: () => minute !== 1 })
    for (minute = 1; minute <= 2; minute++) {
      deployment.clock.forward(minuteMs)
      await deployment.runCron()
      deployment.queue.length = 0
    }
    // The jobs themselves go on as without a queue.
    expect(deployment.provider.charged.length).toBeGreaterThan(50)
    expect(deployment.lines.filter((line) => line.includes('charges_not_queued'))).toHaveLength(1)
    await runMinute(deployment)
    expect(await countBooked()).toBe(300)
    expectChargedOnce(deployment, 300)
  })

  it('T233: what an invocation that is ended in the middle has leased is charged after its lease, and once', async () => {
    let isOver = false
    const deployment = await createDeployment(200, {
      wrap: (db, invocation) => (invocation === 2 ? endAfter(db, 30, () => isOver) : db),
    })
    const { queue, runCron, consumeOne, clock } = deployment
    await runCron()
    const ended = consumeOne()
    while (queue.length > 0) await consumeOne()
    const before = await countBooked()
    expect(before).toBeLessThan(200)
    for (let minute = 0; minute < 15 && (await countBooked()) < 200; minute++) {
      await runMinute(deployment)
    }
    expect(await countBooked()).toBe(200)
    expectChargedOnce(deployment, 200)
    // Only the test has to end it.
    isOver = true
    clock.forward(minuteMs)
    await ended
  })

  it.each([2, 5, 8])(
    'T243: on the free plan each of %i that the provider could not take is charged once it can, and once',
    async (subscriptions) => {
      const deployment = await createDeployment(subscriptions, { plan: 'free' })
      deployment.provider.take(false)
      for (let minute = 0; minute < 10; minute++) await runMinute(deployment)
      expect(await countBooked()).toBe(0)
      deployment.provider.take(true)
      for (let minute = 0; minute < 90 && (await countBooked()) < subscriptions; minute++) {
        await runMinute(deployment)
      }
      expect(await countBooked()).toBe(subscriptions)
      expectChargedOnce(deployment, subscriptions)
      expectWithin('free', deployment)
    },
  )

  it('T243: on the free plan a refund that the provider could not take is made once it can, and once', async () => {
    const deployment = await createDeployment(2, { plan: 'free' })
    const { provider, request } = deployment
    for (let minute = 0; minute < 4; minute++) await runMinute(deployment)
    expect(await countBooked()).toBe(2)
    provider.take(false)
    await request('/subscriptions/due0/refund-period', { period: 1 })
    for (let minute = 0; minute < 5; minute++) await runMinute(deployment)
    expect(provider.cancelled).toEqual([])
    provider.take(true)
    for (let minute = 0; minute < 90; minute++) await runMinute(deployment)
    expect(provider.cancelled).toEqual(['sub-due0-1-1'])
    expectWithin('free', deployment)
  })

  it('asks nobody to charge what the jobs can charge themselves', async () => {
    const deployment = await createDeployment(5)
    await deployment.runCron()
    expect(deployment.queue).toEqual([])
    expect(await countBooked()).toBe(5)
  })

  it('T231: asks for at most fifty invocations in a minute, however many are due', async () => {
    const deployment = await createDeployment(20_000)
    await deployment.runCron()
    expect(deployment.queue).toEqual(Array.from({ length: 50 }, () => ({ run: 'charges' })))
    const line = deployment.lines.find((each) => each.includes('"run_subscriptions"'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({ due: 3_350, runs: 50 })
  })
})

/** A database that answers so many calls, and none after them: its invocation was ended. */
function endAfter(db: D1Database, calls: number, isOver: () => boolean): D1Database {
  let left = calls
  return new Proxy(db, {
    get(target, name) {
      if (name === 'batch') {
        return async (...args: Parameters<D1Database['batch']>) => {
          left -= 1
          while (left <= 0 && !isOver()) await new Promise((resolve) => setTimeout(resolve, 5))
          if (left <= 0) throw new Error('The invocation was ended')
          return target.batch(...args)
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
