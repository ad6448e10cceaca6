import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { Exchange } from '@quayside/client'

interface ProviderRequest {
  readonly origin: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly signal: AbortSignal
}

interface ProviderAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: AsyncIterable<Uint8Array> & { arrayBuffer(): Promise<ArrayBuffer> }
}

/** The part of undici that is used here. */
interface Undici {
  readonly EnvHttpProxyAgent: new (options: {
    readonly connections: number
    readonly pipelining: number
    readonly httpProxy: string
    readonly httpsProxy: string
  }) => { request(request: ProviderRequest): Promise<ProviderAnswer> }
}

// The version that `apps/node` installs, not the one of another tool.
const { EnvHttpProxyAgent }: Undici = createRequire(resolve('apps/node/package.json'))('undici')

/** Makes the exchange of the subjects: kept-alive connections to the provider, one request at a time on each. */
export function createTransport(connections: number): Exchange {
  const direct = { httpProxy: '', httpsProxy: '' }
  const agent = new EnvHttpProxyAgent({ ...direct, connections, pipelining: 1 })
  return async ({ url, method, headers, body, signal }) => {
    const { origin, pathname, search } = new URL(url)
    const path = pathname + search
    const answer = await agent.request({ origin, path, method, headers, body, signal })
    return {
      status: answer.statusCode,
      headers: { get: (name) => answer.headers[name.toLowerCase()]?.toString() ?? null },
      body: answer.body,
      arrayBuffer: () => answer.body.arrayBuffer(),
    }
  }
}
