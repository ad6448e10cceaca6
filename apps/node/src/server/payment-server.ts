import type { Exchange, Fetch } from '@quayside/client'
import { ok, type Result } from '@quayside/core'
import {
  createDeliveryQueue,
  createNetworkLimit,
  createServer,
  everyMinute,
  limitRate,
  type StartedJobs,
  sleepOnTimer,
  startJobs,
} from '@quayside/server'
import type { DatabaseAddress } from '../database/address.ts'
import type { Database } from '../database/database.ts'
import type { DatabaseFailure } from '../database/failure.ts'
import { openDatabase } from '../database/open.ts'
import type { Settings } from '../settings/settings.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { toClientAddress } from './client-address.ts'
import type { Handle } from './http-server.ts'

/** What the payment server uses of its process. */
export interface Runtime {
  /** Sends events to the merchant's receiver. */
  readonly fetch: Fetch
  /** Sends requests to the provider. */
  readonly exchange: Exchange
  readonly now: () => Date
  /** Returns a number from 0 up to, not including, 1. */
  readonly random: () => number
  readonly telemetry: Pick<Telemetry, 'log' | 'observe' | 'requests' | 'events'>
}

/** A payment server on a database, with its jobs and its queue of events. */
export interface PaymentServer {
  readonly database: Database
  readonly handle: Handle
  /** Starts the jobs. */
  start(): void
  /** Runs the jobs of one minute now. */
  runJobs(): Promise<void>
  /** From now on `/readyz` is 503. No further job starts and no further event is sent; resolves when those under way have ended. */
  stop(): Promise<void>
}

/** Opens the database and makes the server on it. Fails as {@link openDatabase} does. */
export async function createPaymentServer(
  address: DatabaseAddress,
  { config, database: options, trustedProxies, rateLimit }: Settings,
  { fetch, exchange, now, random, telemetry }: Runtime,
): Promise<Result<PaymentServer, DatabaseFailure>> {
  const sleep = sleepOnTimer
  const { log, observe, requests, events } = telemetry
  const enqueueEvent = (eventId: string) => {
    events.keep(eventId)
    queue.enqueue(eventId)
  }
  const opened = await openDatabase(address, { ...options, now, enqueueEvent, log })
  if (!opened.ok) return opened
  const { store } = opened.value

  const peers = new WeakMap<Request, string>()
  let isProxyReported = false
  const clientAddress = (request: Request): string | null => {
    const forwardedFor = request.headers.get('X-Forwarded-For')
    const peer = peers.get(request) ?? null
    const client = toClientAddress({ peer, forwardedFor }, trustedProxies)
    if (client === null && peer !== null && !isProxyReported) {
      isProxyReported = true
      log('client_address_unknown', { peer, advice: 'set TRUSTED_PROXIES' })
    }
    return client
  }
  let isStopping = false
  const limit = createNetworkLimit(rateLimit, () => now().getTime())
  const server = createServer({
    config,
    store,
    fetch,
    exchange,
    now,
    random,
    sleep,
    log,
    enqueueEvent,
    clientAddress,
    isStopping: () => isStopping,
    ...(observe === null ? {} : { observe }),
    ...(rateLimit === 0 ? {} : { rateLimit: limitRate({ isWithin: limit, clientAddress, log }) }),
  })
  const deliver = (id: string) => events.resume(id, () => server.delivery.deliver(id))
  const queue = createDeliveryQueue({ deliver, sleep, log })
  let jobs: StartedJobs | null = null
  return ok({
    database: opened.value,
    async handle(request, peer) {
      if (peer !== null) peers.set(request, peer)
      return requests.run(request, async () => server.app.fetch(request))
    },
    start() {
      jobs ??= startJobs({ runJobs: server.runJobs, now, sleep })
    },
    runJobs: () => server.runJobs(everyMinute),
    async stop() {
      isStopping = true
      await Promise.all([jobs?.stop(), queue.stop()])
    },
  })
}
