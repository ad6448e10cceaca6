import type { MiddlewareHandler } from 'hono'
import { describeCause, type Log } from '../log.ts'
import { isProviderAddress } from '../lookup-guard/caller.ts'
import { toNetwork } from '../lookup-guard/network.ts'
import { createTokenBuckets } from '../lookup-guard/token-bucket.ts'

/** What {@link limitRate} needs. */
export interface RateLimitOptions {
  /** Counts one more request of a network, and says whether it is within the limit. While it throws, there is no limit. */
  readonly isWithin: (network: string) => boolean | Promise<boolean>
  /** Returns the address that sent a request; null when it is not known, which has no limit. */
  readonly clientAddress: (request: Request) => string | null
  /** Receives `rate_limit_unavailable` with the cause. */
  readonly log: Log
}

/**
 * Makes the `rateLimit` of a server: requests of an address beyond its limit get 429 before anything of them is read. The
 * provider's own addresses have no limit, for it would not send a webhook again after a 429.
 *
 * @param options The limit, such as that of {@link createNetworkLimit}, and who sent a request.
 * @returns Hono middleware.
 *
 * @example
 * ```ts
 * import { createNetworkLimit, limitRate } from '@quayside/server'
 * import { Hono } from 'hono'
 *
 * const app = new Hono().use(
 *   limitRate({
 *     isWithin: createNetworkLimit(1, () => Date.now()),
 *     clientAddress: () => '198.51.100.7',
 *     log: (event) => console.log(event),
 *   }),
 * )
 * console.log((await app.request('/')).status, (await app.request('/')).status) // 404 429
 * ```
 */
export function limitRate({ isWithin, clientAddress, log }: RateLimitOptions): MiddlewareHandler {
  const isAllowed = async (network: string): Promise<boolean> => {
    try {
      return await isWithin(network)
    } catch (cause) {
      log('rate_limit_unavailable', { detail: describeCause(cause) })
      return true
    }
  }
  return async (c, next) => {
    const address = clientAddress(c.req.raw)
    if (address === null || isProviderAddress(address)) return next()
    if (await isAllowed(toNetwork(address))) return next()
    return c.json({ status: 'pending', message: 'Too many requests' }, 429, { 'Retry-After': '60' })
  }
}

/** So many networks take about 20 MB. */
const maxNetworks = 100_000

/**
 * Makes a limit that this process counts by itself: so many requests per minute for each network.
 *
 * @param perMinute How many requests a network may send in a minute, and at once.
 * @param now Milliseconds since 1970.
 * @returns The `isWithin` of {@link limitRate}. It remembers the 100,000 networks that sent the latest requests.
 *
 * @example
 * ```ts
 * import { createNetworkLimit } from '@quayside/server'
 *
 * const isWithin = createNetworkLimit(1, () => Date.now())
 * console.log(isWithin('198.51.100.7'), isWithin('198.51.100.7'), isWithin('198.51.100.8')) // true false true
 * ```
 */
export function createNetworkLimit(
  perMinute: number,
  now: () => number,
): (network: string) => boolean {
  const bucketOf = createTokenBuckets(perMinute, maxNetworks, now)
  return (network) => bucketOf(network).take()
}
