import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { findProduct } from '../catalog/products.ts'
import type { ShopConfig } from '../config.ts'
import {
  detectLanguage,
  type Language,
  rememberLanguage,
  toLanguage,
  wordsOf,
} from '../locales/language.ts'
import type { Words } from '../locales/messages.ts'
import { shelfPage } from '../pages/catalog-page.ts'
import { checkoutPage } from '../pages/checkout-page.ts'
import { messagePage } from '../pages/layout.ts'
import { historyPage } from '../pages/order-history-page.ts'
import { outcomes, resultPage } from '../pages/result-page.ts'
import type { Asset } from './assets.ts'
import { neverShared, pageHeaders } from './headers.ts'
import { type OrderFailure, placeOrder, type World } from './place-order.ts'
import { events } from './receive-events.ts'
import { createParcels } from './shipments.ts'

export interface ShopWorld extends World {
  readonly assets: ReadonlyMap<string, Asset>
  /** Told of what went wrong on the server's side; the visitor hears only a sentence. */
  readonly report: (failure: OrderFailure | { readonly reason: 'surprise'; cause: unknown }) => void
}

/** More than a demo will ever sell. */
const mostParcels = 10_000

export function createShop(config: ShopConfig, world: ShopWorld): Hono {
  const app = new Hono()
  app.use(pageHeaders(config))
  app.use(detectLanguage, rememberLanguage, neverShared)

  app.get('/', (c) => c.html(shelfPage(languageOf(c), addressOf(c))))
  app.get('/orders', (c) => c.html(historyPage(languageOf(c), addressOf(c), config.workerUrl)))

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
    // A form on a foreign page cannot send this type without asking first.
    const json = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const body: unknown = json === 'application/json' ? await c.req.json().catch(() => null) : null
    const placed = await placeOrder(body, languageOf(c), config, world)
    if (placed.ok) return c.json(placed.value, 201)
    const { status, message } = refusal(placed.failure)
    if (status >= 500) world.report(placed.failure)
    return c.json(
      { error: placed.failure.reason, message: wordsOf(languageOf(c))[message] },
      status,
    )
  })

  app.route('/', events(config.eventSecret, createParcels(mostParcels)))

  app.get('/assets/:name', etag(), (c) => {
    const asset = world.assets.get(c.req.param('name'))
    if (asset === undefined) return c.notFound()
    return c.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': 'no-cache' })
  })

  app.notFound((c) => {
    const words = wordsOf(languageOf(c))
    return c.html(messagePage(viewOf(c), { title: words.missing, text: words.missingText }), 404)
  })

  app.onError((cause, c) => {
    world.report({ reason: 'surprise', cause })
    const words = wordsOf(languageOf(c))
    return c.html(messagePage(viewOf(c), { title: words.broken, text: words.brokenText }), 500)
  })
  return app
}

/** What a stranger is told of each failure; who is at fault decides the status. */
function refusal(failure: OrderFailure): {
  readonly status: 400 | 404 | 502 | 503
  readonly message: keyof Words
} {
  switch (failure.reason) {
    case 'order_malformed':
      return { status: 400, message: 'apiInvalid' }
    case 'product_unknown':
      return { status: 404, message: 'apiProductUnknown' }
    case 'worker_unreachable':
    case 'worker_broken':
      return { status: 503, message: 'apiUnreachable' }
    case 'amount_not_registered':
      return { status: 503, message: 'apiBusy' }
    case 'worker_refused':
    case 'worker_answer_unexpected':
      return { status: 502, message: 'apiRefused' }
  }
}

function languageOf(c: Context): Language {
  return toLanguage(c.get('language'))
}

function addressOf(c: Context): URL {
  return new URL(c.req.url)
}

function viewOf(c: Context): { readonly language: Language; readonly address: URL } {
  return { language: languageOf(c), address: addressOf(c) }
}
