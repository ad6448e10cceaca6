import { fail, ok, type Result } from '@quayside/core'

/** Why a request body could not be read as text. */
export type ReadFailure =
  | { readonly reason: 'body_too_large'; readonly limit: number }
  | { readonly reason: 'body_too_slow' }
  | { readonly reason: 'body_not_utf8' }
  /** Somebody else has read the body: a framework's parser that runs before the route. */
  | { readonly reason: 'body_consumed' }

/** Far above the size of any message of the provider. */
export const maxProviderBytes = 16 * 1024
/** A page may send on all that the payment window returned, of which the shop's own data alone can have 30 KB. */
export const maxBrowserBytes = 64 * 1024
const deadlineMs = 5_000
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads a body of at most `maxBytes` that arrives in time. */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Result<string, ReadFailure>> {
  const { headers } = request
  const declared = Number(headers.get('content-length'))
  if (declared > maxBytes) return fail({ reason: 'body_too_large', limit: maxBytes })
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs)
  })
  try {
    // Where an adapter has a way of its own, it makes no streams, and closes the connection of a late body.
    const readsItself = request.arrayBuffer !== Request.prototype.arrayBuffer
    const isChunked = headers.has('transfer-encoding')
    const read =
      readsItself && declared > 0 && !isChunked
        ? await readDeclared(request, late)
        : await readCounting(request, maxBytes, late)
    if (read === 'late') return fail({ reason: 'body_too_slow' })
    if (read.byteLength > maxBytes) return fail({ reason: 'body_too_large', limit: maxBytes })
    // Some adapters pass on a body that was read before as an empty one.
    const isLost = read.byteLength === 0 && (declared > 0 || isChunked)
    return isLost ? fail({ reason: 'body_consumed' }) : decode(read)
  } catch {
    // A body that was read before. So is that of a broken connection, which gets no response.
    return fail({ reason: 'body_consumed' })
  } finally {
    clearTimeout(timer)
  }
}

/** HTTP ends a body at its declared length. */
function readDeclared(request: Request, late: Promise<'late'>): Promise<ArrayBuffer | 'late'> {
  return Promise.race([request.arrayBuffer(), late])
}

/**
 * Reads not much more than `maxBytes`: a declared length can be missing or wrong, and a body can be sent one byte at a time.
 * Throws for a body that was read before.
 */
async function readCounting(
  request: Request,
  maxBytes: number,
  late: Promise<'late'>,
): Promise<Uint8Array | 'late'> {
  if (request.bodyUsed) throw new TypeError('The body was read before')
  if (request.body === null) return new Uint8Array()
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  try {
    const chunks: Uint8Array[] = []
    let size = 0
    while (size <= maxBytes) {
      const next = await Promise.race([reader.read(), late])
      if (next === 'late') return next
      if (next.done) break
      size += next.value.byteLength
      chunks.push(next.value)
    }
    return join(chunks, size)
  } finally {
    // An unread body must not keep its connection open; an error of the cancel does not matter.
    reader.cancel().catch(() => undefined)
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

function decode(bytes: ArrayBuffer | Uint8Array): Result<string, ReadFailure> {
  try {
    return ok(decoder.decode(bytes))
  } catch {
    return fail({ reason: 'body_not_utf8' })
  }
}
