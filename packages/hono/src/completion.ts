import type { Client } from '@quayside/client'
import type { Mode, OrderStore } from '@quayside/core'
import { Hono } from 'hono'
import { type BuyerOrders, readOrder } from './buyer-order.ts'
import { complete } from './complete.ts'
import { type ConfirmHook, confirm } from './confirm.ts'
import type { Rooms } from './deps.ts'
import { createLookup } from './lookup.ts'
import { type Gate, openGate } from './lookup-guard.ts'
import { headers, noStore, onlyFrom } from './middleware.ts'
import { type Pages, redirect } from './redirect.ts'
import type { Report } from './report.ts'
import { webhook } from './webhook.ts'

/** What the doors need to know and to reach. */
export interface CompletionOptions {
  /** Where the shop's orders are: its own table behind the port of core. */
  readonly store: OrderStore
  /** The REST client that payments are looked up with. */
  readonly client: Client
  /** `live` accepts real money only; `test` accepts the test channels and marks every answer. */
  readonly mode: Mode
  /** The origins of the shop's pages, such as `https://shop.example`: no other page is answered. */
  readonly origins: readonly string[]
  /** Where a buyer who returns by redirect is sent. No other address ever is. */
  readonly pages: Pages
  /** Opens `GET /payments/orders/{merchant_uid}` to buyers who hold their order's token. */
  readonly findForBuyer?: BuyerOrders
  /** Stands before every lookup of a payment, against floods; without one all pass. */
  readonly gate?: Gate
  readonly hooks?: CompletionHooks
  /** Where the doors are mounted; `/payments`. */
  readonly basePath?: string
}

/** What a shop may add. */
export interface CompletionHooks {
  /**
   * Asked before the provider approves a payment of an open order with the right amount (`confirm_url`):
   * the place to check or reserve stock. Null lets it pass; a text stops the payment and is shown to the
   * buyer. It has 8 seconds.
   */
  readonly confirm?: ConfirmHook
  /** Told what each door did; for logs and counters. */
  readonly report?: (report: Report) => void
}

/**
 * Makes the doors through which a V1 payment reaches a shop, as a Hono app:
 *
 * | door | who comes |
 * |---|---|
 * | `POST /payments/complete` | the page, with what the callback of `IMP.request_pay` got |
 * | `GET /payments/complete`, `GET` and `POST /payments/redirect` | a phone that returns to `m_redirect_url` |
 * | `POST /payments/webhook` | the provider, unsigned |
 * | `POST /payments/confirm` | the provider, before it approves (`confirm_url`) |
 * | `GET /payments/orders/{merchant_uid}` | the buyer's page, with the order's token |
 *
 * All of them end in `syncPayment`: they may race, repeat and come in any order. In a framework that is
 * not Hono, `completion(options).fetch` is a plain `(request: Request) => Promise<Response>`.
 *
 * @param options The store, the client, the mode, and what the shop adds.
 * @returns The app.
 * @throws {TypeError} An origin or a page is no absolute http(s) address.
 *
 * @example
 * ```ts
 * import { createClient } from '@quayside/client'
 * import { createMemoryStore } from '@quayside/core'
 * import { completion } from '@quayside/hono'
 *
 * const page = (name: string) => `https://shop.example/result/${name}`
 * const doors = completion({
 *   store: createMemoryStore(),
 *   client: createClient({ key: 'key', secret: 'secret' }),
 *   mode: 'live',
 *   origins: ['https://shop.example'],
 *   pages: {
 *     success: page('success'), vbankIssued: page('vbank'), failed: page('failed'),
 *     cancelled: page('cancelled'), pending: page('pending'),
 *   },
 * })
 * const answer = await doors.request('/payments/webhook', { method: 'POST' })
 * console.log(answer.status) // 415: a webhook has a body
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/start/v1/auth
 */
export function completion(options: CompletionOptions): Hono {
  const { store, client, mode, hooks = {}, basePath = '/payments' } = options
  const origins = options.origins.map(toOrigin)
  Object.values(options.pages).forEach(toOrigin)
  const rooms: Rooms = {
    store,
    fetchPayment: createLookup(client, mode),
    gate: options.gate ?? openGate,
    mode,
    report: hooks.report ?? (() => undefined),
  }

  const app = new Hono().basePath(basePath)
  app.use('*', headers, noStore)
  app.use('/complete', ...onlyFrom(origins))
  app.use('/orders/*', ...onlyFrom(origins))

  app.post('/complete', complete(rooms))
  app.get('/complete', redirect(rooms, options.pages))
  app.on(['GET', 'POST'], '/redirect', redirect(rooms, options.pages))
  app.post('/webhook', webhook(rooms))
  app.post('/confirm', confirm(rooms, hooks.confirm))
  if (options.findForBuyer !== undefined) {
    app.get('/orders/:merchant_uid', readOrder(options.findForBuyer, rooms))
  }
  app.all('/complete', refuseMethod('GET, POST'))
  app.all('/redirect', refuseMethod('GET, POST'))
  app.all('/webhook', refuseMethod('POST'))
  app.all('/confirm', refuseMethod('POST'))
  return app
}

function refuseMethod(allow: string) {
  return (): Response => new Response(null, { status: 405, headers: { Allow: allow } })
}

function toOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `Cannot open doors: ${JSON.stringify(address)} is no absolute http(s) address`,
    )
  }
  return url.origin
}
