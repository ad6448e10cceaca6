import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { planHeader, respondJson } from './response-headers.ts'

/**
 * Allows scripts of pages of these origins to read the responses, and refuses the requests for which `isRefused` holds. Behind
 * `responseHeaders`.
 */
export function allowOrigins(
  origins: readonly string[],
  isRefused: (request: Request) => boolean,
): MiddlewareHandler {
  const respondToPreflight = cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-Requested-With'],
    maxAge: 600,
  })
  return (c, next) => {
    // Of any other response it would make a copy, as `c.header` does.
    if (c.req.method === 'OPTIONS') return respondToPreflight(c, next)
    const origin = c.req.header('Origin')
    if (origin !== undefined && origins.includes(origin)) {
      planHeader(c, 'Access-Control-Allow-Origin', origin)
    }
    planHeader(c, 'Vary', 'Origin')
    if (!isRefused(c.req.raw)) return next()
    // A form post needs no preflight, so CORS alone would not stop a foreign page.
    return Promise.resolve(respondJson(c, { status: 'invalid', error: 'origin_refused' }, 403))
  }
}
