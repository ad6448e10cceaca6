import { fail, ok, type Result } from '@quayside/core'
import type { ReadEndpoint } from './endpoint.ts'
import type { CallResult, ClientFailure } from './failure.ts'
import { fieldsOf } from './fields.ts'

/** A token, or the failure of the call that asked for it; one promise for all who wait. */
export type IssuedToken = Promise<Result<string, ClientFailure>>

/**
 * The access token all calls of one client share: one that is good for at least a minute more, and not
 * the one the provider refused.
 */
export type Tokens = (refused?: IssuedToken) => IssuedToken

/** How a token is asked for; asking again gives the same one, so it is repeated like a read. */
export const tokenEndpoint: ReadEndpoint = {
  method: 'POST',
  path: '/users/getToken',
  retry: 'read',
  confidential: true,
}

/** How tokens are asked for. */
export interface TokenOptions {
  readonly issue: () => Promise<CallResult<unknown>>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The longest `issue` can take, in milliseconds. */
  readonly timeoutMs: number
  /** Called with each new token before anybody uses it. */
  readonly onIssued: (token: string) => void
}

// Asked earlier than in its last minute, the provider hands the same token back with the same expiry.
const renewalMs = 60_000

// A token that no header can carry would make the runtime quote it in its error.
const tokenGrammar = /^[!-~]{1,1024}$/

/** Creates the holder of one shared token: asked for once, however many wait for it. */
export function createTokens({ issue, now, timeoutMs, onIssued }: TokenOptions): Tokens {
  let shared: { readonly issued: IssuedToken; untilMs: number } | null = null

  const requestToken = () => {
    const askedAtMs = now()
    const entry = {
      // Some runtimes drop a request's I/O with the request; who comes later must not wait for ever.
      untilMs: askedAtMs + timeoutMs,
      issued: issue().then((result) => {
        // A failure is for those who waited, and not remembered.
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
        // Both times are the provider's, so its clock may be wrong by any amount. Counting from before
        // the request errs towards renewing early.
        entry.untilMs = askedAtMs + (expiredAt - providerNow) * 1000 - renewalMs
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
