import type { Payee } from '@quayside/core'
import type { Caller } from './caller.ts'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts'
import { isProviderFailure, type LookupLimited, type LookupResult } from './lookup-result.ts'
import { createTokenBucket } from './token-bucket.ts'

/** How many lookups a minute each kind of caller may cause, at once or spread. */
export type LookupsPerMinute = Readonly<Record<Caller, number>>

/** Who causes a call, and whose payments it reads. */
export interface OfCall {
  readonly caller: Caller
  /** Undefined for the account that needs no name. */
  readonly payee: Payee | undefined
}

/** Makes a call to the provider for a kind of caller; returns the limit that forbids it. */
export type ProviderCalls = (
  of: OfCall,
  fetch: () => Promise<LookupResult>,
) => Promise<LookupResult> | LookupLimited['by']

/**
 * Limits the calls to the provider: per kind of caller, and to single ones while it fails. Each payee fails by itself: the
 * keys of one account may be refused while those of the others work.
 *
 * @param now Milliseconds since 1970.
 * @param isKnown Whether the settings name a payee. Of one that they do not name nothing is asked, so that nothing is limited.
 */
export function createProviderCalls(
  now: () => number,
  { buyer, provider, unknown }: LookupsPerMinute,
  isKnown: (payee: Payee) => boolean,
): ProviderCalls {
  const circuitBreakers = new Map<Payee | undefined, CircuitBreaker>()
  const circuitBreakerOf = (payee: Payee | undefined): CircuitBreaker => {
    const existing = circuitBreakers.get(payee)
    if (existing !== undefined) return existing
    const made = createCircuitBreaker(now)
    circuitBreakers.set(payee, made)
    return made
  }
  const buckets = {
    buyer: createTokenBucket(buyer, now),
    provider: createTokenBucket(provider, now),
    unknown: createTokenBucket(unknown, now),
  }
  return ({ caller, payee }, fetch) => {
    if (!buckets[caller].take()) return 'rate_limit'
    if (payee !== undefined && !isKnown(payee)) return fetch()
    const recordOutcome = circuitBreakerOf(payee).begin()
    if (recordOutcome === null) return 'circuit_breaker'
    return fetch().then((found) => {
      recordOutcome(isProviderFailure(found))
      return found
    })
  }
}
