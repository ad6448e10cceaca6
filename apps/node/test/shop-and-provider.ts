import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createSimulator, type SimulatorOptions } from '@quayside/simulator'
import { onTestFinished } from 'vitest'
import { apiKey } from './program.ts'

// The provider and the receiver of the events, as HTTP servers of the test.

/** Starts an HTTP server on a free port and returns its URL. */
export async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** The provider, which waits for `before` with each response, and how a buyer pays there. */
export async function startProvider(
  before: (request: Request) => Promise<void> | void = () => {},
  options: SimulatorOptions = {},
) {
  const simulator = createSimulator(options)
  const answer = async (request: Request) => {
    await before(request)
    return simulator.fetch(request)
  }
  const url = await listen(getRequestListener(answer))
  return {
    url,
    /** Pays an order by card, without a webhook, and returns the id of the payment. */
    async pay(merchantUid: string, amount = 64_900): Promise<string> {
      const opened = simulator.paymentWindow.open({
        user_code: options.credentials?.userCode ?? 'imp00000000',
        device: 'pc',
        user_agent: 'test',
        params: { merchant_uid: merchantUid, amount, pay_method: 'card' },
      })
      if (!opened.ok) throw new TypeError(opened.error_msg)
      await simulator.paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
      return opened.imp_uid
    },
  }
}

/** A receiver of events, and the ids that arrived. */
export async function startReceiver(respond: () => Promise<number> | number = () => 204) {
  const received: string[] = []
  const url = await listen(async (request, response) => {
    received.push(String(request.headers['webhook-id']))
    request.resume()
    response.writeHead(await respond()).end()
  })
  return { url: `${url}/events`, received }
}

/** Requests of the shop's server and of its pages. */
export function createShop(url: string) {
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const authorization = `Bearer ${apiKey}`
  return {
    createOrder: (merchantUid: string) =>
      post(
        '/orders',
        { merchant_uid: merchantUid, amount: 64_900, currency: 'KRW' },
        { authorization },
      ),
    complete: (
      merchantUid: string,
      impUid: string,
      headers: Readonly<Record<string, string>> = {},
    ) => post('/payments/complete', { imp_uid: impUid, merchant_uid: merchantUid }, headers),
    cancel: (merchantUid: string) =>
      post(`/orders/${merchantUid}/cancel`, { reason: 'out of stock' }, { authorization }),
    readOrder: (merchantUid: string) =>
      fetch(`${url}/orders/${merchantUid}`, { headers: { authorization } }),
  }
}
