import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ShopConfig } from '../config.ts'

/** Sets security headers on every response, errors included. Apart from the shop itself, only the payment script's origin may run scripts. */
export function securityHeaders({ workerUrl, simulatorUrl }: ShopConfig): MiddlewareHandler {
  const worker = new URL(workerUrl).origin
  const simulator = new URL(simulatorUrl).origin
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", simulator],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      // The payment script sends requests to its own origin from this page.
      connectSrc: ["'self'", worker, simulator],
      frameSrc: [simulator],
      formAction: ["'self'", simulator],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginOpenerPolicy: 'same-origin-allow-popups',
    referrerPolicy: 'no-referrer',
    xContentTypeOptions: 'nosniff',
    xFrameOptions: 'DENY',
  })
}

/** Pages depend on the visitor's language and may show an order, so no cache may store them. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
}
