import { Agent, request } from 'node:http'

/** What came back, and how long it took from the first byte sent to the last one read. */
export interface Reply {
  readonly status: number
  readonly body: string
  readonly ms: number
}

/** One request; a body is sent as JSON by POST. */
export interface Ask {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A client on so many kept-alive connections and no more. */
export interface Caller {
  call(url: string, ask?: Ask): Promise<Reply>
  close(): void
}

// The bare client of Node: `fetch` would add its own half millisecond to both sides.
export function createCaller(connections: number): Caller {
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

/** Sends one request outside of any measurement and reads its JSON; throws on any refusal. */
export async function ask(url: string, body?: unknown): Promise<unknown> {
  const caller = createCaller(1)
  try {
    const reply = await caller.call(url, body === undefined ? {} : { body })
    if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}: ${reply.body}`)
    const answer: unknown = JSON.parse(reply.body)
    return answer
  } finally {
    caller.close()
  }
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
