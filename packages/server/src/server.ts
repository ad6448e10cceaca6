import { type Client, createClient, type Fetch } from '@quayside/client'
import type { Hono, MiddlewareHandler } from 'hono'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { createDelivery, type Delivery } from './delivery/deliver.ts'
import { createSend } from './delivery/send.ts'
import type { AppDeps } from './http/deps.ts'
import { createJobs } from './jobs/all-jobs.ts'
import { type Job, runJobs } from './jobs/cron.ts'
import type { Log } from './log.ts'
import { createLookupGuard } from './lookup-guard/lookup-guard.ts'
import type { Store } from './ports/store.ts'
import type { Sleep } from './timers.ts'

/** What a server works with. */
export interface ServerOptions {
  /** The settings, as {@link readConfig} gives them. */
  readonly config: Config
  /** Where everything is kept. */
  readonly store: Store
  /** Reaches the provider and the merchant's receiver. */
  readonly fetch: Fetch
  readonly now: () => Date
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
  /** Every timer of the server goes through this. */
  readonly sleep: Sleep
  readonly log: Log
  /** The REST client; made from the settings where it is left out. */
  readonly client?: Client
  /** Has an event of the outbox tried at once; without it events wait for the next sweep. */
  readonly enqueueEvent?: (eventId: string) => void
  /** Where a request comes from, or null when nobody can tell; without it nobody can. */
  readonly clientAddress?: (request: Request) => string | null
  /** Stands before the completion routes, against addresses that ask far too often. */
  readonly rateLimit?: MiddlewareHandler
}

/** The server, for its runtime to call. */
export interface Server {
  /** All routes. `app.fetch` is a plain `(request: Request) => Promise<Response>`. */
  readonly app: Hono
  /** What is to be done again and again, each with its cron expression. */
  readonly jobs: readonly Job[]
  /** Sends events to the merchant's receiver: one by its id, or all that are due. */
  readonly delivery: Delivery
  /** Runs the jobs of one cron expression. Never rejects: what a job throws is logged. */
  readonly runJobs: (cron: string) => Promise<void>
}

/** How long the merchant's receiver may take. */
const receiverLimitMs = 10_000

/**
 * Puts the server together: completion routes, merchant API, event delivery and recovery, on any runtime and
 * any store.
 *
 * @param options The settings, the store, and what the runtime lends: network, clock, randomness, timers, log.
 * @returns The routes, the jobs and the delivery; nothing runs until the runtime calls one of them.
 *
 * @example
 * ```ts
 * import { type Config, createLog, createServer, sleepOnTimer, type Store } from '@quayside/server'
 *
 * function start(config: Config, store: Store) {
 *   const now = () => new Date()
 *   const log = createLog((line) => console.log(line), now)
 *   const server = createServer({
 *     config, store, fetch, now, random: Math.random, sleep: sleepOnTimer, log,
 *   })
 *   return { fetch: server.app.fetch, everyMinute: () => server.runJobs('* * * * *') }
 * }
 * console.log(typeof start) // function
 * ```
 */
export function createServer(options: ServerOptions): Server {
  const { config, store, fetch, now, random, sleep, log } = options
  const nowMs = () => now().getTime()
  const send = createSend({
    url: config.eventUrl,
    secrets: config.eventSecrets,
    mode: config.mode,
    timeoutMs: receiverLimitMs,
    fetch,
    now,
    sleep,
  })
  const delivery = createDelivery({ outbox: store.outbox, send, now, log })
  const deps: AppDeps = {
    config,
    store,
    client:
      options.client ??
      createClient({
        key: config.impKey,
        secret: config.impSecret,
        baseUrl: config.providerUrl,
        fetch,
        now: nowMs,
        random,
        sleep,
      }),
    enqueueEvent: options.enqueueEvent ?? (() => undefined),
    lookupGuard: createLookupGuard({
      now: nowMs,
      sleep,
      clientAddress: options.clientAddress ?? (() => null),
    }),
    rateLimit: options.rateLimit ?? null,
    log,
    now,
    sleep,
  }
  const jobs = createJobs(delivery, deps)
  return { app: createApp(deps), jobs, delivery, runJobs: (cron) => runJobs(jobs, cron, log) }
}
