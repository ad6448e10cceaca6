import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ShopConfig } from '../config.ts'

/** On every answer, errors too. Only the payment script's origin may do more than show text. */
export function securityHeaders({ workerUrl, simulatorUrl }: ShopConfig): MiddlewareHandler {
  const worker = new URL(workerUrl).origin
  const simulator = new URL(simulatorUrl).origin
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", simulator],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      // The payment script itself asks its own origin from within this page.
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

/** Pages speak the visitor's language and may show an order: no cache keeps them. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
}
