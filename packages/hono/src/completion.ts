import type { Client } from '@quayside/client'
import type { Mode, OrderStore } from '@quayside/core'
import { Hono, type MiddlewareHandler } from 'hono'
import { type FindBuyerOrder, readBuyerOrder } from './buyer-order.ts'
import { readBuyerSubject } from './buyer-subject.ts'
import { complete } from './complete.ts'
import { type ConfirmHook, confirm } from './confirm.ts'
import type { CompletionDeps } from './deps.ts'
import type { RecordEscrowChange } from './escrow/record-escrow-change.ts'
import { allowAll, type ConfirmGuard } from './lookup/confirm-guard.ts'
import { createFindPaid, type FindPaid } from './lookup/find-paid.ts'
import { createLookup } from './lookup/lookup.ts'
import { type LookupGuard, passThrough } from './lookup/lookup-guard.ts'
import { allowOrigins } from './middleware/allow-origins.ts'
import { responseHeaders } from './middleware/response-headers.ts'
import { withoutErrors } from './middleware/without-errors.ts'
import { type ResultPages, redirect } from './redirect.ts'
import type { CompletionReport } from './report.ts'
import { isNavigation } from './request/navigation.ts'
import { createOriginCheck } from './request/origin.ts'
import { isAllowedPage, toOrigin } from './settings/addresses.ts'
import type { Subject } from './subject.ts'
import { webhook } from './webhook.ts'

/** The settings of the completion routes. */
export interface CompletionOptions {
  /** The shop's orders: its own table behind the `OrderStore` interface of `@quayside/core`. */
  readonly store: OrderStore
  /** The REST client for lookups. */
  readonly client: Client
  /** `live` accepts real money only; `test` also accepts test channels, and marks every response. */
  readonly mode: Mode
  /**
   * The origins of the shop's pages, such as `https://shop.example`, and of its apps' web views, such as
   * `capacitor://localhost`. Scripts of pages of other origins get 403.
   */
  readonly origins: readonly string[]
  /**
   * The origin under which browsers reach these routes, such as `https://pay.shop.example`, when a proxy changes it:
   * pages of this origin are the shop's own. By default that of the request's URL.
   */
  readonly publicOrigin?: string
  /** The pages for a buyer who returns by redirect. A redirect never leads to any other URL. */
  readonly pages: ResultPages
  /** Adds `GET /payments/orders/{merchant_uid}` for buyers with the token of their order. */
  readonly findForBuyer?: FindBuyerOrder
  /** What buyers complete beside orders, such as the registration of a card. By default every notice is about an order. */
  readonly subjects?: readonly Subject[]
  /**
   * Called for a webhook that says what became of a payment in escrow. The webhook is not signed, and the record does not show
   * it: only that of a request for which `isProvider` is true is passed on. Without it, such webhooks change nothing.
   */
  readonly recordEscrowChange?: RecordEscrowChange
  /** Called instead of every lookup, to limit them. Without one, every lookup is made. */
  readonly lookupGuard?: LookupGuard
  /**
   * Called before a buyer reads that the payment of an order failed, to limit these lookups. Without one, every lookup
   * is made.
   */
  readonly findPaid?: FindPaid
  /** Limits the requests to confirm a payment. Without one, every request is checked. */
  readonly confirmGuard?: ConfirmGuard
  /**
   * Whether a request can be the provider's, for instance by its address: only to such a request the confirm route
   * says why it refuses a payment, and only such a webhook of an unknown order is looked up, because it may be about a
   * card that was registered. Without it, every refusal has the same neutral text.
   */
  readonly isProvider?: (request: Request) => boolean
  /**
   * Runs before anything of a request is read, to limit the requests of an address. A request that it does not pass on gets
   * its response; a buyer who returns gets the page `pending` instead. Without one, there is no limit.
   */
  readonly rateLimit?: MiddlewareHandler
  /** Callbacks into the shop. */
  readonly hooks?: CompletionHooks
  /** The path of the routes; `/payments` by default. */
  readonly basePath?: string
}

/** Callbacks into the shop. */
export interface CompletionHooks {
  /**
   * Called before the provider approves a payment of an open order with the right amount (`confirm_url`):
   * the place to check or reserve stock. Null approves the payment; a text refuses it and, with `isProvider`, is
   * shown to the buyer. After 8 seconds the payment is refused.
   */
  readonly confirm?: ConfirmHook
  /** Called with the outcome of each request, for logs and counters. */
  readonly report?: (report: CompletionReport) => void
}

/**
 * Creates the routes that complete a V1 payment, as a Hono app:
 *
 * | route | caller |
 * |---|---|
 * | `POST /payments/complete` | the page, with what the callback of `IMP.request_pay` received |
 * | `GET` and `POST /payments/redirect` | a phone that returns to `m_redirect_url` |
 * | `POST /payments/webhook` | the provider, without a signature |
 * | `POST /payments/confirm` | the provider, before it approves a payment (`confirm_url`) |
 * | `GET /payments/orders/{merchant_uid}` | the buyer's page, with the order token |
 * | `GET /payments/subjects/{merchant_uid}` | the same for a subject that has tokens |
 *
 * A phone that returns to `/payments/complete`, by its query or by a form, is redirected too.
 *
 * Every notice is handled by `syncPayment`, so requests may run concurrently, repeat and arrive in any order. In a
 * framework other than Hono, `completion(options).fetch` is a `(request: Request) => Promise<Response>`.
 *
 * @param options The store, the client, the mode, the pages and origins of the shop, and its callbacks.
 * @returns The app. It never throws for a request: failures of the provider or the store become a response.
 * @throws {TypeError} An origin or a page is neither `https`, nor `http` at `localhost` (in test mode anywhere), nor of an
 * app's own scheme.
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
 * const response = await app.request('/payments/webhook', { method: 'POST' })
 * console.log(response.status) // 415: a webhook has a body
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/start/v1/auth
 */
export function completion(options: CompletionOptions): Hono {
  const { store, client, mode, pages, publicOrigin, hooks = {}, basePath = '/payments' } = options
  const own = publicOrigin === undefined ? options.origins : [...options.origins, publicOrigin]
  for (const address of [...own, ...Object.values(pages)]) requireAllowed(address, mode)
  const origins = own.map(toOrigin)
  const isForeign = createOriginCheck(origins)
  const deps: CompletionDeps = {
    store,
    fetchPayment: createLookup(client, mode),
    lookupGuard: options.lookupGuard ?? passThrough,
    findPaid: options.findPaid ?? createFindPaid(client),
    confirmGuard: options.confirmGuard ?? allowAll,
    isProvider: options.isProvider ?? (() => false),
    subjects: options.subjects ?? [],
    recordEscrowChange: options.recordEscrowChange ?? null,
    mode,
    report: hooks.report ?? (() => undefined),
  }

  const app = new Hono().basePath(basePath)
  app.use('*', responseHeaders)
  // The page of a PG may post the buyer's return here; the response leads to a page of the shop and says nothing else.
  const isReturn = (request: Request) => isNavigation(request, isForeign(request))
  app.use(
    '/complete/*',
    allowOrigins(origins, (each) => isForeign(each) && !isReturn(each)),
  )
  app.use('/orders/*', allowOrigins(origins, isForeign))
  app.use('/subjects/*', allowOrigins(origins, isForeign))
  app.use(
    '/complete/*',
    withoutErrors(pages.pending, (each) => each.method !== 'POST' || isReturn(each)),
  )
  app.use(
    '/redirect/*',
    withoutErrors(pages.pending, () => true),
  )
  if (options.rateLimit !== undefined) app.use('*', options.rateLimit)

  const respond = complete(deps)
  const redirectToPage = redirect(deps, pages)
  app.on('POST', addressesOf('/complete'), (c) =>
    isReturn(c.req.raw) ? redirectToPage(c) : respond(c),
  )
  app.on('GET', addressesOf('/complete'), redirectToPage)
  app.on(['GET', 'POST'], addressesOf('/redirect'), redirectToPage)
  app.on('POST', addressesOf('/webhook'), webhook(deps))
  app.on('POST', addressesOf('/confirm'), confirm(deps, hooks.confirm))
  if (options.findForBuyer !== undefined) {
    const read = readBuyerOrder(options.findForBuyer, deps)
    app.on('GET', addressesOf('/orders/:merchant_uid'), read)
  }
  if (deps.subjects.some(({ isToken }) => isToken !== undefined)) {
    app.on('GET', addressesOf('/subjects/:merchant_uid'), readBuyerSubject(deps))
  }
  for (const [path, methods] of Object.entries(allowed)) {
    for (const address of addressesOf(path)) app.all(address, refuseMethod(methods))
  }
  return app
}

/** The methods of each route that refuses others. */
const allowed = {
  '/complete': 'GET, POST',
  '/redirect': 'GET, POST',
  '/webhook': 'POST',
  '/confirm': 'POST',
}

/**
 * A buyer who returns to an address with a final slash must not be left with a 404. Both are routes, because an app that
 * mounts these may tell them apart.
 */
function addressesOf(path: string): string[] {
  return [path, `${path}/`]
}

function refuseMethod(allow: string) {
  return (): Response => new Response(null, { status: 405, headers: { Allow: allow } })
}

function requireAllowed(address: string, mode: Mode): void {
  if (isAllowedPage(address, mode)) return
  throw new TypeError(
    `Cannot mount completion routes: ${JSON.stringify(address)} is neither https, nor http at localhost, nor of an app's own scheme`,
  )
}
