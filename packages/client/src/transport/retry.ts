import type { AnyEndpoint } from '../operation/endpoint.ts'
import type { ClientFailure } from '../values/failure.ts'

const maxDelayMs = 250

/** Failures that may pass. A call that failed with any other reason is not repeated. */
const transientReasons: readonly ClientFailure['reason'][] = [
  'rate_limited',
  'server_error',
  'malformed_response',
  'timeout',
  'unreachable',
]

/**
 * Returns the wait before the one repetition, in milliseconds; null for no repetition.
 *
 * The wait has full jitter, so that callers that failed together do not repeat together. It is never shorter
 * than the provider's `Retry-After`.
 */
export function repeatDelayMs(
  endpoint: AnyEndpoint,
  failure: ClientFailure,
  random: () => number,
): number | null {
  if (endpoint.retry === 'never' || !transientReasons.includes(failure.reason)) return null
  // The same response would be too large again.
  if (failure.reason === 'malformed_response' && failure.problem === 'too_large') return null
  const retryAfterMs = 'retryAfterMs' in failure ? failure.retryAfterMs : null
  return Math.max(retryAfterMs ?? 0, Math.round(random() * maxDelayMs))
}

/** Reads `Retry-After`, seconds or a date, as milliseconds from now; null without a valid value. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  const waitMs = Number(header) * 1000 || Date.parse(header ?? '') - nowMs
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs)
}
