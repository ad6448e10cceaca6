import { Hono } from 'hono'
import { checkoutRoutes } from './checkout/index.ts'
import { certificationRoutes } from './checkout/routes/certification-routes.ts'
import { linkRoutes } from './checkout/routes/link-routes.ts'
import { consoleRoutes } from './console/console-routes.ts'
import type {
  Credentials,
  MerchantFetch,
  SimulatorContext,
  Timeouts,
  WebhookSettings,
} from './context.ts'
import { controlRoutes } from './control/control-routes.ts'
import type { Channel } from './domain/channel/channel.ts'
import type { Promotion } from './domain/payment/promotion.ts'
import type { PaymentWindow } from './domain/payment/window.ts'
import { ownRefusals } from './domain/refusals.ts'
import { ConnectionReset } from './faults/faults.ts'
import { injectFaults } from './faults/inject-faults.ts'
import { type InternalError, internalErrorResponse } from './faults/internal-error.ts'
import { injectTestValueFaults } from './faults/test-value-faults.ts'
import {
  defaultChannels,
  defaultCredentials,
  defaultPromotions,
  defaultTiers,
  defaultTimeouts,
  defaultWebhook,
} from './options.ts'
import { authorize } from './rest/authorize.ts'
import { authenticate } from './rest/routes/authenticate.ts'
import { customers } from './rest/routes/billing/customers.ts'
import { schedules } from './rest/routes/billing/schedules.ts'
import { subscribe } from './rest/routes/billing/subscribe.ts'
import { certifications } from './rest/routes/certifications.ts'
import { codes } from './rest/routes/codes.ts'
import { escrow } from './rest/routes/escrows.ts'
import { kcpquick } from './rest/routes/kcpquick/kcpquick.ts'
import { naver } from './rest/routes/naver/naver.ts'
import { naverReviews } from './rest/routes/naver/naver-reviews.ts'
import { naverpay } from './rest/routes/naver/naverpay.ts'
import { cancel } from './rest/routes/payments/cancel.ts'
import { payments } from './rest/routes/payments/payments.ts'
import { prepare } from './rest/routes/payments/prepare.ts'
import { vbanks } from './rest/routes/payments/vbanks.ts'
import { benepia } from './rest/routes/pg-specific/benepia.ts'
import { cvs } from './rest/routes/pg-specific/cvs.ts'
import { kakaopay } from './rest/routes/pg-specific/kakaopay.ts'
import { payco } from './rest/routes/pg-specific/payco.ts'
import { paymentwall } from './rest/routes/pg-specific/paymentwall.ts'
import { partners } from './rest/routes/receipts/partners.ts'
import { externalReceipts, receipts } from './rest/routes/receipts/receipts.ts'
import { tiers } from './rest/routes/tiers.ts'
import { users } from './rest/routes/users.ts'
import { type Clock, createClock } from './runtime/clock.ts'
import { createIds, type IdOptions } from './runtime/ids.ts'
import { requireSameOrigin } from './runtime/same-origin.ts'
import { addTiers, createAgencyWindow, routePerTier, type Tier } from './services/sub-merchants.ts'
import { createVerificationWindow } from './services/verification-window.ts'
import { createState } from './state.ts'
import { refuse } from './wire/envelope.ts'

/** How a simulated provider is set up; every option has a working default. */
export interface SimulatorOptions extends IdOptions {
  /** Key, secret and merchant code it accepts. Default: `simulator-key`, `simulator-secret`, `imp00000000`. */
  readonly credentials?: Partial<Credentials>
  /** The merchant's channels, default first. Default: html5_inicis first, then test channels of every PG that has operations of its own, and three that only servers use. */
  readonly channels?: readonly Channel[]
  /** The agency's sub-merchants. Default: one, `T01`. */
  readonly tiers?: readonly Tier[]
  /** The console's webhook settings. Default: no URL, JSON, sent together with the browser's return, once, no resends. */
  readonly webhook?: Partial<WebhookSettings>
  /** Sends webhooks and confirm requests to the merchant. Default: the global `fetch`. */
  readonly fetch?: MerchantFetch
  /** Time. Default: real time. */
  readonly clock?: Clock
  /** How long the provider waits for the merchant's server. */
  readonly timeouts?: Partial<Timeouts>
  /** Milliseconds added to every REST call. Default: 0. */
  readonly latencyMs?: number
  /** Whether GET /payments/{imp_uid} hides test-channel payments unless asked with `include_sandbox=true`. Default: true, as documented. */
  readonly hideSandbox?: boolean
  /** The status word of a partly cancelled payment: sources disagree. Default: `cancelled`. */
  readonly partialStatus?: 'cancelled' | 'paid'
  /** Whether a bank takes money for a virtual account that is past its due date: nobody has said. Default: `accepted`. */
  readonly lateDeposits?: 'accepted' | 'refused'
  /** The shape of the three schedule lists: pages, as running shops read them, or the bare array of the published description. Default: `paged`. */
  readonly scheduleLists?: 'paged' | 'array'
  /** How often the provider asks Naver for news of its order type, the only way it hears of a payment there. Default: 60 000 ms, on the minute. */
  readonly naverPollMs?: number
  /** The card promotions of the merchant's console. Default: one for Shinhan cards, one for Hyundai cards. */
  readonly promotions?: readonly Promotion[]
  /** Where browsers reach the simulator, when that is not where requests say they go. */
  readonly origin?: string
  /** Told of every bug of the simulator itself. Such an answer is a 500 with a header `simulator-internal-error`, which nothing else has. */
  readonly onInternalError?: (error: InternalError) => void
}

/** A simulated provider. */
export interface Simulator {
  /** The Hono application: REST API, browser script, payment window, control and console. */
  readonly app: Hono
  /** Answers a request whatever its host, and rejects where a connection would break: give it to a client as its `fetch`. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /** The simulated time. */
  readonly clock: Clock
  /** The payment window's seat, for tests that need no browser. */
  readonly paymentWindow: PaymentWindow
  /** Resolves when no delivery is under way any more. */
  readonly waitForIdle: () => Promise<void>
}

/**
 * Makes an i'mport (PortOne V1) at home: stateful, offline, without a port.
 *
 * Nothing is shared between two simulators, and nothing outlives one.
 *
 * @param options What differs from the defaults.
 * @returns The simulator.
 *
 * @example Reading a payment as a client does
 * ```ts
 * import { createSimulator } from '@quayside/simulator'
 *
 * const { fetch } = createSimulator()
 * const keys = new URLSearchParams({ imp_key: 'simulator-key', imp_secret: 'simulator-secret' })
 * const answer = await fetch('https://api.iamport.kr/users/getToken', { method: 'POST', body: keys })
 * console.log(answer.status) // 200
 * ```
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const context = createContext(options)
  const paymentWindow = createAgencyWindow(context)
  const app = new Hono({ strict: false })
  app.route(
    '/',
    checkoutRoutes(paymentWindow, options.origin === undefined ? {} : { origin: options.origin }),
  )
  app.route('/', certificationRoutes(createVerificationWindow(context)))
  app.route('/', linkRoutes(context, options.origin))
  app.use('/_simulator/*', requireSameOrigin)
  app.use('/console/*', requireSameOrigin)
  app.route(
    '/',
    routePerTier(context, '/_simulator/*', (tier) =>
      new Hono().route('/_simulator', controlRoutes(tier)),
    ),
  )
  app.route('/', consoleRoutes(context))
  app.route('/', rest(context))
  app.onError((error, c) => {
    if (error instanceof ConnectionReset || c.req.raw.signal.aborted) throw error
    options.onInternalError?.({ method: c.req.method, path: c.req.path, error })
    return internalErrorResponse(error)
  })
  return {
    app,
    fetch: (input, init) => fetchFrom(app, new Request(input, init), init?.signal ?? null),
    clock: context.clock,
    paymentWindow,
    waitForIdle: () => context.clock.waitForIdle(),
  }
}

function createContext(options: SimulatorOptions): SimulatorContext {
  const context: SimulatorContext = {
    clock: options.clock ?? createClock(),
    ids: createIds(options),
    state: createState(),
    credentials: { ...defaultCredentials, ...options.credentials },
    channels: options.channels ?? defaultChannels,
    webhook: { ...defaultWebhook, ...options.webhook },
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    faults: [],
    // Workers refuse a `fetch` that is called as a method of something else.
    fetchMerchant: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    hideSandbox: options.hideSandbox ?? true,
    partialStatus: options.partialStatus ?? 'cancelled',
    lateDeposits: options.lateDeposits ?? 'accepted',
    scheduleLists: options.scheduleLists ?? 'paged',
    naverPollMs: options.naverPollMs ?? 60_000,
    promotions: options.promotions ?? defaultPromotions,
    tiers: new Map(),
    latencyMs: options.latencyMs ?? 0,
  }
  addTiers(context, options.tiers ?? defaultTiers)
  return context
}

function rest(context: SimulatorContext): Hono {
  const app = new Hono()
  app.use(injectFaults(context))
  app.route('/', authenticate(context))
  app.use(authorize(context))
  app.route('/', tiers(context))
  app.route('/', routePerTier(context, '*', operations))
  return app
}

function operations(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.use(injectTestValueFaults)
  app.route('/', codes())
  app.route('/', users(context))
  app.route('/', externalReceipts(context))
  app.route('/', receipts(context))
  app.route('/', certifications(context))
  app.route('/', escrow(context))
  app.route('/', naver(context))
  app.route('/', naverpay(context))
  app.route('/', naverReviews(context))
  app.route('/', partners(context))
  app.route('/', paymentwall(context))
  app.route('/', kakaopay(context))
  app.route('/', prepare(context))
  app.route('/', cancel(context))
  app.route('/', cvs(context))
  app.route('/', benepia(context))
  app.route('/', kcpquick(context))
  app.route('/', payco(context))
  app.route('/', schedules(context))
  app.route('/', customers(context))
  app.route('/', subscribe(context))
  app.route('/', vbanks(context))
  app.route('/', payments(context))
  app.all('*', () => refuse(ownRefusals.notFound))
  return app
}

async function fetchFrom(
  app: Hono,
  request: Request,
  signal: AbortSignal | null,
): Promise<Response> {
  request.signal.throwIfAborted()
  const response = await withSignal(signal, async () => app.fetch(request))
  const isRedirect = response.status >= 300 && response.status < 400
  if (isRedirect && request.redirect === 'error') throw new TypeError('unexpected redirect')
  return response
}

// The caller's own signal is listened to: a Request only holds it weakly, and an
// AbortSignal.timeout that nobody else holds may be collected before it fires.
function withSignal(
  signal: AbortSignal | null,
  respond: () => Promise<Response>,
): Promise<Response> {
  if (signal === null) return respond()
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    respond().then(resolve, reject)
  })
}
