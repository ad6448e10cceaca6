import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { fail, ok, type Result } from '@quayside/core'

/** Handles a request; `peer` is the address of the socket it came over. */
export type Handle = (request: Request, peer: string | null) => Promise<Response>

/** Where an HTTP server listens, and what it allows. */
export interface HttpOptions {
  readonly host: string
  /** 0 for any port that is free. */
  readonly port: number
  /** How many connections are open at most. */
  readonly maxConnections: number
}

/** Why the server cannot listen. */
export interface ListenFailure {
  readonly reason: 'address_in_use' | 'address_unavailable'
  readonly cause: unknown
}

/** An HTTP server that accepts connections. */
export interface HttpServer {
  readonly port: number
  /**
   * Accepts nothing further, and resolves when every request is answered or `ms` milliseconds have passed; then what is
   * still open is cut.
   *
   * @returns How many requests were cut.
   */
  stop(ms: number): Promise<number>
}

/** How long clients may take; an ordinary request takes much less. */
const timeouts = {
  /** From the first byte to the end of the headers; also for a connection that sends nothing. */
  headersTimeout: 10_000,
  /** From the first byte to the end of the body. */
  requestTimeout: 20_000,
  // Longer than proxies keep an idle connection: if this side closed first, it could close on a request that is on its way.
  keepAliveTimeout: 75_000,
  // How often the first two are checked.
  connectionsCheckingInterval: 2_000,
}
/** How long a client may leave a response unread, or a connection without a byte. */
const silenceMs = 90_000

/** Starts an HTTP server. Fails with `address_in_use` and `address_unavailable`. */
export async function listen(
  handle: Handle,
  { host, port, maxConnections }: HttpOptions,
): Promise<Result<HttpServer, ListenFailure>> {
  let isStopping = false
  let inFlight = 0
  const server = createAdaptorServer({
    hostname: host,
    serverOptions: timeouts,
    async fetch(request, { incoming }) {
      inFlight++
      try {
        const response = await handle(request, incoming.socket.remoteAddress ?? null)
        // The client must not send its next request over a connection that is about to close.
        if (isStopping) response.headers.set('Connection', 'close')
        return response
      } finally {
        inFlight--
      }
    },
    // The options say HTTP/1.1, which the type of the result does not.
  }) as Server
  server.maxConnections = maxConnections
  server.setTimeout(silenceMs)
  // Otherwise idle connections would keep the next ones out.
  server.on('drop', () => server.closeIdleConnections())
  const bound = await bind(server, host, port)
  if (!bound.ok) return bound
  return ok({
    port: bound.value,
    async stop(ms) {
      isStopping = true
      let cut = 0
      const timer = setTimeout(() => {
        cut = inFlight
        server.closeAllConnections()
      }, ms)
      await new Promise<void>((resolve) => server.close(() => resolve()))
      clearTimeout(timer)
      return cut
    },
  })
}

function bind(server: Server, host: string, port: number): Promise<Result<number, ListenFailure>> {
  return new Promise((resolve) => {
    const refuse = (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'address_in_use' : 'address_unavailable'
      resolve(fail({ reason, cause }))
    }
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      // A server that listens on a port has such an address.
      const { port: bound } = server.address() as AddressInfo
      resolve(ok(bound))
    })
  })
}
