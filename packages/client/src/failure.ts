import type { Result } from '@quayside/core'

/** An error of the runtime as data, so that it can be logged whole; credentials are blotted out. */
export interface Cause {
  readonly name: string
  readonly message: string
  /** The system's word, e.g. `ECONNRESET`; null where the runtime gives none. */
  readonly code: string | null
  readonly cause: Cause | null
}

/** The caller's parameters cannot be sent. Nothing left this machine. */
export interface InvalidArgument {
  readonly reason: 'invalid_argument'
  readonly parameter: string
  readonly problem: 'missing' | 'malformed' | 'unknown' | 'not_positive' | 'too_many'
}

/** The provider said no, in its own words. Null where its answer held no code or message. */
interface Refusal<Reason extends string> {
  readonly reason: Reason
  readonly httpStatus: number
  readonly code: number | null
  readonly message: string | null
}

/** An answer the API does not document. `excerpt`: up to 200 characters that hold no record. */
interface Unreadable<Reason extends string> {
  readonly reason: Reason
  readonly httpStatus: number
  readonly excerpt: string | null
}

/**
 * Every way a call can fail, told apart by `reason`.
 *
 * - `invalid_argument`: the parameters cannot be sent; nothing was.
 * - `unauthorized`: HTTP 401, from the token call (wrong key or secret) or after one renewal.
 * - `not_found`: HTTP 404 with the provider's envelope.
 * - `refused`: `code` is not 0, with whatever HTTP status; a definite no.
 * - `rate_limited`: HTTP 429; `retryAfterMs` is null where the provider named no time.
 * - `server_error`: HTTP 5xx or 408, JSON or not.
 * - `unexpected_status`: a redirect, or a status without the provider's envelope.
 * - `malformed_response`: a success that cannot be read, or that answers for another payment.
 * - `timeout`, `aborted`, `unreachable`: no whole answer arrived.
 * - `outcome_unknown`: a write may or may not have happened; make the `lookup` before anything else.
 */
export type ClientFailure =
  | InvalidArgument
  | Refusal<'unauthorized'>
  | Refusal<'not_found'>
  | (Refusal<'refused'> & {
      /** JSON text of what the PG itself said, where the provider passes it on. */
      readonly pgError?: string
    })
  | (Refusal<'rate_limited'> & { readonly retryAfterMs: number | null })
  | (Refusal<'server_error'> & {
      readonly retryAfterMs: number | null
      readonly excerpt: string | null
    })
  | Unreadable<'unexpected_status'>
  | (Unreadable<'malformed_response'> & {
      readonly problem:
        | 'not_json'
        | 'not_utf8'
        | 'too_large'
        | 'not_an_envelope'
        | 'response_missing'
        | 'other_id'
        | 'token_malformed'
    })
  | { readonly reason: 'timeout'; readonly timeoutMs: number }
  | { readonly reason: 'aborted'; readonly cause: Cause }
  | { readonly reason: 'unreachable'; readonly cause: Cause }
  | OutcomeUnknown

/** A write whose effect nobody can tell without asking. */
export interface OutcomeUnknown {
  readonly reason: 'outcome_unknown'
  /** The call that tells, e.g. `payments.get` with the same `imp_uid`. */
  readonly lookup: {
    readonly call: string
    readonly params: Readonly<Record<string, string>>
  } | null
  /** What the last attempt met. */
  readonly cause: ClientFailure
}

/**
 * What a call gives: the documented value, or a failure.
 *
 * `partial` is true when the provider answered HTTP 207: the value holds only the part that was found
 * or done.
 */
export type CallResult<Value> =
  | { readonly ok: true; readonly value: Value; readonly partial: boolean }
  | { readonly ok: false; readonly failure: ClientFailure }

/** What {@link unwrap} throws; `failure` tells why. */
export class PaymentClientError extends Error {
  override readonly name = 'PaymentClientError'
  readonly failure: ClientFailure

  constructor(failure: ClientFailure) {
    super(`Cannot complete payment API call: ${describe(failure)}`)
    this.failure = failure
  }
}

/**
 * Gives the value of an answer, or throws its failure: for scripts and tests that want to stop.
 *
 * @param result What {@link Client.call} gave.
 * @returns The value.
 * @throws {PaymentClientError} The answer is a failure, which the error carries.
 *
 * @example
 * ```ts
 * import { createClient, payments, unwrap } from '@quayside/client'
 *
 * const client = createClient({ key: 'K', secret: 'S', fetch: () => new Response(null, { status: 500 }) })
 * const answer = await client.call(payments.get, { imp_uid: '../users' })
 * try {
 *   unwrap(answer)
 * } catch (error) {
 *   console.log(String(error)) // …: invalid_argument, imp_uid is malformed
 * }
 * ```
 */
export function unwrap<Value>(result: Result<Value, ClientFailure>): Value {
  if (result.ok) return result.value
  throw new PaymentClientError(result.failure)
}

function describe(failure: ClientFailure): string {
  switch (failure.reason) {
    case 'invalid_argument':
      return `invalid_argument, ${failure.parameter} is ${failure.problem}`
    case 'unauthorized':
    case 'not_found':
    case 'refused':
    case 'rate_limited':
    case 'server_error':
      return `${failure.reason}, HTTP ${failure.httpStatus}, code ${failure.code}: ${failure.message}`
    case 'unexpected_status':
      return `unexpected_status, HTTP ${failure.httpStatus}`
    case 'malformed_response':
      return `malformed_response, HTTP ${failure.httpStatus}, ${failure.problem}`
    case 'timeout':
      return `timeout, after ${failure.timeoutMs} ms`
    case 'aborted':
    case 'unreachable':
      return `${failure.reason}, ${failure.cause.code ?? failure.cause.name}: ${failure.cause.message}`
    case 'outcome_unknown':
      return `outcome_unknown, look it up with ${failure.lookup?.call}: ${describe(failure.cause)}`
  }
}
