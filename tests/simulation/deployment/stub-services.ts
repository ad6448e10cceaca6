import { createServer, type IncomingMessage } from 'node:http'
import { listen, readText } from './http.ts'

/** The provider and the merchant's receiver on one port: their state outlives every kill of the deployment. */
export interface StubServices {
  readonly url: string
  /** The buyer pays: from now on the provider's record is paid. */
  pay(impUid: string, merchantUid: string, amount: number): void
  /** The ids of the `order.paid` events, by order. */
  readonly paidEvents: ReadonlyMap<string, ReadonlySet<string>>
  close(): void
}

/** Starts the services. The receiver refuses every fifth event the first time. */
export async function startStubServices(): Promise<StubServices> {
  const records = new Map<string, Record<string, unknown>>()
  const paidEvents = new Map<string, Set<string>>()
  let arrivals = 0

  const respond = async (request: IncomingMessage): Promise<readonly [number, unknown]> => {
    const path = request.url ?? ''
    if (path === '/events') {
      const { type, data } = JSON.parse(await readText(request))
      if (arrivals++ % 5 === 0) return [503, {}]
      if (type === 'order.paid') {
        const ids = paidEvents.get(data.merchant_uid) ?? new Set()
        paidEvents.set(data.merchant_uid, ids.add(String(request.headers['webhook-id'])))
      }
      return [200, {}]
    }
    const now = Math.floor(Date.now() / 1000)
    if (path === '/users/getToken') {
      return [200, envelope({ access_token: 'token', now, expired_at: now + 1_800 })]
    }
    if (path.startsWith('/payments/prepare'))
      return [200, envelope(JSON.parse(await readText(request)))]
    const record = records.get(path.split(/[/?]/)[2] ?? '')
    return record === undefined
      ? [404, { code: -1, message: 'none', response: null }]
      : [200, envelope(record)]
  }

  const server = createServer((request, response) => {
    respond(request).then(
      ([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      },
      () => response.destroy(),
    )
  })
  const url = await listen(server)
  return {
    url,
    paidEvents,
    pay(impUid, merchantUid, amount) {
      records.set(impUid, {
        imp_uid: impUid,
        merchant_uid: merchantUid,
        amount,
        cancel_amount: 0,
        currency: 'KRW',
        status: 'paid',
        paid_at: 1_800_000_000,
        pay_method: 'card',
        pg_provider: 'kcp',
        sandbox: true,
      })
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const envelope = (response: unknown): unknown => ({ code: 0, message: null, response })
