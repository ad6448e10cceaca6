import type { Env } from 'cloudflare:workers'
import type { MessageBatch } from '@cloudflare/workers-types'
import { createClient, type Fetch } from '@quayside/client'
import type { Rooms, Sleep } from '@quayside/server'
import {
  type ConfigFailure,
  createApp,
  createDelivery,
  createGate,
  createJobs,
  createLog,
  createRefusal,
  createSend,
  explainConfig,
  type Log,
  readConfig,
  runJobs,
} from '@quayside/server'
import type { Hono } from 'hono'
import { consume } from './queue.ts'
import { ring } from './rate-limit.ts'
import { createD1Store } from './store/orders.ts'
import { createOutbox } from './store/outbox.ts'
import { createBooks } from './store/store.ts'

/** What the worker reaches outside of itself. */
export interface Outside {
  readonly fetch: Fetch
  readonly now: () => Date
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
  /** Every timer of the worker goes through this. */
  readonly sleep: Sleep
  /** Keeps the worker awake for what nobody waits for. */
  readonly waitUntil: (work: Promise<unknown>) => void
  /** Takes one finished line of the log. */
  readonly write: (line: string) => void
}

/** The worker as its runtime calls it. */
export interface Worker {
  readonly app: Hono
  /** Does what is due by one of the cron triggers. */
  readonly schedule: (cron: string) => Promise<void>
  /** Takes messages of the queue in. */
  readonly consume: (batch: MessageBatch) => Promise<void>
}

/** How long the merchant's receiver may take. */
const receiverLimitMs = 10_000

/** Turns the worker's settings into the worker, or into one that only says which setting is missing. */
export function start(env: Env, outside: Outside): Worker {
  const { fetch, now, random, sleep } = outside
  const log = createLog(outside.write, now)
  const read = readConfig({ ...env })
  if (!read.ok) return refuse(read.failure, log)
  const config = read.value
  const nowMs = () => now().getTime()
  const outbox = createOutbox(env.DB, now)
  const send = createSend({
    url: config.eventUrl,
    secrets: config.eventSecrets,
    mode: config.mode,
    limitMs: receiverLimitMs,
    fetch,
    now,
    sleep,
  })
  const delivery = createDelivery({ outbox, send, now, log })
  const announce = createAnnounce(env, outside, log)
  const rooms: Rooms = {
    config,
    client: createClient({
      key: config.impKey,
      secret: config.impSecret,
      baseUrl: config.providerUrl,
      fetch,
      now: nowMs,
      random,
      sleep,
    }),
    store: createD1Store(env.DB, now, announce),
    books: createBooks(env.DB, now),
    outbox,
    announce,
    gate: createGate({ now: nowMs, sleep }),
    rateLimit: env.DOOR_LIMIT === undefined ? null : ring(env.DOOR_LIMIT),
    log,
    now,
    sleep,
  }
  const jobs = createJobs(delivery, rooms)
  return {
    app: createApp(rooms),
    schedule: (cron) => runJobs(jobs, cron, log),
    consume: (batch) => consume(batch, delivery, log),
  }
}

function refuse(failure: ConfigFailure, log: Log): Worker {
  const say = () => log('configuration', { message: explainConfig(failure) })
  return {
    app: createRefusal(failure, log),
    schedule: async () => say(),
    consume: async (batch) => {
      say()
      batch.retryAll()
    },
  }
}

/** Puts the id of a fresh event on the queue. Should that fail, the next sweep finds the row. */
function createAnnounce({ EVENTS }: Env, { waitUntil }: Outside, log: Log) {
  return (id: string): void => {
    if (EVENTS === undefined) return
    const sent = EVENTS.send({ id }).catch((cause: unknown) =>
      log('event_not_queued', { id, detail: String(cause) }),
    )
    waitUntil(sent)
  }
}
