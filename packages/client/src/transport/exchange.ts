/** One request of the client, complete with its headers. `fetch` accepts it as the second argument. */
export interface ExchangeRequest {
  /** The HTTP method. */
  readonly method: string
  /** The absolute URL with its query. */
  readonly url: string
  /** All headers, with the access token; names in any case. */
  readonly headers: Record<string, string>
  /** JSON text; null without a body. */
  readonly body: string | null
  /** Aborts when nobody waits for the response any more. */
  readonly signal: AbortSignal
  /** A redirect is a response like any other: following it would send the token to another address. */
  readonly redirect: 'manual'
}

/** What the client reads of a response. The `Response` of `fetch` is one. */
export interface ExchangeResponse {
  /** The HTTP status. */
  readonly status: number
  /** The headers; `get` returns null for one that is absent, and ignores case. */
  readonly headers: { get(name: string): string | null }
  /** The body in chunks, null without one. Leaving the loop over it cancels it. */
  readonly body: AsyncIterable<Uint8Array> | null
  /** The whole body. Called instead of reading `body` when the headers limit its size. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * Sends a request without the classes of `fetch`, which are most of the cost of a call on Node. Rejects when no response
 * arrives, and when the signal aborts.
 */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeResponse>

/** Sends a request: the runtime's `fetch`, or a simulator's. */
export type Fetch = (request: Request) => Response | Promise<Response>

/** The exchange over a `fetch`; the runtime's own needs no `Request`. */
export function toExchange(fetch: Fetch | undefined): Exchange {
  const own = globalThis.fetch
  if (fetch === own) return async (request) => own(request.url, request)
  return async (request) =>
    fetch ? fetch(new Request(request.url, request)) : globalThis.fetch(request.url, request)
}
