import { type Context, Hono } from 'hono'
import type { PaymentWindow } from '../domain/payment/window.ts'
import { toLanguage } from './pages/page-language.ts'
import { endPage } from './pages/window-page.ts'
import { channelRoutes } from './routes/channel-routes.ts'
import { legacyRoutes } from './routes/legacy-routes.ts'
import { newModuleRoutes } from './routes/new-module-routes.ts'
import { scriptRoutes } from './routes/script-routes.ts'
import { windowRoutes } from './routes/window-routes.ts'
import { wishlistRoutes } from './routes/wishlist-routes.ts'
import type { WindowSessions } from './session.ts'

/** Settings of the pages and scripts that browsers load. */
export interface CheckoutOptions {
  /** The origin at which browsers reach the simulator, when it differs from that of their requests (behind a proxy). */
  readonly origin?: string
}

/**
 * Serves what browsers load from the provider: the script, the payment window and the last pages of a payment.
 *
 * Mount it at `/`, before routes that match any `/payments/:id`.
 */
export function checkoutRoutes(paymentWindow: PaymentWindow, options: CheckoutOptions = {}): Hono {
  const sessions: WindowSessions = new Map()
  const app = new Hono()
  app.get('/payments/success', (c) => endPageResponse(c, 'approved'))
  app.get('/payments/fail', (c) => endPageResponse(c, 'declined'))
  app.route('/', scriptRoutes(options.origin))
  app.route('/', legacyRoutes(paymentWindow, sessions))
  app.route('/', newModuleRoutes(paymentWindow, sessions))
  app.route('/', channelRoutes(paymentWindow))
  app.route('/', wishlistRoutes())
  app.route('/', windowRoutes(paymentWindow, sessions))
  return app
}

/** The last page of a payment without a return address. */
function endPageResponse(
  c: Context,
  ending: 'approved' | 'declined',
): Response | Promise<Response> {
  const language = toLanguage(undefined, c.req.header('accept-language'))
  return c.html(endPage(language, ending, c.req.query('error_msg') ?? '', null), 200, {
    'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'",
  })
}
