import { fail } from '@quayside/core'
import { type Sleep, sleepOnTimer } from './attempt.ts'
import type { Endpoint } from './endpoint.ts'
import { getToken } from './endpoints/authenticate.ts'
import { exchange, type Fetch, type Rooms } from './exchange.ts'
import type { Answer } from './failure.ts'
import { buildRequest } from './request.ts'
import { asDocumented } from './response.ts'
import { createRedactor, secretsIn } from './secret.ts'
import { createTokens } from './token.ts'

/** What a client needs. Only `key` and `secret` have no default. */
export interface ClientOptions {
  /** REST API 키. */
  readonly key: string
  /** REST API secret. */
  readonly secret: string
  /** `https://api.iamport.kr`. Another one for a simulator, or the provider's fixed-address host. */
  readonly baseUrl?: string
  /** `https://api.iamport.co`, where payment links are made. A simulator has one address for both. */
  readonly linkUrl?: string
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
  ): Promise<Answer<Documented>>
}

const defaultBaseUrl = 'https://api.iamport.kr'
const defaultLinkUrl = 'https://api.iamport.co'

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
  const key = requireText('key', options.key)
  const secret = requireText('secret', options.secret)
  const { timeoutMs = 9000, attemptTimeoutMs = 4000, tier = null } = options
  const flaw = findFlaw({ timeoutMs, attemptTimeoutMs, tier })
  if (flaw !== null) throw new TypeError(cannotCreate(flaw, 'is malformed', '값이 잘못되었습니다'))
  const baseUrl = requireUrl('baseUrl', options.baseUrl ?? defaultBaseUrl)
  const linkUrl = requireUrl('linkUrl', options.linkUrl ?? defaultLinkUrl)

  const rooms: Rooms = {
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleepOnTimer,
    redactor: createRedactor([key, secret]),
  }

  const tokens = createTokens({
    now: rooms.now,
    issueTimeoutMs: timeoutMs,
    onIssue: rooms.redactor.keep,
    issue: async () => {
      const params = { imp_key: key, imp_secret: secret }
      const parts = buildRequest(getToken, params, baseUrl)
      if (!parts.ok) return parts
      const limits = { timeoutMs, attemptTimeoutMs, tier: null, signal: null }
      return exchange({ row: getToken, params, parts: parts.value, ...limits }, rooms, null)
    },
  })

  return {
    call: async (endpoint, params, own = {}) => {
      const limits = { timeoutMs, attemptTimeoutMs, tier, signal: null, ...own }
      const parameter = findFlaw(limits)
      if (parameter !== null) {
        return fail({ reason: 'invalid_argument', parameter, problem: 'malformed' })
      }
      const isLink = endpoint.service === 'link'
      const parts = buildRequest(endpoint, params, isLink ? linkUrl : baseUrl)
      if (!parts.ok) return parts
      const sent = { row: endpoint, params, parts: parts.value, ...limits }
      const errand = isLink ? { ...sent, tier: null } : sent
      const redactor = rooms.redactor.also(secretsIn(endpoint, params))
      const holder = endpoint.anonymous === true ? null : tokens
      return asDocumented(await exchange(errand, { ...rooms, redactor }, holder))
    },
  }
}

interface Adjustable {
  readonly timeoutMs: number
  readonly attemptTimeoutMs: number
  readonly tier: string | null
}

function findFlaw({ timeoutMs, attemptTimeoutMs, tier }: Adjustable): string | null {
  if (!(Number.isFinite(timeoutMs) && timeoutMs > 0)) return 'timeoutMs'
  if (!(Number.isFinite(attemptTimeoutMs) && attemptTimeoutMs > 0)) return 'attemptTimeoutMs'
  return tier === null || /^[\x21-\x7e]{3}$/.test(tier) ? null : 'tier'
}

function requireText(name: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new TypeError(cannotCreate(name, 'is missing', '값이 없습니다'))
}

function requireUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.username === ''
  if (usable && url.search === '' && url.hash === '') return url.href.replace(/\/$/, '')
  throw new TypeError(cannotCreate(name, 'is malformed', '값이 잘못되었습니다'))
}

function cannotCreate(name: string, english: string, korean: string): string {
  return `Cannot create payment client: ${name} ${english} (결제 클라이언트를 만들 수 없습니다: ${name} ${korean})`
}
