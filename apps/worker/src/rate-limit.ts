import { type Log, limitRate as limitPerAddress } from '@quayside/server'
import type { MiddlewareHandler } from 'hono'
import { clientAddress } from './client-address.ts'

/** Cloudflare's rate limiting binding: counts per location, approximately, without delaying a request. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/** Refuses requests of an address beyond the limit of the binding. While it cannot be read, there is no limit. */
export function limitRate(rateLimiter: RateLimiter, log: Log): MiddlewareHandler {
  const isWithin = async (key: string) => (await rateLimiter.limit({ key })).success
  return limitPerAddress({ isWithin, clientAddress, log })
}
