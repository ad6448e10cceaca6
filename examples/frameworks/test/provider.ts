import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import type { Paid } from './requests.ts'

/** The simulator, which the servers reach over HTTP. */
export interface Provider {
  /** The settings of a server whose provider it is. */
  readonly env: Record<string, string>
  /** Lets an order be paid. */
  readonly pay: (merchantUid: string) => Promise<Paid>
  readonly stop: () => void
}

export async function startProvider(): Promise<Provider> {
  const simulator = createSimulator()
  const server = serve({
    fetch: (request) => simulator.fetch(request),
    port: 0,
    hostname: '127.0.0.1',
  })
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  return {
    env: { SIMULATOR_URL: url, IMP_KEY: 'simulator-key', IMP_SECRET: 'simulator-secret' },
    async pay(merchantUid) {
      const response = await simulator.fetch(`${url}/_simulator/payments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          merchant_uid: merchantUid,
          amount: 1000,
          status: 'paid',
          pay_method: 'card',
          sandbox: true,
        }),
      })
      const { imp_uid: impUid } = (await response.json()) as { readonly imp_uid: string }
      return { impUid, merchantUid }
    },
    stop: () => server.close(),
  }
}
