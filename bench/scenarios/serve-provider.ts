// The provider in a process of its own, and the merchant's receiver of events. A record is written from one that the simulator
// made: otherwise the simulator, not the subject, would be what is saturated.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSimulator } from '@quayside/simulator'
import { isRecord } from '../http.ts'
import type { BenchOrder } from '../order.ts'
import { serve } from '../program.ts'
import { impKey, impSecret } from '../upstream.ts'

/** Messages to the provider's process. */
export type ProviderMessage =
  | { readonly kind: 'seed_payments'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'set_behaviour'; readonly behaviour: ProviderBehaviour }
  | { readonly kind: 'take_calls' }
  | { readonly kind: 'count_events' }
  | { readonly kind: 'take_events' }

/** How the provider responds from now on. */
export interface ProviderBehaviour {
  /** The time before each response, in milliseconds. */
  readonly latencyMs: number
  /** After how many milliseconds it refuses every token issued so far, again and again; null for never. */
  readonly tokenMs: number | null
  /** Every call whose number is a multiple of this gets no response; null for none. */
  readonly stallEvery: number | null
}

/** The calls since they were taken before. */
export interface ProviderCalls {
  readonly tokens: number
  readonly records: number
}

/** How many different events the receiver got of each order. */
export type ReceivedEvents = readonly (readonly [merchantUid: string, events: number])[]

const sampleOrder: BenchOrder = {
  merchant_uid: 'order-of-the-record',
  imp_uid: 'imp_of_the_record',
  amount: 987_654,
}
const record = await makeRecord()
const orders = new Map<string, BenchOrder>()
const events = new Map<string, Set<string>>()
let behaviour: ProviderBehaviour = { latencyMs: 0, tokenMs: null, stallEvery: null }
let calls = { tokens: 0, records: 0 }
let count = 0

const server = createServer((request, response) => {
  const { url = '' } = request
  if (url === '/events') {
    receiveEvent(request, response)
    return
  }
  count++
  const isToken = url === '/users/getToken'
  if (isToken) calls.tokens++
  else calls.records++
  if (behaviour.stallEvery !== null && count % behaviour.stallEvery === 0) return
  const answer = () => (isToken ? grantToken(response) : readPayment(request, response))
  if (behaviour.latencyMs === 0) answer()
  else setTimeout(answer, behaviour.latencyMs)
})

// A machine that stands still for the usual five seconds would close connections that are about to be used.
server.keepAliveTimeout = 75_000

function grantToken(response: ServerResponse): void {
  const now = Math.floor(Date.now() / 1000)
  const token = { access_token: toToken(), now, expired_at: now + 1800 }
  send(response, 200, JSON.stringify({ code: 0, message: null, response: token }))
}

function toToken(): string {
  return behaviour.tokenMs === null
    ? 'bench-token'
    : `bench-token-${Math.floor(performance.now() / behaviour.tokenMs)}`
}

function readPayment({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const { authorization } = headers
  const isKnown = behaviour.tokenMs === null || authorization === toToken()
  // Without the query: a server in test mode asks for test payments with it.
  const [path = ''] = url.split('?')
  const order = orders.get(path.slice('/payments/'.length))
  if (authorization === undefined || !isKnown) send(response, 401, toRefusal('Unauthorized'))
  else if (order === undefined) send(response, 404, toRefusal('존재하지 않는 결제정보입니다.'))
  else send(response, 200, toRecord(order))
}

function toRefusal(message: string): string {
  return JSON.stringify({ code: -1, message, response: null })
}

function toRecord({ merchant_uid, imp_uid, amount }: BenchOrder): string {
  return record
    .replaceAll(sampleOrder.merchant_uid, merchant_uid)
    .replaceAll(sampleOrder.imp_uid, imp_uid)
    .replaceAll(String(sampleOrder.amount), String(amount))
}

function send(response: ServerResponse, status: number, body: string): void {
  const length = Buffer.byteLength(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length })
  response.end(body)
}

function receiveEvent(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const event: unknown = JSON.parse(Buffer.concat(chunks).toString())
    const data = isRecord(event) ? event['data'] : null
    const order = isRecord(data) ? String(data['merchant_uid']) : 'unreadable'
    const ids = events.get(order) ?? new Set()
    // A repeated delivery of one event has its id.
    events.set(order, ids.add(String(request.headers['webhook-id'])))
    response.writeHead(204).end()
  })
}

serve(server, (message: ProviderMessage) => {
  switch (message.kind) {
    case 'seed_payments':
      for (const order of message.orders) orders.set(order.imp_uid, order)
      return null
    case 'set_behaviour':
      behaviour = message.behaviour
      return null
    case 'take_calls': {
      const taken = calls
      calls = { tokens: 0, records: 0 }
      return taken
    }
    case 'count_events':
      return [...events.values()].reduce((sum, ids) => sum + ids.size, 0)
    case 'take_events': {
      const taken = [...events].map(([order, ids]) => [order, ids.size] as const)
      events.clear()
      return taken
    }
  }
})

async function makeRecord(): Promise<string> {
  const simulator = createSimulator({ credentials: { impKey, impSecret } })
  const call = async (path: string, init: RequestInit): Promise<string> => {
    const response = await simulator.fetch(`http://localhost${path}`, init)
    if (!response.ok) throw new Error(`${path} responded ${response.status}`)
    return response.text()
  }
  const payment = JSON.stringify({ ...sampleOrder, sandbox: false })
  await call('/_simulator/payments', { method: 'POST', body: payment })
  const granted: { readonly response: { readonly access_token: string } } = JSON.parse(
    await call('/users/getToken', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ imp_key: impKey, imp_secret: impSecret }),
    }),
  )
  const headers = { authorization: granted.response.access_token }
  return call(`/payments/${sampleOrder.imp_uid}`, { headers })
}
