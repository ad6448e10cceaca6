import type { Result } from '@quayside/core'

/** An error of the runtime as data that can be logged; credentials are redacted. */
export interface Cause {
  /** The name of the error. */
  readonly name: string
  /** The message of the error. */
  readonly message: string
  /** The system's error code, e.g. `ECONNRESET`; null without one. */
  readonly code: string | null
  /** The cause of this error; null without one. */
  readonly cause: Cause | null
}

/** The caller's parameters are invalid. No request was sent. */
export interface InvalidArgument {
  /** The discriminant of {@link ClientFailure}. */
  readonly reason: 'invalid_argument'
  /** The name of the parameter, or of an option of the call. */
  readonly parameter: string
  /** What is wrong with it. */
  readonly problem: 'missing' | 'malformed' | 'unknown' | 'not_positive' | 'too_many'
}

/** The provider refused, with its own code and message; null where the response had none. */
export interface Refusal<Reason extends string> {
  /** The discriminant of {@link ClientFailure}. */
  readonly reason: Reason
  /** The status of the response. */
  readonly httpStatus: number
  /** The provider's `code`; null where the response had none. */
  readonly code: number | null
  /** The provider's message, mostly Korean, with credentials redacted; null without one. */
  readonly message: string | null
}

/** A response that the API does not document. `excerpt`: up to 200 characters, never part of a record. */
export interface Unreadable<Reason extends string> {
  /** The discriminant of {@link ClientFailure}. */
  readonly reason: Reason
  /** The status of the response. */
  readonly httpStatus: number
  /** The beginning of the body, redacted; null for an empty one and for a confidential operation. */
  readonly excerpt: string | null
}

/**
 * Every failure of a call, discriminated by `reason`.
 *
 * - `invalid_argument`: a parameter is invalid; no request was sent.
 * - `unauthorized`: HTTP 401, from the token call (wrong key or secret) or after one renewal.
 * - `not_found`: HTTP 404 with the provider's envelope.
 * - `refused`: `code` is not 0, with any HTTP status; the operation did not happen.
 * - `rate_limited`: HTTP 429; `retryAfterMs` is null without a `Retry-After` header.
 * - `server_error`: HTTP 5xx or 408, JSON or not.
 * - `unexpected_status`: a redirect, or a status without the provider's envelope.
 * - `malformed_response`: a success that cannot be parsed, or that is about another payment.
 * - `timeout`, `aborted`, `unreachable`: no complete response arrived.
 * - `outcome_unknown`: a write may or may not have happened; make the `lookup` call before anything else.
 */
export type ClientFailure =
  | InvalidArgument
  | Refusal<'unauthorized'>
  | Refusal<'not_found'>
  | (Refusal<'refused'> & {
      /** The PG's own error as JSON text, where the provider includes it. */
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

/** A write that may or may not have happened. */
export interface OutcomeUnknown {
  /** The discriminant of {@link ClientFailure}. */
  readonly reason: 'outcome_unknown'
  /** The call that reads the outcome, e.g. `payments.get` with the same `imp_uid`; null where there is none. */
  readonly lookup: {
    readonly call: string
    readonly params: Readonly<Record<string, string>>
  } | null
  /** The failure of the last attempt. */
  readonly cause: ClientFailure
}

/**
 * The result of a call: the documented value, or a failure.
 *
 * `partial` is true when the response was HTTP 207: the value contains only what was found
 * or done.
 */
export type CallResult<Value> =
  | { readonly ok: true; readonly value: Value; readonly partial: boolean }
  | { readonly ok: false; readonly failure: ClientFailure }

/** The error that {@link unwrap} throws. */
export class PaymentClientError extends Error {
  /** `PaymentClientError`, to recognise the error across copies of the package. */
  override readonly name = 'PaymentClientError'
  /** The failure of the call. */
  readonly failure: ClientFailure

  /** Wraps the failure of a call; the message has its reason and never a credential. */
  constructor(failure: ClientFailure) {
    super(`Cannot complete payment API call: ${describe(failure)}`)
    this.failure = failure
  }
}

/**
 * Returns the value of a result, or throws its failure: for scripts and tests.
 *
 * @param result The result of {@link Client.call}.
 * @returns The value.
 * @throws {PaymentClientError} The result is a failure; the error contains it.
 *
 * @example
 * ```ts
 * import { createClient, payments, unwrap } from '@quayside/client'
 *
 * const client = createClient({ key: 'K', secret: 'S', fetch: () => new Response(null, { status: 500 }) })
 * const result = await client.call(payments.get, { imp_uid: '../users' })
 * try {
 *   unwrap(result)
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
