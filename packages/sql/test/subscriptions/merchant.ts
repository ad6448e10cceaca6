import { createServer, type Server, type Store } from '@quayside/server'
import { createClock, createSimulator } from '@quayside/simulator'
import { apiKey, config, eventUrl } from '../server-config.ts'

/** Makes the store of one instance of the server. */
export type Connect = (now: () => Date) => Store

/** An event as the receiver got it. */
export interface Received {
  readonly id: string | null
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The part of the simulator's state that the tests read. */
interface State {
  readonly payments: readonly {
    readonly imp_uid: string
    readonly merchant_uid: string
    readonly status: string
    readonly cancel_amount: number
  }[]
}

/** Cards of the simulator. */
export const cards = {
  good: '4518-4212-3456-7894',
  noBalance: '4000-0000-0000-9995',
  refused: '4000-0000-0000-0002',
}

/** A merchant with two instances of the server, the provider with its ledger, and the receiver of the events. */
export function createMerchant(connect: Connect, at = '2027-01-31T03:00:00Z') {
  const clock = createClock({ at: new Date(at) })
  const simulator = createSimulator({ clock })
  const received: Received[] = []
  const lines: string[] = []
  let calls = 0
  const charges: Readonly<Record<string, unknown>>[] = []
  const cancels: Readonly<Record<string, unknown>>[] = []
  let duringCharge: (() => Promise<unknown>) | null = null
  const start = (): Server => {
    return createServer({
      config,
      store: connect(() => clock.now()),
      async fetch(request) {
        if (request.url.endsWith('/subscribe/payments/again')) {
          calls += 1
          charges.push((await request.clone().json()) as Record<string, unknown>)
          await duringCharge?.()
        }
        if (request.url.endsWith('/payments/cancel'))
          cancels.push((await request.clone().json()) as Record<string, unknown>)
        if (request.url !== eventUrl) return simulator.fetch(request)
        const event = (await request.json()) as Omit<Received, 'id'>
        received.push({ id: request.headers.get('webhook-id'), ...event })
        return new Response(null, { status: 204 })
      },
      now: () => clock.now(),
      random: () => 0,
      // Nothing here waits for a response that does not come.
      sleep: (_ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal === undefined) resolve()
          else signal.addEventListener('abort', () => reject(signal.reason))
        }),
      log: (event, fields) => void lines.push(JSON.stringify({ event, ...fields })),
    })
  }
  const servers = [start(), start()]
  const [server] = servers
  if (server === undefined) throw new TypeError('No server')

  const keys = new Map<string, readonly string[]>()
  const api = async (
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ) => {
    const response = await server.app.request(path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const control = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
    const response = await simulator.fetch(
      new Request(`https://api.iamport.kr/_simulator${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    if (!response.ok) throw new TypeError(`${path}: ${await response.text()}`)
    return (await response.json()) as Answer
  }

  return {
    clock,
    /** The bodies of the charges and cancels that the provider was asked for. */
    charges,
    cancels,
    received,
    /** What the servers logged. */
    lines,
    control,
    api,
    /** Registers a card by its data, and prefers it to the ones before. */
    async register(customerId: string, card = cards.good) {
      const begun = await api('/billing-keys', {
        customer_id: customerId,
        method: 'card',
        pg: 'nice_v2',
        channel_key: 'channel-key-nice_v2-api',
      })
      const uid = String(begun.body['customer_uid'])
      const data = { card_number: card, expiry: '2030-12', birth: '900101' }
      const registered = await api(`/billing-keys/${uid}/card`, data)
      if (registered.body['status'] !== 'registered') {
        throw new TypeError(JSON.stringify([begun.body, registered.body]))
      }
      const others = keys.get(customerId) ?? []
      keys.set(customerId, [uid, ...others])
      if (others.length > 0) {
        const path = `/customers/${encodeURIComponent(customerId)}/billing-keys`
        await api(path, { customer_uids: [uid, ...others] }, 'PUT')
      }
      return uid
    },
    /** Moves the clock and runs the jobs of both instances, twice: what one decides the other may go on with. */
    async moveTo(time: string) {
      await clock.set(new Date(time))
      for (let runs = 0; runs < 2; runs++) {
        await Promise.all(servers.map(({ runJobs }) => runJobs('* * * * *')))
      }
    },
    /** How many charges the provider was asked for. */
    calls: () => calls,
    /** Does something while the provider is asked for each charge. */
    whileCharging(work: (() => Promise<unknown>) | null) {
      duringCharge = work
    },
    /** Injects a fault of the provider. */
    fault: (fault: string, path: string, times: number) =>
      control('/faults', { fault, path, times }),
    /** What the provider has: the order of each payment, its status, and what was refunded of it. */
    async ledger(id: string) {
      const { payments } = await control<State>('/state')
      return payments
        .filter(({ merchant_uid }) => merchant_uid.startsWith(`sub-${id}-`))
        .map(({ merchant_uid, status, cancel_amount }) => {
          const refunded = cancel_amount > 0 ? ` -${cancel_amount}` : ''
          return `${merchant_uid} ${status}${refunded}`
        })
        .toSorted()
    },
    /** Sends the webhook of a payment. */
    async report(merchantUid: string) {
      const { payments } = await control<State>('/state')
      const found = payments.find(({ merchant_uid }) => merchant_uid === merchantUid)
      await api('/payments/webhook', { imp_uid: found?.imp_uid, merchant_uid: merchantUid })
    },
    /** Approves a payment at the PG that was reported as failed. */
    async approveLate(merchantUid: string) {
      const { payments } = await control<State>('/state')
      const found = payments.find(({ merchant_uid }) => merchant_uid === merchantUid)
      await control(`/payments/${found?.imp_uid}/approve-late`, {})
    },
    /** The events of a subscription, in the order of their sequences. */
    events: (id: string) =>
      received
        .filter(({ type, data }) => type.startsWith('subscription.') && data['id'] === id)
        .toSorted((a, b) => Number(a.data['sequence']) - Number(b.data['sequence']))
        .map(
          ({ type, data }) =>
            `${type.slice('subscription.'.length)} ${String(data['event_period'])}`,
        ),
  }
}
