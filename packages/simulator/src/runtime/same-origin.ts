import type { MiddlewareHandler } from 'hono'

/** Rejects requests of other sites' pages, which could otherwise use a simulator on the developer's own machine. */
export const requireSameOrigin: MiddlewareHandler = async function rejectCrossSite(c, next) {
  const origin = c.req.header('origin')
  const isCrossSite = origin !== undefined && origin !== new URL(c.req.url).origin
  if (isCrossSite || c.req.header('sec-fetch-site') === 'cross-site') {
    return c.text('Cross-site requests are not allowed', 403)
  }
  return next()
}
