import { type Context, Hono } from 'hono'
import type { Desk } from '../domain/payment/window.ts'
import { phonePattern } from './device.ts'
import { toLanguage } from './pages/window-messages.ts'
import { endPage } from './pages/window-page.ts'
import { style } from './pages/window-style.ts'
import { credentialRoutes } from './routes/channel-routes.ts'
import { legacyRoutes } from './routes/legacy-routes.ts'
import { moduleRoutes } from './routes/new-module-routes.ts'
import { windowRoutes } from './routes/window-routes.ts'
import { zzimRoutes } from './routes/wishlist-routes.ts'
import { frameParts, installFrame } from './sdk/channel-frame.ts'
import { createTalk, talkParts } from './sdk/frame-messages.ts'
import { createSheets, sheetParts } from './sdk/frames.ts'
import { installImp, sdkParts } from './sdk/imp.ts'
import { createUi, uiParts } from './sdk/load-ui.ts'
import { createZzim, zzimParts } from './sdk/naver-wishlist.ts'
import { createModules, prepareParts } from './sdk/new-module.ts'
import { certifyParts, createCertification } from './sdk/request-certification.ts'
import { createRequest, requestParts } from './sdk/request-pay.ts'
import { toScript } from './sdk/to-script.ts'
import { refuse, refuseParts } from './sdk/validate.ts'
import { installPane, paneParts } from './sdk/window-script.ts'
import type { Visits } from './session.ts'

const sdkFiles = [
  ...sheetParts,
  ...refuseParts,
  ...talkParts,
  ...prepareParts,
  ...requestParts,
  ...certifyParts,
  ...uiParts,
  ...zzimParts,
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
 * @param desk What the window may do to the simulated world.
 */
export function checkout(desk: Desk, options: CheckoutOptions = {}): Hono {
  const visits: Visits = new Map()
  const app = new Hono()
  const sdk = (c: Context) => {
    const origin = options.origin ?? new URL(c.req.url).origin
    return script(
      c,
      toScript(
        installImp,
        sdkFiles,
        { origin, phone: phonePattern },
        {
          createSheets,
          refuse,
          createTalk,
          createModules,
          createRequest,
          createCertification,
          createUi,
          createZzim,
        },
      ),
    )
  }
  app.get('/v1/iamport.js', sdk)
  app.get('/js/:file{iamport\\.payment-[0-9.x]+\\.js}', sdk)
  app.get('/window/frame.js', (c) => script(c, toScript(installFrame, frameParts)))
  app.get('/window/pane.js', (c) => script(c, toScript(installPane, paneParts)))
  app.get('/window/style.css', (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.get('/payments/success', (c) => lastStop(c, 'approved'))
  app.get('/payments/fail', (c) => lastStop(c, 'declined'))
  app.route('/', legacyRoutes(desk, visits))
  app.route('/', moduleRoutes(desk, visits))
  app.route('/', credentialRoutes(desk))
  app.route('/', zzimRoutes())
  app.route('/', windowRoutes(desk, visits))
  return app
}

function script(c: Context, text: string): Response {
  return c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' })
}

/** Where buyers end when the shop gave no address to return to. */
function lastStop(c: Context, ending: 'approved' | 'declined'): Response | Promise<Response> {
  const language = toLanguage(undefined, c.req.header('accept-language'))
  return c.html(endPage(language, ending, c.req.query('error_msg') ?? '', null), 200, {
    'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'",
  })
}
