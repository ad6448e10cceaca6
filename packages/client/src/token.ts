import { fail, ok, type Result } from '@quayside/core'
import type { ReadEndpoint } from './endpoint.ts'
import type { CallResult, ClientFailure } from './failure.ts'
import { fieldsOf } from './fields.ts'

/** A token, or the failure of its request; one promise that all waiting calls share. */
export type IssuedToken = Promise<Result<string, ClientFailure>>

/**
 * Returns the access token that all calls of one client share: it is valid for at least one more minute, and
 * is not the one that the provider refused.
 */
export type Tokens = (refused?: IssuedToken) => IssuedToken

/** The endpoint of tokens. A repeated request returns the same token, so it is repeated like a read. */
export const tokenEndpoint: ReadEndpoint = {
  method: 'POST',
  path: '/users/getToken',
  retry: 'read',
  confidential: true,
}

/** How tokens are requested. */
export interface TokenOptions {
  readonly issue: () => Promise<CallResult<unknown>>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The maximum duration of `issue`, in milliseconds. */
  readonly timeoutMs: number
  /** Called with each new token before its first use. */
  readonly onIssued: (token: string) => void
}

// Before its last minute the provider returns the same token with the same expiry.
const renewalMs = 60_000

// For a token that is invalid in a header the runtime would throw an error that quotes it.
const tokenGrammar = /^[!-~]{1,1024}$/

/** Creates the shared token of a client: it is requested once for all calls that wait for it. */
export function createTokens({ issue, now, timeoutMs, onIssued }: TokenOptions): Tokens {
  let shared: { readonly issued: IssuedToken; untilMs: number } | null = null

  const requestToken = () => {
    const requestedAtMs = now()
    const entry = {
      // Some runtimes cancel I/O with the request that started it; a later request must not wait for ever.
      untilMs: requestedAtMs + timeoutMs,
      issued: issue().then((result) => {
        // A failure is returned to the waiting calls and not kept.
        entry.untilMs = 0
        if (!result.ok) return result
        const {
          access_token: token,
          expired_at: expiredAt,
          now: providerNow,
        } = fieldsOf(result.value)
        const isGrant =
          typeof token === 'string' &&
          tokenGrammar.test(token) &&
          typeof expiredAt === 'number' &&
          typeof providerNow === 'number'
        if (!isGrant) {
          const problem = 'token_malformed'
          return fail({ reason: 'malformed_response', httpStatus: 200, problem, excerpt: null })
        }
        onIssued(token)
        // Both times are from the provider, so its clock may be wrong by any amount. The lifetime is counted
        // from before the request, which can only make the renewal early.
        entry.untilMs = requestedAtMs + (expiredAt - providerNow) * 1000 - renewalMs
        return ok(token)
      }),
    }
    return entry
  }

  return (refused) => {
    if (shared === null || shared.issued === refused || now() >= shared.untilMs)
      shared = requestToken()
    return shared.issued
  }
}
