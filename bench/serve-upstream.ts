// The simulated provider in a process of its own. Payments are put on stage by the thousand from inside:
// over its port, each would wait as long as the calls that are measured.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import type { BenchOrder } from './order.ts'
import { serve } from './program.ts'

/** What the benchmark tells the provider's process. */
export type UpstreamMessage =
  | { readonly kind: 'stage'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'take_calls' }

const [impKey = '', impSecret = '', latencyMs = '0'] = process.argv.slice(2)
const simulator = createSimulator({
  credentials: { impKey, impSecret },
  latencyMs: Number(latencyMs),
})

const listener = getRequestListener((request) => simulator.fetch(request))

serve(createServer(listener), async (message: UpstreamMessage) => {
  switch (message.kind) {
    case 'stage':
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
  const answer = await simulator.fetch(`http://localhost/_simulator/${path}`, init)
  if (!answer.ok) throw new Error(`/_simulator/${path} answered ${answer.status}`)
  return answer.json()
}
