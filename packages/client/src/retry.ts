import type { AnyEndpoint } from './endpoint.ts'
import type { ClientFailure } from './failure.ts'

const maxDelayMs = 250

/** What may be gone a moment later. A reason that is not listed is not repeated. */
const transientReasons: readonly ClientFailure['reason'][] = [
  'rate_limited',
  'server_error',
  'malformed_response',
  'timeout',
  'unreachable',
]

/**
 * How long to wait before the one repetition, in milliseconds; null when there is to be none.
 *
 * Full jitter, so that callers who failed together do not come back together. The provider's own
 * `Retry-After` is the least, never the most.
 */
export function repeatDelayMs(
  endpoint: AnyEndpoint,
  failure: ClientFailure,
  random: () => number,
): number | null {
  if (endpoint.retry === 'never' || !transientReasons.includes(failure.reason)) return null
  const retryAfterMs = 'retryAfterMs' in failure ? failure.retryAfterMs : null
  return Math.max(retryAfterMs ?? 0, Math.round(random() * maxDelayMs))
}

/** Reads `Retry-After`, seconds or a date, as milliseconds from now; null when it says nothing. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  const waitMs = Number(header) * 1000 || Date.parse(header ?? '') - nowMs
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs)
}
