import { type Client, createClient, type Fetch } from '@quayside/client'
import type { Hono, MiddlewareHandler } from 'hono'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { createDelivery, type Delivery } from './delivery/deliver.ts'
import { createSend } from './delivery/send.ts'
import type { AppDeps } from './http/deps.ts'
import { createJobs } from './jobs/all-jobs.ts'
import { type Job, runJobs } from './jobs/cron.ts'
import { createRedactingLog, type Log } from './log.ts'
import { isProviderAddress } from './lookup-guard/caller.ts'
import { createConfirmGuard } from './lookup-guard/confirm-guard.ts'
import { createLookupGuards } from './lookup-guard/lookup-guard.ts'
import { createOrderPayments } from './payments/order-payments.ts'
import { logStoreFailures } from './ports/log-store-failures.ts'
import type { Store } from './ports/store.ts'
import { deliveryConnections, noLimits, type RunLimits } from './run-budget.ts'
import type { Sleep } from './timers.ts'

/** What {@link createServer} needs. */
export interface ServerOptions {
  /** The settings, as {@link readConfig} returns them. */
  readonly config: Config
  /** Everything that the server stores. */
  readonly store: Store
  /** Sends requests to the provider and to the merchant's event receiver. */
  readonly fetch: Fetch
  /** The clock. */
  readonly now: () => Date
  /** Returns a number from 0 up to, not including, 1; spreads retries. */
  readonly random: () => number
  /** Every timer of the server. */
  readonly sleep: Sleep
  /** Receives each log event. */
  readonly log: Log
  /** The REST client; by default one made from the settings. */
  readonly client?: Client
  /**
   * Schedules an event of the outbox for delivery at once, usually by a queue whose consumer calls
   * `delivery.deliver(eventId)`. Without it events wait for the job `sweep_events`.
   */
  readonly enqueueEvent?: (eventId: string) => void
  /** Returns the address that sent a request; null when it is not known. Without it no address is known. */
  readonly clientAddress?: (request: Request) => string | null
  /** What one run of the jobs may use at most, as the runtime limits it. By default there is no limit. */
  readonly limits?: RunLimits
  /** Runs before the completion routes and limits requests per address. By default there is no limit. */
  readonly rateLimit?: MiddlewareHandler
}

/** A server, for its runtime to call. Nothing runs until the runtime calls something. */
export interface Server {
  /** All routes. `app.fetch` is a plain `(request: Request) => Promise<Response>`. */
  readonly app: Hono
  /** The periodic work, each job with its cron expression. */
  readonly jobs: readonly Job[]
  /** Sends events to the merchant's receiver: one by its id, or all that are due. */
  readonly delivery: Delivery
  /**
   * Runs the jobs of one cron expression within the limits; what does not fit waits for the next run. Never
   * rejects: an error of a job is logged.
   */
  readonly runJobs: (cron: string) => Promise<void>
}

/** How long the merchant's receiver may take to respond. */
const receiverLimitMs = 10_000

/**
 * Makes a server: completion routes, merchant API, event delivery and recovery, on any runtime and any store.
 *
 * @param options The settings, the store, and what depends on the runtime: network, clock, randomness, timers, log.
 * @returns The routes, the jobs and the delivery. Nothing runs until the runtime calls one of them.
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
  const { config, fetch, now, random, sleep, limits = noLimits } = options
  const log = createRedactingLog(options.log, secretsOf(config))
  const store = logStoreFailures(options.store, log)
  const nowMs = () => now().getTime()
  const clientAddress = options.clientAddress ?? (() => null)
  const send = createSend({
    url: config.eventUrl,
    secrets: config.eventSecrets,
    mode: config.mode,
    timeoutMs: receiverLimitMs,
    fetch,
    now,
    sleep,
  })
  const delivery = createDelivery({
    outbox: store.outbox,
    send,
    now,
    log,
    connections: deliveryConnections(limits),
  })
  const client =
    options.client ??
    createClient({
      key: config.impKey,
      secret: config.impSecret,
      baseUrl: config.providerUrl,
      fetch,
      now: nowMs,
      random,
      sleep,
    })
  const deps: AppDeps = {
    config,
    store,
    client,
    enqueueEvent: options.enqueueEvent ?? (() => undefined),
    ...createLookupGuards({
      now: nowMs,
      sleep,
      clientAddress,
      fetchPaymentsOfOrder: createOrderPayments(client),
    }),
    confirmGuard: createConfirmGuard({ now: nowMs, clientAddress }),
    isProvider: (request) => isProviderAddress(clientAddress(request)),
    rateLimit: options.rateLimit ?? null,
    log,
    now,
    sleep,
  }
  const jobs = createJobs(delivery, deps)
  return {
    app: createApp(deps),
    jobs,
    delivery,
    runJobs: (cron) => runJobs(jobs, cron, log, { limits, now }),
  }
}

function secretsOf(config: Config): readonly string[] {
  const { impKey, impSecret, merchantApiKeys, orderTokenSecrets, eventSecrets } = config
  return [impKey, impSecret, ...merchantApiKeys, ...orderTokenSecrets, ...eventSecrets]
}
