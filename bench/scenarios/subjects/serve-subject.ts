// A subject on Node in a process of its own: our server or the bare handler, on one kind of connections to the provider.
import { createServer as createHttpServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getRequestListener } from '@hono/node-server'
import type { Exchange } from '@quayside/client'
import {
  createDeliveryQueue,
  createLog,
  createServer,
  readConfig,
  type Server,
  sleepOnTimer,
} from '@quayside/server'
import { createTransport } from '../../node/transport.ts'
import type { BenchOrder, OrderState } from '../../order.ts'
import { addOrders, type OrderMap, toStates } from '../../order-map.ts'
import { serve } from '../../program.ts'
import { toSettings } from '../../settings.ts'
import { createBareHono } from './bare-hono.ts'
import { createScenarioStore, type StoreKind } from './server-stores.ts'

/** Messages to the subject's process. */
export type SubjectMessage =
  | { readonly kind: 'open'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'states' }
  | { readonly kind: 'heap' }
  | { readonly kind: 'drop' }

/** What runs in the process. */
export type SubjectCode = 'ours' | 'bare'

/** What the calls to the provider are sent with: Node's `fetch`, or a pool of kept connections. */
export type TransportKind = 'fetch' | 'pool'

interface Running {
  readonly fetch: (request: Request) => Response | Promise<Response>
  open(orders: readonly BenchOrder[]): void | Promise<void>
  readStates(): readonly OrderState[] | Promise<readonly OrderState[]>
  drop(): void | Promise<void>
}

// The parent passes only these names.
const [code = 'ours', transport = 'fetch', storeKind = 'memory', providerUrl = ''] =
  process.argv.slice(2)
// As many as `quayside serve` has.
const exchange = transport === 'pool' ? createTransport(512) : null
const running = code === 'bare' ? startBare() : await startOurs(storeKind as StoreKind)

serve(createHttpServer(getRequestListener(running.fetch)), (message: SubjectMessage) => {
  switch (message.kind) {
    case 'open':
      return running.open(message.orders)
    case 'states':
      return running.readStates()
    case 'heap':
      return readHeap()
    case 'drop':
      return running.drop()
  }
})

async function startOurs(kind: StoreKind): Promise<Running> {
  const settings = { ...toSettings(providerUrl), EVENT_URL: `${providerUrl}/events` }
  const config = readConfig(settings)
  if (!config.ok) throw new TypeError('The settings are malformed', { cause: config.failure })
  const now = () => new Date()
  const log = createLog((line) => process.stdout.write(`${line}\n`), now)
  const started: { server: Server | null } = { server: null }
  const queue = createDeliveryQueue({
    deliver: async (id) =>
      started.server?.delivery.deliver(id) ?? { ok: true, value: { kind: 'not_due' } },
    sleep: sleepOnTimer,
    log,
  })
  const enqueueEvent = (id: string) => queue.enqueue(id)
  const { store, open, readStates, drop } = await createScenarioStore(kind, enqueueEvent)
  started.server = createServer({
    config: config.value,
    store,
    ...(exchange === null ? { fetch } : { fetch: toFetch(exchange), exchange }),
    log,
    now,
    random: Math.random,
    sleep: sleepOnTimer,
    enqueueEvent,
    // As behind a proxy: the load says where each request comes from.
    clientAddress: (request) => request.headers.get('x-forwarded-for'),
  })
  return { fetch: started.server.app.fetch, open, readStates, drop }
}

/** Events are sent over kept connections too, as by `quayside serve`. */
function toFetch(send: Exchange): (request: Request) => Promise<Response> {
  return async (request) => {
    const { url, method, signal } = request
    const headers = Object.fromEntries(request.headers)
    const body = await request.text()
    const answer = await send({ url, method, headers, body, signal, redirect: 'manual' })
    const bytes = await answer.arrayBuffer()
    return new Response(bytes.byteLength === 0 ? null : bytes, { status: answer.status })
  }
}

function startBare(): Running {
  const orders: OrderMap = new Map()
  const send: Exchange = exchange ?? (async (request) => fetch(request.url, request))
  const app = createBareHono(orders, send, providerUrl)
  return {
    fetch: app.fetch,
    open: (opened) => addOrders(orders, opened),
    readStates: () => toStates(orders),
    drop: () => undefined,
  }
}

/** The heap in use after a collection, in bytes. */
function readHeap(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function')
    throw new TypeError('This Node cannot collect garbage on demand')
  // What a collection finalizes is free after the next one.
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
