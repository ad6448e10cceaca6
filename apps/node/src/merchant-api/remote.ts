import { fail, type Language, ok, type Result } from '@quayside/core'
import { createCalls, type MerchantApi } from './merchant-api.ts'

/** Why the address of a server cannot be used. */
export interface RemoteFailure {
  readonly reason: 'url_malformed' | 'url_not_https'
}

/** Longer than a refund takes, with every repetition of its calls. */
const limitMs = 60_000

/**
 * Makes the merchant API of a server elsewhere.
 *
 * @param url Its address, with the path where it is mounted. Without https the key could be read on the way, so that only this machine may have http.
 */
export function connectRemoteApi(
  url: string,
  key: string,
  language: Language,
  fetch: (request: Request) => Promise<Response>,
): Result<MerchantApi, RemoteFailure> {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || hasMore(parsed)) return fail({ reason: 'url_malformed' })
  if (parsed.protocol !== 'https:' && !isLocal(parsed)) return fail({ reason: 'url_not_https' })
  const calls = createCalls({
    baseUrl: parsed.href.replace(/\/+$/, ''),
    key,
    language,
    send: (request) => fetch(new Request(request, { signal: AbortSignal.timeout(limitMs) })),
  })
  return ok({ ...calls, deliver: null, close: async () => undefined })
}

/** Whether an address has more than an origin and a path. */
function hasMore({ search, hash, username, password }: URL): boolean {
  return [search, hash, username, password].some((each) => each !== '')
}

function isLocal({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
