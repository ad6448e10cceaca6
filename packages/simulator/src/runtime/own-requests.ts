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

/**
 * Makes the middleware that rejects requests to other host names than these. A site can let its own name resolve to the
 * developer's machine: its page is then of the same origin.
 */
export function requireHostname(hostnames: readonly string[]): MiddlewareHandler {
  return async function rejectOtherNames(c, next) {
    if (hostnames.includes(new URL(c.req.url).hostname)) return next()
    return c.text(
      `The console and the control API are at ${hostnames.join(', ')} only. With --host 0.0.0.0 they are at every name.`,
      403,
    )
  }
}

/** Returns the names by which a server on a loopback address is meant; null for any other address. */
export function loopbackNames(host: string): readonly string[] | null {
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host)
  if (!isLoopback) return null
  const { hostname } = new URL(`http://${host === '::1' ? '[::1]' : host}`)
  return [...new Set(['localhost', '127.0.0.1', '[::1]', hostname])]
}
