import type { EndpointRow } from './endpoint.ts'
import type { Answer, ClientFailure } from './failure.ts'
import { readRetryAfter } from './retry.ts'

/** What came over the wire, read to its end or to its limit. */
export interface RawAnswer {
  readonly httpStatus: number
  readonly retryAfter: string | null
  readonly text: string
  readonly flaw: 'too_large' | 'not_utf8' | null
}

/** What the reader of an answer has to know beside the answer. */
export interface ReadingOptions {
  readonly nowMs: number
  readonly redact: (text: string) => string
  readonly row: EndpointRow
}

const maxBytes = 1024 * 1024
const excerptLength = 200
// More than an excerpt, so that a credential on its edge is still whole when it is blotted out.
const keptBytes = 4096

/** Reads a response to its end, or until it is larger than any documented answer. */
export async function readResponse(response: Response): Promise<RawAnswer> {
  const { bytes, whole } = await readBytes(response)
  const head = { httpStatus: response.status, retryAfter: response.headers.get('retry-after') }
  const text = new TextDecoder().decode(bytes)
  if (!whole) return { ...head, text, flaw: 'too_large' }
  return { ...head, text, flaw: isUtf8(bytes) ? null : 'not_utf8' }
}

/**
 * Tells success from failure by the HTTP status and the `{ code, message, response }` envelope, which
 * can each say no while the other says yes.
 */
export function interpret(raw: RawAnswer, options: ReadingOptions): Answer<unknown> {
  const { httpStatus } = raw
  const { row, redact } = options
  const envelope = raw.flaw === null ? readEnvelope(raw.text, row) : 'not_json'
  const said = typeof envelope === 'string' ? { code: null, message: null } : envelope
  const refusal = {
    httpStatus,
    code: said.code,
    message: said.message === null ? null : redact(said.message),
  }
  const excerpt = toExcerpt(raw, options)
  const retryAfterMs = readRetryAfter(raw.retryAfter, options.nowMs)

  if (httpStatus === 401) return failed({ reason: 'unauthorized', ...refusal })
  if (httpStatus === 429) return failed({ reason: 'rate_limited', ...refusal, retryAfterMs })
  if (httpStatus >= 500 || httpStatus === 408) {
    return failed({ reason: 'server_error', ...refusal, retryAfterMs, excerpt })
  }

  const success = httpStatus >= 200 && httpStatus < 300
  if (typeof envelope === 'string') {
    return success
      ? failed({ reason: 'malformed_answer', httpStatus, problem: raw.flaw ?? envelope, excerpt })
      : failed({ reason: 'unexpected_status', httpStatus, excerpt })
  }
  // Without its envelope a 404 is a proxy's or a wrong address, and says nothing about a payment.
  if (httpStatus === 404) return failed({ reason: 'not_found', ...refusal })
  if (envelope.code === null ? httpStatus >= 400 : envelope.code !== 0) {
    const { pgError } = envelope
    return failed({
      reason: 'refused',
      ...refusal,
      ...(pgError === null ? {} : { pgError: redact(pgError) }),
    })
  }
  if (!success) return failed({ reason: 'unexpected_status', httpStatus, excerpt })
  if (envelope.response === null && row.mayBeEmpty !== true) {
    return failed({ reason: 'malformed_answer', httpStatus, problem: 'response_missing', excerpt })
  }
  return { ok: true, value: envelope.response, partial: httpStatus === 207 }
}

/** The asked ids against those of the answer: a payment that was not asked for is no answer. */
export function checkEchoes(
  answer: Answer<unknown>,
  echoes: readonly string[],
  params: object,
): Answer<unknown> {
  if (!answer.ok) return answer
  const asked = new Map(Object.entries(params).filter(([name]) => echoes.includes(name)))
  const given = new Map(Object.entries(Object(answer.value)))
  for (const [name, value] of asked) {
    if (value === undefined || given.get(name) === value) continue
    return failed({
      reason: 'malformed_answer',
      httpStatus: answer.partial ? 207 : 200,
      problem: 'other_id',
      excerpt: null,
    })
  }
  return answer
}

/**
 * The answer as the provider documents it.
 *
 * This is the one place where a shape is claimed and not checked: an endpoint's type is the
 * documented shape, and whoever decides upon a payment parses it.
 */
export function asDocumented<Documented>(answer: Answer<unknown>): Answer<Documented> {
  return answer as Answer<Documented>
}

interface Envelope {
  /** Null where the service sends no envelope. */
  readonly code: number | null
  readonly message: string | null
  readonly response: unknown
  /** The PG's own words, as JSON text. */
  readonly pgError: string | null
}

function readEnvelope(text: string, row: EndpointRow): Envelope | 'not_json' | 'not_an_envelope' {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'not_json'
  }
  if (typeof json !== 'object' || json === null) return 'not_an_envelope'
  const said = new Map(Object.entries(json))
  const saidMessage: unknown = said.get('message')
  const message = typeof saidMessage === 'string' ? saidMessage : null
  if (row.service === 'link') return { code: null, message, response: json, pgError: null }
  const code: unknown = said.get('code')
  if (typeof code !== 'number') return 'not_an_envelope'
  const error: unknown = said.get('error')
  return {
    code,
    message,
    response: said.get('response') ?? null,
    pgError: typeof error === 'object' && error !== null ? JSON.stringify(error) : null,
  }
}

// Half a payment record begins with the buyer's address: of what looks like JSON nothing is kept, of
// an error page the beginning.
function toExcerpt(raw: RawAnswer, { redact, row }: ReadingOptions): string | null {
  if (row.confidential || raw.text === '' || /^\s*[[{"]/.test(raw.text)) return null
  return redact(raw.text).slice(0, excerptLength)
}

async function readBytes(response: Response): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) return { bytes: join(chunks, size), whole: true }
    size += next.value.byteLength
    chunks.push(next.value)
    if (size <= maxBytes) continue
    await reader?.cancel()
    return { bytes: join(chunks, size).subarray(0, keptBytes), whole: false }
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

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function failed(failure: ClientFailure): Answer<never> {
  return { ok: false, failure }
}
