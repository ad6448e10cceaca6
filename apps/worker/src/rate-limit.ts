import { isProviderAddress, type Log, toNetwork } from '@quayside/server'
import type { MiddlewareHandler } from 'hono'
import { clientAddress } from './client-address.ts'

/** Cloudflare's rate limiting binding: counts per location, approximately, without delaying a request. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/**
 * Refuses requests of an address beyond its limit before anything of them is read. The provider's own addresses
 * have no limit: it would not send a webhook again after a 429. While the limit cannot be read, there is none.
 */
export function limitRate(rateLimiter: RateLimiter, log: Log): MiddlewareHandler {
  const isWithin = async (key: string): Promise<boolean> => {
    try {
      return (await rateLimiter.limit({ key })).success
    } catch (cause) {
      log('rate_limit_unavailable', { detail: String(cause) })
      return true
    }
  }
  return async (c, next) => {
    const address = clientAddress(c.req.raw)
    if (address === null || isProviderAddress(address)) return next()
    if (await isWithin(toNetwork(address))) return next()
    return c.json({ status: 'pending', message: 'Too many requests' }, 429, { 'Retry-After': '60' })
  }
}
