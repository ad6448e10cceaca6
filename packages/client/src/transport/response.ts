import { fail, ok } from '@quayside/core'
import type { AnyEndpoint } from '../operation/endpoint.ts'
import type { Envelope, ReadEnvelope } from '../operation/envelope.ts'
import type { CallResult, ClientFailure } from '../values/failure.ts'
import { fieldsOf } from '../values/fields.ts'
import type { Redact } from '../values/redact.ts'
import type { ExchangeResponse } from './exchange.ts'
import { readRetryAfter } from './retry.ts'

/** What is needed to read a response. */
export interface ReadResponseOptions {
  readonly endpoint: AnyEndpoint
  readonly params: object
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly redact: Redact
  /** The envelope of the REST API by default. */
  readonly readEnvelope?: ReadEnvelope
}

type Problem = Extract<ClientFailure, { reason: 'malformed_response' }>['problem']

const strictDecoder = new TextDecoder('utf-8', { fatal: true })
const decoder = new TextDecoder()
const maxBytes = 1024 * 1024
const excerptLength = 200

/**
 * Reads a response to its end and determines success or failure from the HTTP status and the
 * `{ code, message, response }` envelope: each of the two can report a failure while the other does not.
 */
export async function readResponse(
  response: ExchangeResponse,
  { endpoint, params, now, redact, readEnvelope = readRestEnvelope }: ReadResponseOptions,
): Promise<CallResult<unknown>> {
  const { status: httpStatus, headers } = response
  const bytes = await readBytes(response)
  let text: string | undefined
  let envelope: Envelope | null = null
  // The problem to report if the next step fails.
  let problem: Problem = 'too_large'
  if (bytes.byteLength <= maxBytes) {
    try {
      problem = 'not_utf8'
      text = strictDecoder.decode(bytes)
      problem = 'not_json'
      const json: unknown = JSON.parse(text)
      problem = 'not_an_envelope'
      envelope = readEnvelope(json, httpStatus)
    } catch {
      // Reported below; the HTTP status takes precedence.
    }
  }
  const { code = null, message, error, response: value = null } = envelope ?? {}
  const isOfSuccess = httpStatus >= 200 && httpStatus <= 299
  if (isOfSuccess && code === 0) {
    problem = 'response_missing'
    if (value !== null || endpoint.mayBeEmpty) {
      problem = 'other_id'
      const requested = fieldsOf(params)
      const received = fieldsOf(value)
      const isOther = (name: string) =>
        requested[name] !== undefined && requested[name] !== received[name]
      // A response about another payment must not be used.
      if (!endpoint.echoes?.some(isOther)) return { ...ok(value), partial: httpStatus === 207 }
    }
  }

  text ??= decoder.decode(bytes)
  const refusal = { httpStatus, code, message: redact(message) }
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), now())
  // A part of a payment record may contain the buyer's address, so nothing of a JSON-like text is kept; of an
  // error page the beginning is. It is cut after redaction, so that no credential is cut in two.
  const isErrorPage = !endpoint.confidential && /^\s*[^\s[{"]/.test(text)
  const excerpt = isErrorPage ? (redact(text)?.slice(0, excerptLength) ?? null) : null

  if (httpStatus === 401) return fail({ reason: 'unauthorized', ...refusal })
  if (httpStatus === 429) return fail({ reason: 'rate_limited', ...refusal, retryAfterMs })
  if (httpStatus >= 500 || httpStatus === 408) {
    return fail({ reason: 'server_error', ...refusal, retryAfterMs, excerpt })
  }
  // A 404 without the envelope comes from a proxy or a wrong URL, and means nothing for a payment.
  if (envelope && httpStatus === 404) return fail({ reason: 'not_found', ...refusal })
  if (envelope && code !== 0) {
    return fail({
      reason: 'refused',
      ...refusal,
      ...endpoint.writeHandling?.readPgError(error, redact),
    })
  }
  return isOfSuccess
    ? fail({ reason: 'malformed_response', httpStatus, problem, excerpt })
    : fail({ reason: 'unexpected_status', httpStatus, excerpt })
}

/**
 * Types a result as the provider documents it.
 *
 * This is the one place where a shape is asserted without a check: the type of an endpoint is the
 * documented shape, and code that decides on a payment has to parse it.
 */
export function asDocumented<Documented>(result: CallResult<unknown>): CallResult<Documented> {
  return result as CallResult<Documented>
}

function readRestEnvelope(json: unknown): Envelope | null {
  const { code, ...rest } = fieldsOf(json)
  return typeof code === 'number' ? { code, ...rest } : null
}

/** Reads the bytes of a response, and stops after the limit. */
async function readBytes(response: ExchangeResponse): Promise<Uint8Array> {
  const { headers, body } = response
  // HTTP enforces a declared length; that of a compressed body says nothing about its size.
  const declared = headers.get('content-length')
  if (declared && Number(declared) <= maxBytes && !headers.get('content-encoding')) {
    return new Uint8Array(await response.arrayBuffer())
  }
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the body.
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBytes) break
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
