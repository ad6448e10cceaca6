import type { MiddlewareHandler } from 'hono'

/** Keeps other sites' pages from pressing buttons in a simulator that runs on somebody's own machine. */
export const requireSameOrigin: MiddlewareHandler = async function refuseForeignPages(c, next) {
  const origin = c.req.header('origin')
  const isForeign = origin !== undefined && origin !== new URL(c.req.url).origin
  if (isForeign || c.req.header('sec-fetch-site') === 'cross-site') {
    return c.text('A page of another site asked for this', 403)
  }
  return next()
}
