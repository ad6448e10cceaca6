import type { Invocations } from './invocation.ts'
import type { SimulatedTime } from './time.ts'

/** A response of a peer, before it is sent. */
export interface Reply {
  readonly status: number
  readonly text: string
}

/** A server of the simulated network. */
export interface Peer {
  readonly latencyMs: () => number
  /** Null when it never responds. */
  respond(request: Request, body: string): Reply | null
}

const chunkBytes = 64 * 1024

/** Makes the `fetch` of a worker: a limited number of connections, and time that each request takes. */
export function createNetwork(
  peerOf: (url: string) => Peer,
  invocations: Invocations,
  time: SimulatedTime,
) {
  return async (request: Request): Promise<Response> => {
    invocations.countRequest()
    const peer = peerOf(request.url)
    const disconnect = await invocations.connect()
    try {
      request.signal.throwIfAborted()
      const body = request.method === 'GET' ? '' : await request.text()
      const latencyMs = peer.latencyMs()
      if (latencyMs > 0) await orAbort(time.sleep(latencyMs), request.signal)
      const reply = peer.respond(request, body)
      if (reply === null) return await orAbort(new Promise(() => undefined), request.signal)
      return toResponse(reply, invocations)
    } finally {
      disconnect()
    }
  }
}

/** What a promise resolves to, unless the caller gives up first: that ends its connection, too. */
function orAbort<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('The connection was ended'))),
  )
  return Promise.race([waiting, aborted])
}

/** A long body comes in chunks, and counts as far as it is read. */
function toResponse({ status, text }: Reply, { current, countReceived }: Invocations): Response {
  if (status === 204) return new Response(null, { status })
  const init = { status, headers: { 'content-type': 'application/json' } }
  const invocation = current()
  if (text.length <= chunkBytes) {
    countReceived(invocation, text.length)
    return new Response(text, init)
  }
  const bytes = new TextEncoder().encode(text)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = bytes.subarray(sent, sent + chunkBytes)
      sent += chunk.length
      if (chunk.length === 0) return controller.close()
      countReceived(invocation, chunk.length)
      controller.enqueue(chunk)
    },
  })
  return new Response(body, init)
}
