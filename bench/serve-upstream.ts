// The simulator in a process of its own. Payments are created by the thousand inside the process:
// over its port, each would have the latency of the calls that are measured.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import type { BenchOrder } from './order.ts'
import { serve } from './program.ts'

/** Messages to the provider's process. */
export type UpstreamMessage =
  | { readonly kind: 'seed_payments'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'take_calls' }

const [impKey = '', impSecret = '', latencyMs = '0'] = process.argv.slice(2)
const simulator = createSimulator({
  credentials: { impKey, impSecret },
  latencyMs: Number(latencyMs),
})

const listener = getRequestListener((request) => simulator.fetch(request))

serve(createServer(listener), async (message: UpstreamMessage) => {
  switch (message.kind) {
    case 'seed_payments':
      for (const order of message.orders) await control('payments', { ...order, sandbox: false })
      return null
    case 'take_calls': {
      const calls = await control('request-log')
      await control('request-log/reset', {})
      return calls
    }
  }
})

async function control(path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await simulator.fetch(`http://localhost/_simulator/${path}`, init)
  if (!response.ok) throw new Error(`/_simulator/${path} responded ${response.status}`)
  return response.json()
}
