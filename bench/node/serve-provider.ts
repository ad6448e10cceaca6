// The simulator in a process of its own. The record of each payment is read from it once, when the payment is created, and
// served from memory: otherwise the simulator, not the subject, would be what is saturated.
import { createServer, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import type { BenchOrder } from '../order.ts'
import { serve } from '../program.ts'
import { impKey, impSecret } from '../upstream.ts'

/** Messages to the provider's process. */
export type ProviderMessage =
  | { readonly kind: 'seed_payments'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'set_latency'; readonly ms: number }
  | { readonly kind: 'take_calls' }

const simulator = createSimulator({ credentials: { impKey, impSecret } })
const simulate = getRequestListener((request) => simulator.fetch(request))
const records = new Map<string, string>()
let latencyMs = 0
let calls = 0

const server = createServer((request, response) => {
  calls++
  // Without the query: a server in test mode asks for test payments with it.
  const [path = ''] = (request.url ?? '').split('?')
  const record = records.get(path)
  if (record === undefined) void simulate(request, response)
  else if (request.headers.authorization === undefined) response.writeHead(401).end()
  else if (latencyMs === 0) answer(response, record)
  else setTimeout(() => answer(response, record), latencyMs)
})

function answer(response: ServerResponse, record: string): void {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(record),
  }
  response.writeHead(200, headers).end(record)
}

serve(server, async (message: ProviderMessage) => {
  switch (message.kind) {
    case 'seed_payments':
      return seed(message.orders)
    case 'set_latency':
      latencyMs = message.ms
      return null
    case 'take_calls': {
      const taken = calls
      calls = 0
      return taken
    }
  }
})

async function seed(orders: readonly BenchOrder[]): Promise<null> {
  const headers = { authorization: await readToken() }
  for (const order of orders) {
    await request('/_simulator/payments', {
      method: 'POST',
      body: JSON.stringify({ ...order, sandbox: false }),
    })
    const path = `/payments/${order.imp_uid}`
    records.set(path, await request(path, { headers }))
  }
  return null
}

async function readToken(): Promise<string> {
  const body = JSON.stringify({ imp_key: impKey, imp_secret: impSecret })
  const headers = { 'content-type': 'application/json' }
  const granted = await request('/users/getToken', { method: 'POST', headers, body })
  const { response }: { readonly response: { readonly access_token: string } } = JSON.parse(granted)
  return response.access_token
}

async function request(path: string, init: RequestInit): Promise<string> {
  const response = await simulator.fetch(`http://localhost${path}`, init)
  if (!response.ok) throw new Error(`${path} responded ${response.status}`)
  return response.text()
}
