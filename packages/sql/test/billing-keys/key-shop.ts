import { DatabaseSync } from 'node:sqlite'
import { createServer, type Store } from '@quayside/server'
import { createClock, createSimulator } from '@quayside/simulator'
import { createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { apiKey, config, eventUrl } from '../server-config.ts'

export interface Body {
  readonly [name: string]: unknown
}

/** A shop whose server runs on a SQLite database in memory, with the simulator as its provider. */
export async function createKeyShop(settings: Partial<typeof config> = {}) {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const simulator = createSimulator({ clock })
  const database = new DatabaseSync(':memory:')
  const migrated = await migrateSqlite(database)
  if (!migrated.ok) throw new TypeError(migrated.failure.reason)
  const store: Store = createSqliteStore(database, { now: () => clock.now() })
  const events: Body[] = []
  const lines: string[] = []
  /** What is sent to the provider's paths instead of to the simulator: null sends it there. */
  const provider: { answer: ((request: Request) => Promise<Response | null>) | null } = {
    answer: null,
  }
  const server = createServer({
    config: { ...config, ...settings },
    store,
    async fetch(request) {
      if (request.url === eventUrl) {
        events.push((await request.json()) as Body)
        return new Response(null, { status: 204 })
      }
      return (await provider.answer?.(request.clone())) ?? simulator.fetch(request)
    },
    now: () => clock.now(),
    random: () => 0,
    // Nothing here waits for a response that does not come.
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal === undefined) resolve()
        else signal.addEventListener('abort', () => reject(signal.reason))
      }),
    log: (event, fields) => lines.push(JSON.stringify({ event, ...fields })),
  })
  const send = async (path: string, body?: unknown, method = 'POST') => {
    const response = await server.app.request(path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const advance = (ms: number) => clock.set(new Date(clock.now().getTime() + ms))
  const nextMinute = async () => {
    await advance(60_000)
    await server.runJobs('* * * * *')
  }
  /** Begins a registration in the window of Inicis. */
  const begin = async (more: Body = {}) => {
    const { body } = await send('/billing-keys', {
      customer_id: 'member/1',
      pg: 'html5_inicis',
      ...more,
    })
    return body
  }
  /** Opens the window of a registration as its page does. */
  const openWindow = (begun: Body, more: Body = {}) => {
    const params = { ...(begun['window'] as Body), ...more }
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params,
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    return opened.imp_uid
  }
  const approve = async (impUid: string) => {
    await simulator.paymentWindow.approve(impUid, { webhook: { timing: 'never' } })
    return impUid
  }
  /** Registers a means of payment, and tells the server by the callback. */
  const register = async (more: Body = {}) => {
    const begun = await begin(more)
    const imp_uid = await approve(openWindow(begun))
    const merchant_uid = String((begun['window'] as Body)['merchant_uid'])
    const completed = await send('/payments/complete', { imp_uid, merchant_uid })
    return { begun, imp_uid, merchant_uid, completed }
  }
  const read = async (begun: Body) => {
    const { body } = await send(`/billing-keys/${String(begun['customer_uid'])}`, undefined, 'GET')
    return body
  }
  return {
    clock,
    simulator,
    database,
    store,
    server,
    events,
    lines,
    provider,
    send,
    advance,
    nextMinute,
    begin,
    openWindow,
    approve,
    register,
    read,
    typesOf: () => events.map(({ type }) => String(type)),
  }
}

/** The Korean name of a card, its number and every other thing that must be kept nowhere. */
export const cardData = {
  card_number: '4518-4212-3456-7894',
  expiry: '2028-12',
  birth: '880524',
  pwd_2digit: '73',
}
