import { isRecord } from '../runtime/params.ts'

/** The same response with other bytes, and headers that replace its own. */
export async function withBytes(
  response: Response,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const bytes = change(new Uint8Array(await response.arrayBuffer()))
  return new Response(bytes, {
    status: response.status,
    headers: { ...Object.fromEntries(response.headers), ...headers },
  })
}

/** The bytes in two halves. */
export function halves(
  bytes: Uint8Array<ArrayBuffer>,
): readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
  const middle = Math.floor(bytes.length / 2)
  return [bytes.slice(0, middle), bytes.slice(middle)]
}

/** A response whose body stalls after the given length and never ends. */
export async function stalled(
  response: Response,
  lengthOf: (total: number) => number,
  signal: AbortSignal,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, lengthOf(bytes.length)))
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}

/** A response with an altered record; a response without a record is returned unchanged. */
export async function alterRecord(
  response: Response,
  alter: (record: Record<string, unknown>) => Record<string, unknown>,
): Promise<Response> {
  const envelope: unknown = await response.clone().json()
  if (!isRecord(envelope) || !isRecord(envelope['response'])) return response
  const text = JSON.stringify({ ...envelope, response: alter(envelope['response']) })
  return withBytes(response, () => new TextEncoder().encode(text))
}
