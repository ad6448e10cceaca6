import { type Env, env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { type Clock, createSimulator } from '@quayside/simulator'
import { sleepOnTimer } from '../src/sleep.ts'
import { start } from '../src/start.ts'

/** What a test reads of one answer. */
export interface Seen {
  readonly status: number
  readonly body: Record<string, unknown>
}

export const key = 'merchant-key-of-the-tests'
export const now = new Date('2026-11-22T03:00:00.000Z')

/** What a test adds to the world of its shop. */
interface World {
  /** Takes the events. */
  readonly receive?: (request: Request) => Promise<Response>
  /** Hears of them at once. */
  readonly queue?: Env['EVENTS']
  /** What the worker does after it answered. */
  readonly works?: Promise<unknown>[]
  readonly now?: () => Date
  /** The provider's; without one it runs as the real one does. */
  readonly clock?: Clock
}

/** A shop's server beside a worker of its own, which talks to a simulated provider in the same process. */
export function createShop(
  settings: Readonly<Record<string, string>> = {},
  db?: D1Database,
  world: World = {},
) {
  const lines: string[] = []
  const simulator = createSimulator({
    fetch: () => new Response('ok'),
    ...(world.clock === undefined ? {} : { clock: world.clock }),
  })
  const { EVENTS: _queue, ...bindings } = env
  const queue = world.queue === undefined ? {} : { EVENTS: world.queue }
  const { app, schedule, consume } = start(
    { ...bindings, ...queue, ...settings, DB: db ?? env.DB },
    {
      fetch: (request) =>
        request.url === env.EVENT_URL && world.receive !== undefined
          ? world.receive(request)
          : simulator.fetch(request),
      now: world.now ?? (() => now),
      random: () => 0,
      // What waits for its own sake waits no time; what ends something else does.
      sleep: async (ms, signal) => (signal === undefined ? undefined : sleepOnTimer(ms, signal)),
      waitUntil: (work) => {
        world.works?.push(work)
      },
      write: (line) => lines.push(line),
    },
  )

  const send = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${key}`)
    const response = await app.request(path, { ...init, headers })
    return { status: response.status, body: await response.json() }
  }
  const post = (path: string, body: unknown): Promise<Seen> =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const control = (path: string, body: unknown = {}, method = 'POST') =>
    simulator.fetch(`https://api.iamport.kr/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    })

  /** The buyer pays in the window; the shop is not told. Gives the `imp_uid`. */
  const pay = async (merchantUid: string, params: Readonly<Record<string, unknown>> = {}) => {
    const opened = simulator.desk.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: merchantUid, amount: 64_900, pay_method: 'card', ...params },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    await simulator.desk.approve(opened.imp_uid, { webhook: { timing: 'never' } })
    return opened.imp_uid
  }
  /** The buyer's page reports a payment. */
  const report = (merchantUid: string, impUid: string): Promise<Seen> =>
    post('/payments/complete', { imp_uid: impUid, merchant_uid: merchantUid })

  return { app, schedule, consume, lines, simulator, send, post, control, pay, report }
}
