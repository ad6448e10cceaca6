import { type Context, Hono } from 'hono'
import type { PaymentWindow } from '../domain/payment/window.ts'
import { mobilePattern } from './device.ts'
import { toLanguage } from './pages/page-language.ts'
import { endPage } from './pages/window-page.ts'
import { style } from './pages/window-style.ts'
import { channelRoutes } from './routes/channel-routes.ts'
import { legacyRoutes } from './routes/legacy-routes.ts'
import { newModuleRoutes } from './routes/new-module-routes.ts'
import { windowRoutes } from './routes/window-routes.ts'
import { wishlistRoutes } from './routes/wishlist-routes.ts'
import { channelFrameParts, installChannelFrame } from './sdk/channel-frame.ts'
import { createFrameMessages, frameMessageParts } from './sdk/frame-messages.ts'
import { createFrames, frameParts } from './sdk/frames.ts'
import { installImp, sdkParts } from './sdk/imp.ts'
import { createLoadUi, loadUiParts } from './sdk/load-ui.ts'
import { createWishlist, wishlistParts } from './sdk/naver-wishlist.ts'
import { createModules, prepareParts } from './sdk/new-module.ts'
import { certificationParts, createCertification } from './sdk/request-certification.ts'
import { createRequest, requestParts } from './sdk/request-pay.ts'
import { toScript } from './sdk/to-script.ts'
import { validateParts, validateRequest } from './sdk/validate.ts'
import { installWindowScript, windowScriptParts } from './sdk/window-script.ts'
import type { WindowSessions } from './session.ts'

const scriptParts = [
  ...frameParts,
  ...validateParts,
  ...frameMessageParts,
  ...prepareParts,
  ...requestParts,
  ...certificationParts,
  ...loadUiParts,
  ...wishlistParts,
  ...sdkParts,
]

/** Settings of the browser's side. */
export interface CheckoutOptions {
  /** The address browsers reach the simulator at, when it is not the one they ask for (behind a proxy). */
  readonly origin?: string
}

/**
 * Serves what browsers see of the provider: the script, the payment window and the pages buyers end on.
 *
 * Mount it at `/`, before routes that take any `/payments/:id`.
 *
 * @param paymentWindow What the window may do to the simulated world.
 */
export function checkoutRoutes(paymentWindow: PaymentWindow, options: CheckoutOptions = {}): Hono {
  const sessions: WindowSessions = new Map()
  const app = new Hono()
  const sdk = (c: Context) => {
    const origin = options.origin ?? new URL(c.req.url).origin
    return script(
      c,
      toScript(
        installImp,
        scriptParts,
        { origin, mobilePattern },
        {
          createFrames,
          validateRequest,
          createFrameMessages,
          createModules,
          createRequest,
          createCertification,
          createLoadUi,
          createWishlist,
        },
      ),
    )
  }
  app.get('/v1/iamport.js', sdk)
  app.get('/js/:file{iamport\\.payment-[0-9.x]+\\.js}', sdk)
  app.get('/window/channel-frame.js', (c) =>
    script(c, toScript(installChannelFrame, channelFrameParts)),
  )
  app.get('/window/window.js', (c) => script(c, toScript(installWindowScript, windowScriptParts)))
  app.get('/window/style.css', (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.get('/payments/success', (c) => endPageResponse(c, 'approved'))
  app.get('/payments/fail', (c) => endPageResponse(c, 'declined'))
  app.route('/', legacyRoutes(paymentWindow, sessions))
  app.route('/', newModuleRoutes(paymentWindow, sessions))
  app.route('/', channelRoutes(paymentWindow))
  app.route('/', wishlistRoutes())
  app.route('/', windowRoutes(paymentWindow, sessions))
  return app
}

function script(c: Context, text: string): Response {
  return c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' })
}

/** Where buyers end when the shop gave no address to return to. */
function endPageResponse(
  c: Context,
  ending: 'approved' | 'declined',
): Response | Promise<Response> {
  const language = toLanguage(undefined, c.req.header('accept-language'))
  return c.html(endPage(language, ending, c.req.query('error_msg') ?? '', null), 200, {
    'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'",
  })
}
