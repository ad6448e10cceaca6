import { isProviderAddress, toNetwork } from '@quayside/server'
import type { MiddlewareHandler } from 'hono'
import { clientAddress } from './client-address.ts'

/** Cloudflare's rate limiting binding: counts per location, approximately, without delaying a request. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/**
 * Refuses requests of an address beyond its limit before anything of them is read. The provider's own addresses
 * have no limit: it would not send a webhook again after a 429.
 */
export function limitRate(rateLimiter: RateLimiter): MiddlewareHandler {
  return async (c, next) => {
    const address = clientAddress(c.req.raw)
    if (address === null || isProviderAddress(address)) return next()
    const { success } = await rateLimiter.limit({ key: toNetwork(address) })
    if (success) return next()
    return c.json({ status: 'pending', message: 'Too many requests' }, 429, { 'Retry-After': '60' })
  }
}
