import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { findPlan } from '../catalog/plans.ts'
import { findProduct } from '../catalog/products.ts'
import type { ShopConfig } from '../config.ts'
import { type Language, messagesOf } from '../locales/language.ts'
import { catalogPage } from '../pages/catalog-page.ts'
import { checkoutPage } from '../pages/checkout-page.ts'
import { messagePage } from '../pages/layout.ts'
import { historyPage } from '../pages/order-history-page.ts'
import { outcomes, resultPage } from '../pages/result-page.ts'
import { subscribePage } from '../pages/subscribe-page.ts'
import { subscriptionPage } from '../pages/subscription-page.ts'
import { ageCheckRoutes } from './age-check-routes.ts'
import { createAgeChecks } from './age-checks.ts'
import type { Asset } from './assets.ts'
import { checkOut } from './check-out.ts'
import { detectLanguage, languageOf, rememberLanguage } from './detect-language.ts'
import { errorResponse, type Report, readJson } from './error-response.ts'
import { noStore, securityHeaders } from './headers.ts'
import { createOpenOrders } from './open-orders.ts'
import type { OrderDeps } from './place-order.ts'
import { events } from './receive-events.ts'
import { createShipments } from './shipments.ts'
import { subscriptionRoutes } from './subscription-routes.ts'
import { createSubscriptions } from './subscriptions.ts'
import { rememberVisitor, visitorOf } from './visitor.ts'

export interface ShopDeps extends OrderDeps {
  readonly assets: ReadonlyMap<string, Asset>
  /** Receives each failure of the server side, with its cause; the visitor sees only a message. */
  readonly report: (
    failure: Parameters<Report>[0] | { readonly reason: 'internal'; cause: unknown },
  ) => void
}

/** A limit for memory, far above what a demo needs. */
const maxShipments = 10_000
const maxOpenOrders = 10_000
const maxAgeChecks = 10_000

export function createShop(config: ShopConfig, deps: ShopDeps): Hono {
  const app = new Hono()
  app.use(securityHeaders(config))
  app.use(detectLanguage, rememberLanguage, noStore)

  app.get('/', (c) => c.html(catalogPage(languageOf(c), addressOf(c))))
  app.get('/orders', (c) => c.html(historyPage(languageOf(c), addressOf(c), config.workerUrl)))

  const openOrders = createOpenOrders(maxOpenOrders)
  const ageChecks = createAgeChecks(maxAgeChecks, config, deps)
  for (const path of ['/checkout/*', '/subscribe/*']) app.use(path, rememberVisitor(deps.newId))
  app.get('/checkout/:product', (c) => {
    const product = findProduct(c.req.param('product'))
    if (product === null) return c.notFound()
    const view = { language: languageOf(c), address: addressOf(c), product, config }
    return c.html(checkoutPage(view))
  })

  app.get('/subscribe/:plan', (c) => {
    const plan = findPlan(c.req.param('plan'))
    if (plan === null) return c.notFound()
    return c.html(subscribePage({ language: languageOf(c), address: addressOf(c), plan, config }))
  })
  app.get('/subscription', (c) => c.html(subscriptionPage(languageOf(c), addressOf(c))))

  app.get('/result/:outcome', (c) => {
    const outcome = outcomes.find((name) => name === c.req.param('outcome'))
    if (outcome === undefined) return c.notFound()
    return c.html(resultPage(languageOf(c), addressOf(c), outcome, config.workerUrl))
  })

  app.post('/api/orders', bodyLimit({ maxSize: 4_096 }), async (c) => {
    const visitor = visitorOf(c)
    let isAgeProven = false
    const placed = await checkOut(await readJson(c), visitor, languageOf(c), config, {
      ...deps,
      openOrders,
      proveAge: async (minimumAge) => {
        const proof = await ageChecks.prove(visitor, minimumAge)
        isAgeProven = proof.ok
        return proof
      },
    })
    if (!placed.ok) return errorResponse(c, placed.failure, deps.report)
    if (isAgeProven) ageChecks.end(visitor)
    return c.json(placed.value, 201)
  })

  app.route('/', ageCheckRoutes(ageChecks, deps.report))
  app.route('/', subscriptionRoutes(createSubscriptions(config, deps), deps.report))
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

function addressOf(c: Context): URL {
  return new URL(c.req.url)
}

function viewOf(c: Context): { readonly language: Language; readonly address: URL } {
  return { language: languageOf(c), address: addressOf(c) }
}
