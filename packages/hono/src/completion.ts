import type { Client } from '@quayside/client'
import type { Mode, OrderStore } from '@quayside/core'
import { Hono } from 'hono'
import { type FindBuyerOrder, readBuyerOrder } from './buyer-order.ts'
import { complete } from './complete.ts'
import { type ConfirmHook, confirm } from './confirm.ts'
import type { CompletionDeps } from './deps.ts'
import { createLookup } from './lookup.ts'
import { type LookupGuard, passThrough } from './lookup-guard.ts'
import { allowOrigins, noStore, responseHeaders } from './middleware.ts'
import { type ResultPages, redirect } from './redirect.ts'
import type { CompletionReport } from './report.ts'
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
  readonly pages: ResultPages
  /** Opens `GET /payments/orders/{merchant_uid}` to buyers who hold their order's token. */
  readonly findForBuyer?: FindBuyerOrder
  /** Stands before every lookup of a payment, against floods; without one all pass. */
  readonly lookupGuard?: LookupGuard
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
  readonly report?: (report: CompletionReport) => void
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
 * const app = completion({
 *   store: createMemoryStore(),
 *   client: createClient({ key: 'key', secret: 'secret' }),
 *   mode: 'live',
 *   origins: ['https://shop.example'],
 *   pages: {
 *     success: page('success'), vbankIssued: page('vbank'), failed: page('failed'),
 *     cancelled: page('cancelled'), pending: page('pending'),
 *   },
 * })
 * const answer = await app.request('/payments/webhook', { method: 'POST' })
 * console.log(answer.status) // 415: a webhook has a body
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/start/v1/auth
 */
export function completion(options: CompletionOptions): Hono {
  const { store, client, mode, hooks = {}, basePath = '/payments' } = options
  const origins = options.origins.map(toOrigin)
  Object.values(options.pages).forEach(toOrigin)
  const deps: CompletionDeps = {
    store,
    fetchPayment: createLookup(client, mode),
    lookupGuard: options.lookupGuard ?? passThrough,
    mode,
    report: hooks.report ?? (() => undefined),
  }

  const app = new Hono().basePath(basePath)
  app.use('*', responseHeaders, noStore)
  app.use('/complete', ...allowOrigins(origins))
  app.use('/orders/*', ...allowOrigins(origins))

  app.post('/complete', complete(deps))
  app.get('/complete', redirect(deps, options.pages))
  app.on(['GET', 'POST'], '/redirect', redirect(deps, options.pages))
  app.post('/webhook', webhook(deps))
  app.post('/confirm', confirm(deps, hooks.confirm))
  if (options.findForBuyer !== undefined) {
    app.get('/orders/:merchant_uid', readBuyerOrder(options.findForBuyer, deps))
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
