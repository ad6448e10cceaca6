import { fail, ok, type Result } from '@quayside/core'
import type { ReadEndpoint } from '../operation/endpoint.ts'
import type { CallResult, ClientFailure } from '../values/failure.ts'
import { fieldsOf } from '../values/fields.ts'

/** One request for a token. */
export interface IssuedToken {
  /** The token, or the failure of its request; one promise that all waiting calls share. */
  readonly pending: Promise<Result<string, ClientFailure>>
  /** The token; null until it was issued. */
  readonly token: string | null
}

/**
 * The access token that all calls of one client share: it is valid for at least one more minute, and is not the one
 * that the provider refused.
 */
export interface Tokens {
  /** A token that was issued already; a call with one does not wait. */
  readonly current: (refused?: IssuedToken) => IssuedToken | undefined
  /** The current token, or the request for the next one. */
  readonly request: (refused?: IssuedToken) => IssuedToken
}

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
  let shared: ReturnType<typeof requestToken> | undefined

  const requestToken = () => {
    const requestedAtMs = now()
    const entry: IssuedToken & { token: string | null; untilMs: number } = {
      token: null,
      // Some runtimes cancel I/O with the request that started it; a later request must not wait for ever.
      untilMs: requestedAtMs + timeoutMs,
      pending: issue().then((result) => {
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
        entry.token = token
        // Both times are from the provider, so its clock may be wrong by any amount. The lifetime is counted
        // from before the request, which can only make the renewal early.
        entry.untilMs = requestedAtMs + (expiredAt - providerNow) * 1000 - renewalMs
        return ok(token)
      }),
    }
    return entry
  }

  const find = (refused?: IssuedToken) =>
    shared && shared !== refused && now() < shared.untilMs ? shared : undefined
  return {
    current: (refused) => {
      const found = find(refused)
      return found?.token ? found : undefined
    },
    request: (refused) => find(refused) ?? (shared = requestToken()),
  }
}
