import { fail, ok, type Result } from '@quayside/core'
import { attempt, type Limits } from './attempt.ts'
import type { TokenGrant } from './endpoints/authenticate.ts'
import type { Answer, ClientFailure } from './failure.ts'

/** The access token all calls of one client share. */
export interface Tokens {
  /** A token that is good for at least a minute more, or the failure of the call that asked for it. */
  get(limits: Limits): Promise<Result<string, ClientFailure>>
  /** Forgets a token the provider refused; does nothing when another has taken its place. */
  discard(token: string): void
}

/** How tokens are asked for. */
export interface TokenOptions {
  readonly issue: () => Promise<Answer<unknown>>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The longest `issue` can take, in milliseconds. */
  readonly issueTimeoutMs: number
  /** Called with each new token before anybody uses it. */
  readonly onIssue: (token: string) => void
}

type Issued = Result<string, ClientFailure>

interface Held {
  readonly token: string
  readonly expiresAtMs: number
}

// Asked earlier than in its last minute, the provider hands the same token back with the same expiry.
const renewalMs = 60_000

/** Creates the holder of one shared token: asked for once, however many wait for it. */
export function createTokens({ issue, now, issueTimeoutMs, onIssue }: TokenOptions): Tokens {
  let held: Held | null = null
  let pending: { readonly issued: Promise<Issued>; readonly staleAtMs: number } | null = null

  const ask = async (): Promise<Issued> => {
    const askedAtMs = now()
    const answer = await issue()
    if (!answer.ok) return answer
    const { value: grant } = answer
    if (!isTokenGrant(grant)) return fail(malformed)
    onIssue(grant.access_token)
    // Both times are the provider's, so its clock may be wrong by any amount. Counting from before
    // the request errs towards renewing early.
    const expiresAtMs = askedAtMs + (grant.expired_at - grant.now) * 1000
    held = { token: grant.access_token, expiresAtMs }
    return ok(grant.access_token)
  }

  const share = (): Promise<Issued> => {
    // Some runtimes drop a request's I/O with the request; who comes later must not wait for ever.
    if (pending !== null && now() < pending.staleAtMs) return pending.issued
    const mine = { issued: ask(), staleAtMs: now() + issueTimeoutMs }
    pending = mine
    void mine.issued.then(() => {
      if (pending === mine) pending = null
    })
    return mine.issued
  }

  return {
    get: async (limits) => {
      if (held !== null && now() < held.expiresAtMs - renewalMs) return ok(held.token)
      // The limits are this caller's: one who gives up leaves the shared call to the others.
      const issued = await attempt(share, limits)
      return issued.ok ? issued.value : issued
    },
    discard: (token) => {
      if (held?.token === token) held = null
    },
  }
}

const malformed: ClientFailure = {
  reason: 'malformed_answer',
  httpStatus: 200,
  problem: 'token_malformed',
  excerpt: null,
}

// A token that no header can carry would make the runtime quote it in its error.
const tokenGrammar = /^[\x21-\x7e]{1,1024}$/

function isTokenGrant(value: unknown): value is TokenGrant {
  if (typeof value !== 'object' || value === null) return false
  if (!('access_token' in value && 'expired_at' in value && 'now' in value)) return false
  return (
    typeof value.access_token === 'string' &&
    tokenGrammar.test(value.access_token) &&
    Number.isFinite(value.expired_at) &&
    Number.isFinite(value.now)
  )
}
