import { type Sleep, sleepOnTimer } from './call/attempt.ts'
import { performCall } from './call/call.ts'
import { createTokens, tokenEndpoint } from './call/token.ts'
import type { Endpoint } from './operation/endpoint.ts'
import { buildRequest, refuseArgument } from './request/request.ts'
import { type Exchange, type Fetch, toExchange } from './transport/exchange.ts'
import { asDocumented } from './transport/response.ts'
import type { CallResult } from './values/failure.ts'
import { createRedact } from './values/redact.ts'

/** The settings of a client. Only `key` and `secret` have no default. */
export interface ClientOptions {
  /** REST API 키. */
  readonly key: string
  /** REST API secret. */
  readonly secret: string
  /**
   * `https://api.iamport.kr` by default. Set it for a simulator, or for the provider's host with fixed addresses.
   * Payment links use a host of their own while this is a host of the provider.
   */
  readonly baseUrl?: string
  /** Sub-merchant code (하위상점), three characters: the sub-merchant on whose behalf calls are made. */
  readonly tier?: string
  /** Time for one call, in milliseconds, with its token and its repetition; 9,000 by default. */
  readonly timeoutMs?: number
  /** Time for one attempt of a call, in milliseconds; 4,000 by default. */
  readonly attemptTimeoutMs?: number
  /** The runtime's `fetch` by default; a simulator's works as well. */
  readonly fetch?: Fetch
  /** Sends requests in place of `fetch`, for instance on a pool of connections; by default `fetch` does. */
  readonly exchange?: Exchange
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number
  /** A number from 0 up to, not including, 1; `Math.random` by default. */
  readonly random?: () => number
  /** Waits; the runtime's timer by default. The client has no other timer. */
  readonly sleep?: Sleep
}

/** The options of one call; they override those of the client. */
export interface CallOptions {
  /** Aborts the call. Other calls that wait for the same access token continue. */
  readonly signal?: AbortSignal
  /** Time for the call, in milliseconds; overrides the client's. */
  readonly timeoutMs?: number
  /** Time for one attempt, in milliseconds; overrides the client's. */
  readonly attemptTimeoutMs?: number
  /** Sub-merchant code; overrides the client's. */
  readonly tier?: string
}

/** The REST API of one merchant account. */
export interface Client {
  /**
   * Makes one call.
   *
   * @param endpoint An endpoint of one of the groups: `payments`, `subscribe`, `customers`, …
   * @param params The parameters of the endpoint, in the provider's names.
   * @param options A signal, timeouts and a sub-merchant for this call only.
   * @returns The documented value, with `partial: true` for HTTP 207, or a {@link ClientFailure}. The promise
   * never rejects.
   */
  call<Params extends object, Documented>(
    endpoint: Endpoint<Params, Documented>,
    params: NoInfer<Params>,
    options?: CallOptions,
  ): Promise<CallResult<Documented>>
}

/**
 * Creates a client for one merchant account. It requests an access token with the first call and
 * renews it when needed. Credentials never appear in a failure.
 *
 * @param options The credentials, and the settings that differ from the defaults.
 * @returns The client. Creating it sends no request.
 * @throws {TypeError} `key` or `secret` is missing or blank, or another option is invalid; the message
 * names the option.
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
 * const result = await client.call(payments.get, { imp_uid: 'imp_448' })
 * console.log(result.ok && result.value.status) // paid
 * ```
 */
export function createClient(options: ClientOptions): Client {
  const {
    key,
    secret,
    tier = null,
    timeoutMs = 9000,
    attemptTimeoutMs = 4000,
    exchange = toExchange(options.fetch),
    now = Date.now,
    random = Math.random,
    sleep = sleepOnTimer,
  } = options
  const baseUrl = toBase(options.baseUrl ?? 'https://api.iamport.kr')
  const limits = { tier, timeoutMs, attemptTimeoutMs, signal: null }
  const deps = { key, secret, baseUrl, exchange, now, random, sleep }
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
      // A token is valid for 30 minutes and a response arrives within seconds, so only the last few tokens can
      // still appear in a text.
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
      // `deps` last: the options of a call must not choose where the token is sent.
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

/** The settings, and whether a value is valid for each. */
const settings = {
  key: isText,
  secret: isText,
  tier: (value: unknown) =>
    value === null || (typeof value === 'string' && /^[!-~]{3}$/.test(value)),
  timeoutMs: isTime,
  attemptTimeoutMs: isTime,
  baseUrl: isText,
}

/** The name of the first setting with an invalid value. */
function findInvalid(set: Readonly<Record<string, unknown>>): string | undefined {
  return Object.entries(settings).find(([name, isUsable]) => !isUsable(set[name]))?.[0]
}

/** The URL to which a path can be appended; empty for an invalid one. */
function toBase(url: string): string {
  const href = URL.canParse(url) ? new URL(url).href : ''
  return /^https?:[^@?#]+$/.test(href) ? href.replace(/\/$/, '') : ''
}
