import { fail, ok } from '@quayside/core'
import { completion, type FindBuyerOrder, type ResultPages, responseHeaders } from '@quayside/hono'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { matchedRoutes } from 'hono/route'
import { METHOD_NAME_ALL } from 'hono/router'
import { TrieRouter } from 'hono/router/trie-router'
import { createKeySubject } from './billing-keys/key-subject.ts'
import type { ConfigFailure } from './config/config.ts'
import { explainConfig } from './config/explain-config.ts'
import { createCompletionLog } from './http/completion-log.ts'
import type { AppDeps } from './http/deps.ts'
import { problemResponse } from './http/problem-response.ts'
import { createReadiness } from './http/readiness.ts'
import { apiReferenceRoutes } from './http/routes/api-reference.ts'
import { billingKeyRoutes } from './http/routes/billing-keys.ts'
import { eventRoutes } from './http/routes/events.ts'
import { healthRoutes } from './http/routes/health.ts'
import { identityVerificationRoutes } from './http/routes/identity-verifications.ts'
import { orderRoutes } from './http/routes/orders.ts'
import { paymentLinkRoutes } from './http/routes/payment-links.ts'
import { reconciliationIssueRoutes } from './http/routes/reconciliation-issues.ts'
import { subscriptionRoutes } from './http/routes/subscriptions.ts'
import { createIdentitySubject } from './identity-verifications/subject.ts'
import { describeCause, type Log } from './log.ts'
import type { Observe } from './observe.ts'
import { openapiText } from './openapi/generated/openapi-text.ts'
import { recordEscrowChange } from './orders/escrow-change.ts'
import { isOrderToken } from './orders/order-token.ts'

/** All routes: completion routes, merchant API, OpenAPI description. Any other path is 404. */
export function createApp(deps: AppDeps): Hono {
  const {
    config,
    store,
    client,
    lookupGuard,
    findPaid,
    confirmGuard,
    isProvider,
    rateLimit,
    log,
    observe,
  } = deps
  const app = createBase(log, observe, apiReferenceRoutes())
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      c.header('Allow', methods.join(', '))
      return problemResponse(c, { reason: 'method_not_allowed' })
    },
  })
  // Here and not as middleware, through which every request would go.
  app.notFound(async (c) => {
    c.res = problemResponse(c, { reason: 'not_found' })
    await refuseMethod(c, async () => undefined)
    return c.res
  })
  app.get('/', (c) => c.json({ name: 'quayside', mode: config.mode, openapi: '/openapi.json' }))
  app.get('/openapi.json', (c) => c.body(openapiText, 200, { 'Content-Type': 'application/json' }))
  app.route('/', healthRoutes(createReadiness(deps)))
  app.route('/', orderRoutes(deps))
  app.route('/', paymentLinkRoutes(deps))
  app.route('/', eventRoutes(deps))
  app.route('/', reconciliationIssueRoutes(deps))
  app.route('/', identityVerificationRoutes(deps))
  app.route('/', billingKeyRoutes(deps))

  app.route('/', subscriptionRoutes(deps))
  app.route(
    '/',
    completion({
      store: store.orders,
      client,
      mode: config.mode,
      lookupGuard,
      findPaid,
      confirmGuard,
      isProvider,
      subjects: [createKeySubject(deps), createIdentitySubject(deps)],
      origins: config.shopOrigins,
      ...(config.publicUrl === null ? {} : { publicOrigin: new URL(config.publicUrl).origin }),
      pages: toPages(config.resultPages),
      findForBuyer: findWithToken(deps),
      recordEscrowChange: (order, change) => recordEscrowChange(order, change, deps),
      ...(rateLimit === null ? {} : { rateLimit }),
      hooks: {
        report: createCompletionLog(log),
        ...(deps.confirm === null ? {} : { confirm: deps.confirm }),
      },
    }),
  )
  return app
}

/**
 * Makes an app for a server whose settings are incomplete.
 *
 * @param failure What {@link readConfig} failed with.
 * @param log Receives `configuration` with each request.
 * @returns An app that responds to every request with 500 `configuration` and the names of the settings. `/healthz` is 200,
 * `/readyz` is 503 with these names.
 *
 * @example
 * ```ts
 * import { createMisconfiguredApp } from '@quayside/server'
 *
 * const failure = { reason: 'configuration', missing: ['MODE'], malformed: [] } as const
 * const app = createMisconfiguredApp(failure, (event) => console.log(event)) // configuration
 * console.log((await app.request('/orders')).status) // 500
 * ```
 */
export function createMisconfiguredApp(failure: ConfigFailure, log: Log): Hono {
  const message = explainConfig(failure)
  const app = createBase(log, null, new Hono())
  const check = { name: 'settings', ok: false, reason: 'configuration', detail: message } as const
  app.route(
    '/',
    healthRoutes(async () => [check]),
  )
  app.all('*', (c) => {
    log('configuration', { message })
    return problemResponse(c, { reason: 'configuration', detail: message })
  })
  return app
}

/** `pages` have headers of their own: the others' headers allow no script. */
function createBase(log: Log, observe: Observe | null, pages: Hono): Hono {
  // A buyer who returns to an address with a final slash must not be left with a 404.
  // To build the default router takes four milliseconds of a Worker's first request, and saves a microsecond of each.
  const app = new Hono({ strict: false, router: new TrieRouter() })
  if (observe !== null) app.use(observeRequests(observe))
  app.route('/', pages)
  app.use(responseHeaders, async (c, next) => {
    await next()
    if (c.res.status >= 500) logCause(c, log)
  })
  app.onError((error, c) => {
    log('internal', { name: error.name, stack: error.stack ?? null })
    return problemResponse(c, { reason: 'internal' })
  })
  return app
}

function observeRequests(observe: Observe): MiddlewareHandler {
  return async (c, next) => {
    const respond = async () => {
      await next()
      return c.res
    }
    const operation = { kind: 'request', request: c.req.raw, route: () => toRoute(c) } as const
    await observe(operation, respond, ({ status }) => String(status))
  }
}

/** The pattern that matched; what matches every method is middleware, or refuses the method. */
function toRoute(c: Context): string | null {
  const route = matchedRoutes(c).findLast(({ method }) => method !== METHOD_NAME_ALL)
  return route?.path ?? null
}

/** A 5xx of the merchant API is for the operator to explain: its response has the reason only. */
function logCause(c: Context, log: Log): void {
  const problem = c.get('problem')
  if (problem === undefined) return
  const { reason } = problem
  // These two are logged with more than a cause.
  if (reason === 'internal' || reason === 'configuration') return
  const cause = 'cause' in problem ? describeCause(problem.cause) : null
  const { method, path } = c.req
  log('request_failed', { method, path, status: c.res.status, reason, cause })
}

/** Compares the token before it reads the order, so that the response time does not depend on whether the order exists. */
function findWithToken({ config, store, now }: AppDeps): FindBuyerOrder {
  return async (merchantUid, token) => {
    const isBuyer = await isOrderToken(token, merchantUid, config, now())
    if (!isBuyer) return fail({ reason: 'order_unknown', merchantUid })
    const read = await store.orders.read(merchantUid)
    return read.ok ? ok({ ...read.value.order, naverProducts: read.value.naverProducts }) : read
  }
}

function toPages(address: string): ResultPages {
  return {
    success: `${address}/success`,
    vbankIssued: `${address}/vbank`,
    failed: `${address}/failed`,
    cancelled: `${address}/cancelled`,
    pending: `${address}/pending`,
  }
}
