import { type Sleep, sleepOnTimer } from './attempt.ts'
import { type Fetch, performCall } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import type { CallResult } from './failure.ts'
import { createRedact } from './redact.ts'
import { buildRequest, refuseArgument } from './request.ts'
import { asDocumented } from './response.ts'
import { createTokens, tokenEndpoint } from './token.ts'

/** What a client needs. Only `key` and `secret` have no default. */
export interface ClientOptions {
  /** REST API 키. */
  readonly key: string
  /** REST API secret. */
  readonly secret: string
  /**
   * `https://api.iamport.kr`. Another one for a simulator, or the provider's fixed-address host.
   * Payment links have a host of their own, unless this is not the provider's.
   */
  readonly baseUrl?: string
  /** Sub-merchant code (하위상점), three characters: whose data the calls are about. */
  readonly tier?: string
  /** Time for one call with everything it takes, in milliseconds; 9,000. */
  readonly timeoutMs?: number
  /** Time for one attempt of a call, in milliseconds; 4,000. */
  readonly attemptTimeoutMs?: number
  /** The runtime's `fetch`. A simulator's works as well. */
  readonly fetch?: Fetch
  /** Milliseconds since 1970; `Date.now`. */
  readonly now?: () => number
  /** A number from 0 up to, not including, 1; `Math.random`. */
  readonly random?: () => number
  /** Every timer of the client goes through this. */
  readonly sleep?: Sleep
}

/** What one call may want otherwise than its client. */
export interface CallOptions {
  /** Ends the call; other calls that wait for the same access token go on. */
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  readonly attemptTimeoutMs?: number
  readonly tier?: string
}

/** The REST API of one merchant account. */
export interface Client {
  /**
   * Makes one call.
   *
   * @param endpoint A row of one of the groups: `payments`, `subscribe`, `customers`, …
   * @param params What the endpoint takes, in the provider's names.
   * @returns The documented value, with `partial` for HTTP 207; or a {@link ClientFailure}. It never
   * rejects.
   */
  call<Params extends object, Documented>(
    endpoint: Endpoint<Params, Documented>,
    params: NoInfer<Params>,
    options?: CallOptions,
  ): Promise<CallResult<Documented>>
}

/**
 * Creates a client for one merchant account. It asks for an access token with the first call and
 * renews it when needed; credentials stay inside.
 *
 * @param options The credentials, and whatever is to differ from the defaults.
 * @returns The client. Creating it sends nothing.
 * @throws {TypeError} `key` or `secret` is missing or blank, or another option cannot be used; the
 * message names which.
 *
 * @example
 * ```ts
 * import { createClient, payments } from '@quayside/client'
 *
 * const fetch = (request: Request) =>
 *   request.url.endsWith('/users/getToken')
 *     ? Response.json({ code: 0, message: null, response: { access_token: 't', now: 0, expired_at: 1800 } })
 *     : Response.json({ code: 0, message: null, response: { imp_uid: 'imp_448', status: 'paid' } })
 *
 * const client = createClient({ key: 'my-key', secret: 'my-secret', fetch })
 * const answer = await client.call(payments.get, { imp_uid: 'imp_448' })
 * console.log(answer.ok && answer.value.status) // paid
 * ```
 */
export function createClient(options: ClientOptions): Client {
  const {
    key,
    secret,
    tier = null,
    timeoutMs = 9000,
    attemptTimeoutMs = 4000,
    fetch = (request) => globalThis.fetch(request),
    now = Date.now,
    random = Math.random,
    sleep = sleepOnTimer,
  } = options
  const baseUrl = toBase(options.baseUrl ?? 'https://api.iamport.kr')
  const limits = { tier, timeoutMs, attemptTimeoutMs, signal: null }
  const deps = { key, secret, baseUrl, fetch, now, random, sleep }
  const invalid = findInvalid({ ...limits, ...deps })
  if (invalid) {
    throw new TypeError(
      `Cannot create payment client: ${invalid} is missing or malformed (${invalid} 값을 확인하세요)`,
    )
  }

  let secrets: readonly string[] = [key, secret]

  const tokens = createTokens({
    now,
    timeoutMs,
    onIssued: (token) => {
      // A token lives 30 minutes and an answer in flight a few seconds: the last few are all that can
      // still turn up in a text.
      secrets = [key, secret, token, ...secrets.slice(2, 5)]
    },
    issue: () => {
      const body = JSON.stringify({ imp_key: key, imp_secret: secret })
      const { method, path } = tokenEndpoint
      const parts = { method, url: baseUrl + path, body }
      const request = { endpoint: tokenEndpoint, params: {}, ...parts }
      const redact = createRedact(() => secrets)
      return performCall({ ...limits, tier: null, ...deps, ...request, redact }, null)
    },
  })

  return {
    call: async (endpoint, params, overrides) => {
      // The rooms last: no options of a call may choose where the token goes.
      const callSettings = { ...limits, ...overrides, ...deps, ...endpoint.service?.(baseUrl) }
      const invalid = findInvalid(callSettings)
      if (invalid) return refuseArgument(invalid, 'malformed')
      const built = buildRequest(endpoint, params, callSettings.baseUrl)
      if (!built.ok) return built
      const redact = createRedact(() => [...built.value.secrets, ...secrets])
      const request = { ...callSettings, ...built.value, endpoint, params, redact }
      return asDocumented(await performCall(request, endpoint.anonymous ? null : tokens))
    },
  }
}

const isText = (value: unknown) => typeof value === 'string' && value.trim()
const isTime = (value: unknown) => Number(value) > 0 && Number.isFinite(value)

/** What can be set, and what tells that it can be used. */
const settings = {
  key: isText,
  secret: isText,
  tier: (value: unknown) =>
    value === null || (typeof value === 'string' && /^[!-~]{3}$/.test(value)),
  timeoutMs: isTime,
  attemptTimeoutMs: isTime,
  baseUrl: isText,
}

/** The first setting that cannot be used. */
function findInvalid(set: Readonly<Record<string, unknown>>): string | undefined {
  return Object.entries(settings).find(([name, isUsable]) => !isUsable(set[name]))?.[0]
}

/** What a path can follow; empty for what is not the address of a server. */
function toBase(url: string): string {
  const href = URL.canParse(url) ? new URL(url).href : ''
  return /^https?:[^@?#]+$/.test(href) ? href.replace(/\/$/, '') : ''
}
