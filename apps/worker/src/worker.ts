import type { Env } from 'cloudflare:workers'
import type { MessageBatch } from '@cloudflare/workers-types'
import type { Fetch } from '@quayside/client'
import {
  type ConfigFailure,
  createLog,
  createMisconfiguredApp,
  createServer,
  explainConfig,
  type Log,
  readConfig,
  type Sleep,
} from '@quayside/server'
import type { Hono } from 'hono'
import { clientAddress } from './client-address.ts'
import { consume } from './queue.ts'
import { limitRate } from './rate-limit.ts'
import { createD1Store } from './store/store.ts'

/** What the worker reaches outside of itself. */
export interface Runtime {
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
  readonly runCron: (cron: string) => Promise<void>
  /** Takes messages of the queue in. */
  readonly consume: (batch: MessageBatch) => Promise<void>
}

/** Puts the server on the worker's bindings, or makes a worker that only names the setting that is missing. */
export function createWorker(env: Env, runtime: Runtime): Worker {
  const { fetch, now, random, sleep } = runtime
  const log = createLog(runtime.write, now)
  const read = readConfig({ ...env }, ['DB'])
  if (!read.ok) return createMisconfiguredWorker(read.failure, log)
  const enqueueEvent = createEnqueueEvent(env, runtime, log)
  const server = createServer({
    config: read.value,
    store: createD1Store(env.DB, now, enqueueEvent),
    fetch,
    now,
    random,
    sleep,
    log,
    enqueueEvent,
    clientAddress,
    ...(env.COMPLETION_LIMIT === undefined ? {} : { rateLimit: limitRate(env.COMPLETION_LIMIT) }),
  })
  return {
    app: server.app,
    runCron: server.runJobs,
    consume: (batch) => consume(batch, server.delivery, log),
  }
}

function createMisconfiguredWorker(failure: ConfigFailure, log: Log): Worker {
  const logFailure = () => log('configuration', { message: explainConfig(failure) })
  return {
    app: createMisconfiguredApp(failure, log),
    runCron: async () => logFailure(),
    consume: async (batch) => {
      logFailure()
      batch.retryAll()
    },
  }
}

/** Puts the id of a fresh event on the queue. Should that fail, the next sweep finds the row. */
function createEnqueueEvent({ EVENTS }: Env, { waitUntil }: Runtime, log: Log) {
  return (id: string): void => {
    if (EVENTS === undefined) return
    const sent = EVENTS.send({ id }).catch((cause: unknown) =>
      log('event_not_queued', { id, detail: String(cause) }),
    )
    waitUntil(sent)
  }
}
