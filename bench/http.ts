import { Agent, request } from 'node:http'

/** A response, and the time from the first byte sent to the last one read. */
export interface Reply {
  readonly status: number
  readonly body: string
  readonly ms: number
}

/** One request; a body is sent as JSON by POST. */
export interface RequestOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A client with a limited number of kept-alive connections. */
export interface HttpClient {
  call(url: string, options?: RequestOptions): Promise<Reply>
  close(): void
}

// Node's own client: `fetch` would add half a millisecond to both sides.
export function createHttpClient(connections: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    close: () => agent.destroy(),
    call: (url, { body, headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        const isPost = body !== undefined
        const at = performance.now()
        const sent = request(
          url,
          {
            agent,
            method: isPost ? 'POST' : 'GET',
            headers: isPost ? { 'content-type': 'application/json', ...headers } : { ...headers },
          },
          (incoming) => {
            const chunks: Buffer[] = []
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
            incoming.on('error', reject)
            incoming.on('end', () =>
              resolve({
                status: incoming.statusCode ?? 0,
                body: Buffer.concat(chunks).toString(),
                ms: performance.now() - at,
              }),
            )
          },
        )
        sent.on('error', reject)
        sent.end(isPost ? JSON.stringify(body) : undefined)
      }),
  }
}

/** Sends one request outside of any measurement and reads its JSON; throws unless the status is 200. */
export async function requestJson(url: string): Promise<unknown> {
  const client = createHttpClient(1)
  try {
    const reply = await client.call(url, {})
    if (reply.status !== 200) throw new Error(`${url} responded ${reply.status}: ${reply.body}`)
    const json: unknown = JSON.parse(reply.body)
    return json
  } finally {
    client.close()
  }
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The members of a decoded JSON object; throws for any other value. */
export function toFields(value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new TypeError('The value is not a JSON object')
  return value
}
