import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { findProduct } from '../catalog/products.ts'
import type { ShopConfig } from '../config.ts'
import { type Language, messagesOf } from '../locales/language.ts'
import type { Messages } from '../locales/messages.ts'
import { catalogPage } from '../pages/catalog-page.ts'
import { checkoutPage } from '../pages/checkout-page.ts'
import { messagePage } from '../pages/layout.ts'
import { historyPage } from '../pages/order-history-page.ts'
import { outcomes, resultPage } from '../pages/result-page.ts'
import type { Asset } from './assets.ts'
import { checkOut, type OrderOpen } from './check-out.ts'
import { detectLanguage, languageOf, rememberLanguage } from './detect-language.ts'
import { noStore, securityHeaders } from './headers.ts'
import { createOpenOrders } from './open-orders.ts'
import type { OrderDeps, OrderFailure } from './place-order.ts'
import { events } from './receive-events.ts'
import { createShipments } from './shipments.ts'
import { rememberVisitor, visitorOf } from './visitor.ts'

export interface ShopDeps extends OrderDeps {
  readonly assets: ReadonlyMap<string, Asset>
  /** Receives each failure of the server side, with its cause; the visitor sees only a message. */
  readonly report: (failure: OrderFailure | { readonly reason: 'internal'; cause: unknown }) => void
}

/** A limit for memory, far above what a demo needs. */
const maxShipments = 10_000
const maxOpenOrders = 10_000

export function createShop(config: ShopConfig, deps: ShopDeps): Hono {
  const app = new Hono()
  app.use(securityHeaders(config))
  app.use(detectLanguage, rememberLanguage, noStore)

  app.get('/', (c) => c.html(catalogPage(languageOf(c), addressOf(c))))
  app.get('/orders', (c) => c.html(historyPage(languageOf(c), addressOf(c), config.workerUrl)))

  const openOrders = createOpenOrders(maxOpenOrders)
  app.use('/checkout/*', rememberVisitor(deps.newId))
  app.get('/checkout/:product', (c) => {
    const product = findProduct(c.req.param('product'))
    if (product === null) return c.notFound()
    const view = { language: languageOf(c), address: addressOf(c), product, config }
    return c.html(checkoutPage(view))
  })

  app.get('/result/:outcome', (c) => {
    const outcome = outcomes.find((name) => name === c.req.param('outcome'))
    if (outcome === undefined) return c.notFound()
    return c.html(resultPage(languageOf(c), addressOf(c), outcome, config.workerUrl))
  })

  app.post('/api/orders', bodyLimit({ maxSize: 4_096 }), async (c) => {
    // A form on a foreign page cannot send this media type without a CORS preflight.
    const json = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const body: unknown = json === 'application/json' ? await c.req.json().catch(() => null) : null
    const placed = await checkOut(body, visitorOf(c), languageOf(c), config, {
      ...deps,
      openOrders,
    })
    if (placed.ok) return c.json(placed.value, 201)
    const { failure } = placed
    const { status, message } = toErrorResponse(failure)
    if (failure.reason !== 'order_open' && status >= 500) deps.report(failure)
    return c.json(
      {
        error: failure.reason,
        message: messagesOf(languageOf(c))[message],
        ...(failure.reason === 'order_open'
          ? { order: failure.order, status: failure.status }
          : {}),
      },
      status,
    )
  })

  app.route('/', events(config.eventSecret, createShipments(maxShipments)))

  app.get('/assets/:name', etag(), (c) => {
    const asset = deps.assets.get(c.req.param('name'))
    if (asset === undefined) return c.notFound()
    return c.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': 'no-cache' })
  })

  app.notFound((c) => {
    const messages = messagesOf(languageOf(c))
    return c.html(
      messagePage(viewOf(c), { title: messages.notFound, text: messages.notFoundText }),
      404,
    )
  })

  app.onError((cause, c) => {
    deps.report({ reason: 'internal', cause })
    const messages = messagesOf(languageOf(c))
    return c.html(
      messagePage(viewOf(c), { title: messages.serverError, text: messages.serverErrorText }),
      500,
    )
  })
  return app
}

/** Status and message for each failure: 4xx for a mistake of the page, 5xx for one behind it. */
function toErrorResponse(failure: OrderFailure | OrderOpen): {
  readonly status: 400 | 404 | 409 | 502 | 503
  readonly message: keyof Messages
} {
  switch (failure.reason) {
    case 'order_malformed':
      return { status: 400, message: 'apiInvalid' }
    case 'product_unknown':
      return { status: 404, message: 'apiProductUnknown' }
    case 'order_open':
      return { status: 409, message: 'openOrderTitle' }
    case 'worker_unreachable':
    case 'worker_failed':
      return { status: 503, message: 'apiUnreachable' }
    case 'amount_not_registered':
      return { status: 503, message: 'apiBusy' }
    case 'order_unknown':
    case 'worker_refused':
    case 'worker_response_unexpected':
      return { status: 502, message: 'apiRefused' }
  }
}

function addressOf(c: Context): URL {
  return new URL(c.req.url)
}

function viewOf(c: Context): { readonly language: Language; readonly address: URL } {
  return { language: languageOf(c), address: addressOf(c) }
}
