import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok, type Result } from '@quayside/core'
import { describeCause, type Log } from '@quayside/server'
import type { MetricsAddress } from '../settings/telemetry-settings.ts'
import type { Metrics } from './metrics.ts'

/** A server of metrics that listens. */
export interface MetricsServer {
  readonly port: number
  close(): void
}

/** Serves `GET /metrics`, on an address of its own, so that the payment server's address never shows them. */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  { host, port, token }: MetricsAddress,
  log: Log,
): Promise<Result<MetricsServer, { readonly cause: unknown }>> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 10_000 },
    (request, response) => {
      const end = (status: number, headers: Readonly<Record<string, string>> = {}, body = '') => {
        response.writeHead(status, { 'Cache-Control': 'no-store', ...headers }).end(body)
      }
      request.resume()
      if (request.url?.split('?', 1)[0] !== '/metrics') return end(404)
      if (request.method !== 'GET') return end(405, { Allow: 'GET' })
      if (!isAllowed(request, token))
        return end(401, { 'WWW-Authenticate': 'Bearer realm="metrics"' })
      metrics.text().then(
        (text) => end(200, { 'Content-Type': metrics.contentType }, text),
        (error: unknown) => {
          log('metrics_failed', { cause: describeCause(error) })
          end(500)
        },
      )
    },
  )
  server.maxConnections = 16
  return listen(server, host, port)
}

function isAllowed({ headers }: IncomingMessage, token: string | null): boolean {
  if (token === null) return true
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(token))
}

/** Digests have one length, so that comparing them tells nothing about the token's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function listen(
  server: Server,
  host: string,
  port: number,
): Promise<Result<MetricsServer, { readonly cause: unknown }>> {
  return new Promise((resolve) => {
    server.once('error', (cause) => resolve(fail({ cause })))
    server.listen(port, host, () => {
      // A server that listens on a port has such an address.
      const address = server.address() as AddressInfo
      resolve(
        ok({
          port: address.port,
          close() {
            server.close()
            server.closeAllConnections()
          },
        }),
      )
    })
  })
}
