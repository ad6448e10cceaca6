import { type Client, createClient, type Exchange, type Fetch } from '@quayside/client'
import type { ConfirmHook } from '@quayside/hono'
import type { Hono, MiddlewareHandler } from 'hono'
import { type AccountKeys, createPayees } from './account-clients.ts'
import { createApp } from './app.ts'
import type { Config } from './config/config.ts'
import { secretsOf } from './config/secrets.ts'
import { createDelivery, type Delivery } from './delivery/deliver.ts'
import { createForwardConfirm, type ForwardConfirmOptions } from './delivery/forward-confirm.ts'
import { createSend, type Send } from './delivery/send.ts'
import type { AppDeps } from './http/deps.ts'
import { createChargeJob, createJobs } from './jobs/all-jobs.ts'
import { everyMinute, type Job, runJobs } from './jobs/schedule/cron.ts'
import { createRedactingLog, type Log } from './log.ts'
import { isProviderAddress } from './lookup-guard/caller.ts'
import { createConfirmGuard } from './lookup-guard/confirm-guard.ts'
import { createLookupGuards } from './lookup-guard/lookup-guard.ts'
import { type Observe, outcomeOfResult } from './observe.ts'
import { createRoutingClient } from './payees.ts'
import { createPaymentsOfOrder, findPayee } from './payments/order-payments.ts'
import type { Store } from './ports/store.ts'
import { logStoreFailures, observeStore } from './ports/watch-store.ts'
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
  /**
   * Sends requests to the provider in place of `fetch`, for instance on a pool of connections, which costs a fraction of
   * `fetch` on Node. By default `fetch` does.
   */
  readonly exchange?: Exchange
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
  /**
   * Asks for `runs` calls of `chargeDue`, at most 50 in a minute, each in an invocation with limits of its own: usually by a queue. It
   * must not reject; what it loses is asked for again a minute later. Without it the job `run_subscriptions` alone charges what
   * is due, within the limits of its run.
   */
  readonly enqueueCharges?: (runs: number) => Promise<void>
  /** Returns the address that sent a request; null when it is not known. Without it no address is known. */
  readonly clientAddress?: (request: Request) => string | null
  /** What one run of the jobs may use at most, as the runtime limits it. By default there is no limit. */
  readonly limits?: RunLimits
  /** Runs before the completion routes and limits requests per address. By default there is no limit. */
  readonly rateLimit?: MiddlewareHandler
  /** Whether the process is about to end: then `/readyz` is 503. By default it is not. */
  readonly isStopping?: () => boolean
  /** Runs around each request, job, delivery, and call of the provider or the store, to measure or trace it. */
  readonly observe?: Observe
}

/** A server, for its runtime to call. Nothing runs until the runtime calls something. */
export interface Server {
  /**
   * All routes. `app.fetch` is a plain `(request: Request) => Promise<Response>`. Another app of Hono takes them by
   * `mount('/pay', server.app.fetch)`: with `route()`, Hono would ask the other app about what no route takes, other methods included.
   */
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
  /**
   * Charges subscriptions that are due, until none is left, the limits of one invocation are used up, or 50 seconds have passed.
   * Any number of calls may run at once. Never rejects: failures are logged, and what was not charged stays due.
   */
  readonly chargeDue: () => Promise<void>
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
  const { config, fetch, now, random, sleep, limits = noLimits, observe = null } = options
  const log = createRedactingLog(options.log, secretsOf(config))
  const logged = logStoreFailures(options.store, log)
  const store = observe === null ? logged : observeStore(logged, observe)
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
    send: observe === null ? send : observeSend(send, observe),
    now,
    log,
    connections: deliveryConnections(limits),
  })
  const clientOf = (account: AccountKeys) => {
    const client = createClient({
      key: account.impKey,
      secret: account.impSecret,
      baseUrl: account.providerUrl ?? config.providerUrl,
      fetch,
      ...(options.exchange === undefined ? {} : { exchange: options.exchange }),
      now: nowMs,
      random,
      sleep,
    })
    return observe === null ? client : observeClient(client, observe)
  }
  const given = options.client
  const own =
    given === undefined
      ? clientOf(config)
      : observe === null
        ? given
        : observeClient(given, observe)
  const payees = createPayees(config, own, clientOf)
  const client = createRoutingClient(own, payees)
  const deps: AppDeps = {
    config,
    store,
    client,
    payees,
    enqueueEvent: options.enqueueEvent ?? (() => undefined),
    ...createLookupGuards({
      now: nowMs,
      sleep,
      clientAddress,
      fetchPaymentsOfOrder: createPaymentsOfOrder({ client, payees }),
      findPayee: (merchantUid) => findPayee(merchantUid, { payees, store }),
      isKnownPayee: (payee) => payees.clientOf(payee) !== null,
    }),
    confirmGuard: createConfirmGuard({ now: nowMs, clientAddress }),
    confirm: createConfirm(config, { fetch, now, sleep, log }),
    isProvider: (request) => isProviderAddress(clientAddress(request)),
    rateLimit: options.rateLimit ?? null,
    isStopping: options.isStopping ?? (() => false),
    observe,
    log,
    now,
    sleep,
  }
  const jobs = createJobs(delivery, deps, limits, options.enqueueCharges ?? null)
  const chargeJobs = [createChargeJob(deps, limits)]
  return {
    app: createApp(deps),
    jobs,
    delivery,
    runJobs: (cron) => runJobs(jobs, cron, log, { limits, now, observe }),
    chargeDue: () => runJobs(chargeJobs, everyMinute, log, { limits, now, observe }),
  }
}

/** Null when nobody is asked before a payment is approved. */
function createConfirm(
  { confirmUrl, eventSecrets, mode }: Config,
  runtime: Pick<ForwardConfirmOptions, 'fetch' | 'now' | 'sleep' | 'log'>,
): ConfirmHook | null {
  if (confirmUrl === null) return null
  return createForwardConfirm({ url: confirmUrl, secrets: eventSecrets, mode, ...runtime })
}

function observeClient(client: Client, observe: Observe): Client {
  return {
    call: (endpoint, params, options) =>
      observe(
        { kind: 'provider_call', method: endpoint.method, path: endpoint.path },
        () => client.call(endpoint, params, options),
        outcomeOfResult,
      ),
  }
}

function observeSend(send: Send, observe: Observe): Send {
  return (event) =>
    observe(
      { kind: 'delivery', eventId: event.id, tries: event.tries },
      () => send(event),
      outcomeOfResult,
    )
}
