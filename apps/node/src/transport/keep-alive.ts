import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Exchange, ExchangeResponse } from '@quayside/client'
import { type Dispatcher, EnvHttpProxyAgent, errors } from 'undici'
import type { Proxies } from '../settings/proxies.ts'

/** Sends requests over connections that are kept open. */
export interface Transport {
  readonly fetch: (request: Request) => Promise<Response>
  /** The same without the classes of `fetch`, for a fraction of its processor time. */
  readonly exchange: Exchange
  /** Closes the connections, when the requests under way have ended. */
  close(): Promise<void>
}

/**
 * How many connections to one address are open at most; further requests wait for one. At half a second for each answer they carry
 * a thousand lookups a second, which is what the lookup guard allows.
 */
const connections = 512
/** Servers close an idle connection after 5 s (Node), a minute (load balancers) or longer. */
const idleMs = 4_000
/** A server may announce a longer time. */
const maxIdleMs = 30_000
const connectMs = 5_000
// The callers' own limits are shorter; these end what a caller forgot.
const silentMs = 15_000
/** Methods that may be sent twice (RFC 9110, 9.2.2), of those that are sent here. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD'])
/** What a connection ends with that was closed before the response began. */
const closedCodes: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/**
 * Makes a transport on a pool of connections: HTTP/1.1, one request at a time on each.
 *
 * A read whose connection the other side closed just then is sent once more. Any other request is not: it may have
 * arrived. No redirect is followed, whatever the request says.
 */
export function createTransport(proxies: Proxies): Transport {
  const options = {
    ...proxies,
    connections,
    allowH2: false,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: maxIdleMs,
    headersTimeout: silentMs,
    bodyTimeout: silentMs,
    connect: { timeout: connectMs },
  }
  const kept = new EnvHttpProxyAgent({ ...options, pipelining: 1 })
  // Whoever closed one idle connection may have closed all of them: a repetition gets a new one.
  const fresh = new EnvHttpProxyAgent({ ...options, pipelining: 0 })
  const send = async (parts: RequestParts): Promise<Answer> => {
    const { method, url, headers, body, signal } = parts
    const { origin, pathname, search } = new URL(url)
    const options = { origin, path: pathname + search, method, headers, body, signal }
    try {
      return decode(await kept.request(options))
    } catch (error) {
      if (!repeatable.has(method) || !isClosed(error) || signal.aborted) throw error
      return decode(await fresh.request(options))
    }
  }
  return {
    async fetch(request) {
      const { method, url, signal } = request
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
      const headers = Object.fromEntries(request.headers)
      return toResponse(await send({ method, url, headers, body, signal }))
    },
    exchange: async (request) => toExchangeResponse(await send(request)),
    async close() {
      await Promise.all([kept.close(), fresh.close()])
    },
  }
}

interface RequestParts {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | null
  readonly signal: AbortSignal
}

function isClosed(error: unknown): boolean {
  if (error instanceof errors.SocketError) return true
  const { code }: { readonly code?: unknown } = Object(error)
  return typeof code === 'string' && closedCodes.has(code)
}

/** Compression is not asked for, but a proxy in between may compress what it likes. */
const decoders: ReadonlyMap<string, () => NodeJS.ReadWriteStream & Readable> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

interface Answer {
  readonly status: number
  readonly headers: Dispatcher.ResponseData['headers']
  readonly body: Readable
  readonly arrayBuffer: () => Promise<ArrayBuffer>
}

/** A response as if it had never been compressed. */
function decode({ statusCode: status, headers, body }: Dispatcher.ResponseData): Answer {
  const coding = headers['content-encoding']?.toString().trim().toLowerCase()
  const createDecoder = decoders.get(coding ?? '')
  if (createDecoder === undefined) {
    return { status, headers, body, arrayBuffer: () => body.arrayBuffer() }
  }
  const { 'content-encoding': _coding, 'content-length': _length, ...others } = headers
  // What fails in between ends the stream that is read with its error.
  const decoded = pipeline(body, createDecoder(), () => undefined)
  return {
    status,
    headers: others,
    body: decoded,
    arrayBuffer: () => new Response(ReadableStream.from(decoded)).arrayBuffer(),
  }
}

function toExchangeResponse({ headers, ...answer }: Answer): ExchangeResponse {
  const get = (name: string) => headers[name.toLowerCase()]
  return { ...answer, headers: { get: (name) => get(name)?.toString() ?? null } }
}

function toResponse({ status, headers, body }: Answer): Response {
  const answered = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of [value ?? []].flat()) answered.append(name, each)
  }
  return new Response(hasNoBody(status) ? null : ReadableStream.from(body), {
    status,
    headers: answered,
  })
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}
