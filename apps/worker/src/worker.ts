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
import { createD1Store } from '@quayside/sql/d1'
import type { Hono } from 'hono'
import { clientAddress } from './client-address.ts'
import { readLimits } from './limits.ts'
import { consume } from './queue.ts'
import { limitRate } from './rate-limit.ts'

/** What the worker uses of its runtime. */
export interface Runtime {
  readonly fetch: Fetch
  readonly now: () => Date
  /** Returns a number from 0 up to, not including, 1. */
  readonly random: () => number
  /** Every timer of the worker. */
  readonly sleep: Sleep
  /** Keeps the worker running until work ends that no response waits for. */
  readonly waitUntil: (work: Promise<unknown>) => void
  /** Receives one finished line of the log. */
  readonly write: (line: string) => void
}

/** The worker, for its runtime to call. */
export interface Worker {
  readonly app: Hono
  /** Runs the jobs of a cron trigger. */
  readonly runCron: (cron: string) => Promise<void>
  /** Delivers the events that the messages of a queue name, or charges the subscriptions that are due. */
  readonly consume: (batch: MessageBatch) => Promise<void>
}

/** Makes the server on the worker's bindings. With settings missing, makes a worker that only names them. */
export function createWorker(env: Env, runtime: Runtime): Worker {
  const { fetch, now, random, sleep } = runtime
  const log = createLog(runtime.write, now)
  const read = readConfig({ ...env }, ['DB'])
  const limits = readLimits(Reflect.get(env, 'PLAN'))
  if (!read.ok) return createMisconfiguredWorker(read.failure, log)
  if (limits === null) {
    const failure = { reason: 'configuration', missing: [], malformed: ['PLAN'] } as const
    return createMisconfiguredWorker(failure, log)
  }
  const enqueueEvent = createEnqueueEvent(env, runtime, log)
  const server = createServer({
    config: read.value,
    store: createD1Store(env.DB, { now, enqueueEvent }),
    fetch,
    now,
    random,
    sleep,
    log,
    limits,
    enqueueEvent,
    ...createEnqueueCharges(env, log),
    clientAddress,
    ...(env.COMPLETION_LIMIT === undefined
      ? {}
      : { rateLimit: limitRate(env.COMPLETION_LIMIT, log) }),
  })
  return {
    app: server.app,
    runCron: server.runJobs,
    consume: (batch) => consume(batch, server, log),
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

/** Sends the id of a new event to the queue. If that fails, the next sweep finds its row. */
function createEnqueueEvent({ EVENTS }: Env, { waitUntil }: Runtime, log: Log) {
  return (id: string): void => {
    if (EVENTS === undefined) return
    const sent = EVENTS.send({ id }).catch((cause: unknown) =>
      log('event_not_queued', { id, detail: String(cause) }),
    )
    waitUntil(sent)
  }
}

/** Asks the queue for runs that charge. If that fails, the jobs of the next minute ask again. */
function createEnqueueCharges(
  { CHARGES }: Env,
  log: Log,
): { readonly enqueueCharges?: (runs: number) => Promise<void> } {
  if (CHARGES === undefined) return {}
  const message = { body: { run: 'charges' } } as const
  return {
    async enqueueCharges(runs) {
      try {
        await CHARGES.sendBatch(Array.from({ length: runs }, () => message))
      } catch (cause) {
        log('charges_not_queued', { runs, detail: String(cause) })
      }
    },
  }
}
