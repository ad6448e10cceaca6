import { fail, ok } from '@quayside/core'
import type { EndpointRow } from './endpoint.ts'
import type { Answer, ClientFailure } from './failure.ts'
import { fieldsOf } from './fields.ts'
import { readRetryAfter } from './retry.ts'
import type { Say } from './secret.ts'

/** What the reader of an answer has to know beside the answer. */
export interface ReadingOptions {
  readonly row: EndpointRow
  readonly params: object
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly say: Say
}

type Problem = Extract<ClientFailure, { reason: 'malformed_answer' }>['problem']

/** What came over the wire. `problem` is why `json` is not the provider's; null when it may be. */
interface Body {
  readonly text: string
  readonly json: unknown
  readonly problem: Problem | null
}

const maxBytes = 1024 * 1024
const excerptLength = 200

/**
 * Reads a response to its end and tells success from failure by the HTTP status and the
 * `{ code, message, response }` envelope, which can each say no while the other says yes.
 */
export async function readAnswer(
  response: Response,
  { row, params, now, say }: ReadingOptions,
): Promise<Answer<unknown>> {
  const httpStatus = response.status
  const { text, json, problem } = await readBody(response)
  // Payment links come without an envelope: there the HTTP status alone decides.
  const isLink = row.service === 'link'
  const { code, message, error, response: inside = null } = fieldsOf(json)
  const isEnvelope = isLink ? json instanceof Object : typeof code === 'number'
  const refusal = {
    httpStatus,
    code: !isLink && typeof code === 'number' ? code : null,
    message: say(message),
  }
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), now())
  const excerpt = row.confidential ? null : toExcerpt(text, say)
  const malformed = (why: Problem) =>
    fail({ reason: 'malformed_answer', httpStatus, problem: why, excerpt } as const)

  if (httpStatus === 401) return fail({ reason: 'unauthorized', ...refusal })
  if (httpStatus === 429) return fail({ reason: 'rate_limited', ...refusal, retryAfterMs })
  if (httpStatus >= 500 || httpStatus === 408) {
    return fail({ reason: 'server_error', ...refusal, retryAfterMs, excerpt })
  }
  // A 404 without its envelope is a proxy's or a wrong address, and says nothing about a payment.
  if (isEnvelope && httpStatus === 404) return fail({ reason: 'not_found', ...refusal })
  if (isEnvelope && (isLink ? httpStatus >= 400 : code !== 0)) {
    const pgError = error instanceof Object && { pgError: say(JSON.stringify(error)) ?? '' }
    return fail({ reason: 'refused', ...refusal, ...pgError })
  }
  if (!response.ok) return fail({ reason: 'unexpected_status', httpStatus, excerpt })

  const value = isLink ? json : inside
  const asked = fieldsOf(params)
  const isOther = (name: string) =>
    asked[name] !== undefined && asked[name] !== fieldsOf(value)[name]
  if (problem) return malformed(problem)
  if (!isEnvelope) return malformed('not_an_envelope')
  if (value === null && !row.mayBeEmpty) return malformed('response_missing')
  // A payment that was not asked for is no answer.
  if (row.echoes?.some(isOther)) return malformed('other_id')
  return { ...ok(value), partial: httpStatus === 207 }
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

async function readBody(response: Response): Promise<Body> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  // Leaving the loop early cancels the rest.
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBytes) break
  }
  const bytes = await new Blob(chunks).arrayBuffer()
  const text = new TextDecoder().decode(bytes)
  let problem: Problem | null = 'too_large'
  let json: unknown = null
  if (size <= maxBytes) {
    try {
      problem = 'not_utf8'
      new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      problem = 'not_json'
      json = JSON.parse(text)
      problem = null
    } catch {
      // `problem` names the step that failed.
    }
  }
  return { text, json, problem }
}

// Half a payment record begins with the buyer's address: of what looks like JSON nothing is kept, of
// an error page the beginning. Cut last, so that a credential on the edge is blotted out whole.
function toExcerpt(text: string, say: Say): string | null {
  return /^\s*[^\s[{"]/.test(text) ? (say(text)?.slice(0, excerptLength) ?? null) : null
}
