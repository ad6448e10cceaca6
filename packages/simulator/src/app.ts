import { Hono } from 'hono'
import { checkoutRoutes } from './checkout/checkout-routes.ts'
import { certificationRoutes } from './checkout/routes/certification-routes.ts'
import { linkRoutes } from './checkout/routes/link-routes.ts'
import { slipRoutes } from './checkout/slips/slip-routes.ts'
import { consoleRoutes } from './console/console-routes.ts'
import type { SimulatorContext } from './context.ts'
import { controlRoutes } from './control/control-routes.ts'
import type { PaymentWindow } from './domain/payment/window.ts'
import { ownRefusals } from './domain/refusals.ts'
import { ConnectionReset } from './faults/faults.ts'
import { injectFaults } from './faults/inject-faults.ts'
import { internalErrorResponse } from './faults/internal-error.ts'
import { injectTestValueFaults } from './faults/test-value-faults.ts'
import type { SimulatorOptions } from './options.ts'
import { authorize } from './rest/authorize.ts'
import { routePerTier } from './rest/route-per-tier.ts'
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
import { requireHostname, requireSameOrigin } from './runtime/own-requests.ts'
import { createVerificationWindow } from './services/verification-window.ts'
import { refuse } from './wire/envelope.ts'

/** The Hono application of one simulator: browser script and windows, control API, console, REST API. */
export function createApp(
  context: SimulatorContext,
  paymentWindow: PaymentWindow,
  {
    origin,
    hostnames,
    onInternalError,
  }: Pick<SimulatorOptions, 'origin' | 'hostnames' | 'onInternalError'>,
): Hono {
  const app = new Hono({ strict: false })
  app.route('/', checkoutRoutes(paymentWindow, origin === undefined ? {} : { origin }))
  app.route('/', certificationRoutes(createVerificationWindow(context)))
  app.route('/', linkRoutes(context, origin))
  app.route('/', slipRoutes(context))
  if (hostnames !== undefined) {
    for (const path of ['/', '/_simulator/*', '/console/*']) {
      app.use(path, requireHostname(hostnames))
    }
  }
  app.use('/_simulator/*', requireSameOrigin)
  app.use('/console/*', requireSameOrigin)
  app.route('/', routePerTier(context, '/_simulator/*', controlApp))
  app.route('/', consoleRoutes(context))
  app.route('/', restRoutes(context))
  app.onError((error, c) => {
    if (error instanceof ConnectionReset || c.req.raw.signal.aborted) throw error
    onInternalError?.({ method: c.req.method, path: c.req.path, error })
    return internalErrorResponse(error)
  })
  return app
}

function controlApp(context: SimulatorContext): Hono {
  return new Hono().route('/_simulator', controlRoutes(context))
}

function restRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.use(injectFaults(context))
  app.route('/', authenticate(context))
  app.use(authorize(context))
  app.route('/', tiers(context))
  app.route('/', routePerTier(context, '*', operationRoutes))
  return app
}

function operationRoutes(context: SimulatorContext): Hono {
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
