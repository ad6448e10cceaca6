import type { Caller } from './caller.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { isProviderFailure, type LookupLimited, type LookupResult } from './lookup-result.ts'
import { createTokenBucket } from './token-bucket.ts'

/** How many lookups a minute each kind of caller may cause, at once or spread. */
export type LookupsPerMinute = Readonly<Record<Caller, number>>

/** Makes a call to the provider for a kind of caller; returns the limit that forbids it. */
export type ProviderCalls = (
  caller: Caller,
  fetch: () => Promise<LookupResult>,
) => Promise<LookupResult> | LookupLimited['by']

/**
 * Limits the calls to the provider: per kind of caller, and to single ones while it fails.
 *
 * @param now Milliseconds since 1970.
 */
export function createProviderCalls(
  now: () => number,
  { buyer, provider, unknown }: LookupsPerMinute,
): ProviderCalls {
  const circuitBreaker = createCircuitBreaker(now)
  const buckets = {
    buyer: createTokenBucket(buyer, now),
    provider: createTokenBucket(provider, now),
    unknown: createTokenBucket(unknown, now),
  }
  return (caller, fetch) => {
    if (!buckets[caller].take()) return 'rate_limit'
    const recordOutcome = circuitBreaker.begin()
    if (recordOutcome === null) return 'circuit_breaker'
    return fetch().then((found) => {
      recordOutcome(isProviderFailure(found))
      return found
    })
  }
}
