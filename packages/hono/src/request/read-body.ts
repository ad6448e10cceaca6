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

/**
 * Reads a body, counting its bytes: a declared length can be missing or wrong, and a body can be sent one byte
 * at a time.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Result<string, ReadFailure>> {
  const tooLarge = fail({ reason: 'body_too_large', limit: maxBytes } as const)
  const declared = Number(request.headers.get('content-length'))
  if (declared > maxBytes) return tooLarge
  const reader = openBody(request)
  if (reader === 'consumed') return fail({ reason: 'body_consumed' })
  // Some adapters pass on a body that was read before as an empty one.
  const isDeclared = declared > 0 || request.headers.has('transfer-encoding')
  const empty = isDeclared ? fail({ reason: 'body_consumed' } as const) : ok('')
  if (reader === null) return empty
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs)
  })
  try {
    const chunks: Uint8Array[] = []
    let size = 0
    for (;;) {
      const next = await Promise.race([reader.read(), late])
      if (next === 'late') return fail({ reason: 'body_too_slow' })
      if (next.done) return size === 0 ? empty : decode(chunks, size)
      size += next.value.byteLength
      if (size > maxBytes) return tooLarge
      chunks.push(next.value)
    }
  } catch {
    // A stream that its first reader destroyed. So is that of a broken connection, which gets no response.
    return fail({ reason: 'body_consumed' })
  } finally {
    clearTimeout(timer)
    // An unread body must not keep its connection open; an error of the cancel does not matter.
    reader.cancel().catch(() => undefined)
  }
}

/** Null for a request without a body. Adapters of other frameworks may throw for a body that was read before. */
function openBody(request: Request): ReadableStreamDefaultReader<Uint8Array> | null | 'consumed' {
  try {
    if (request.bodyUsed) return 'consumed'
    return request.body === null ? null : request.body.getReader()
  } catch {
    return 'consumed'
  }
}

function decode(chunks: readonly Uint8Array[], size: number): Result<string, ReadFailure> {
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return fail({ reason: 'body_not_utf8' })
  }
}
