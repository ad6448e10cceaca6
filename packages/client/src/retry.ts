import type { EndpointRow, RetryClass } from './endpoint.ts'
import type { ClientFailure } from './failure.ts'

const maxAttempts = 2
const firstWaitMs = 250
const longestWaitMs = 2000

const mayRepeat = {
  read: true,
  prepare: true,
  cancel_with_checksum: true,
  never: false,
} satisfies Record<RetryClass, boolean>

// `doubtful`: the provider may have done the work although no readable success came back.
const afterwards = {
  invalid_argument: { repeat: false, doubtful: false },
  unauthorized: { repeat: false, doubtful: false },
  not_found: { repeat: false, doubtful: false },
  refused: { repeat: false, doubtful: false },
  rate_limited: { repeat: true, doubtful: false },
  server_error: { repeat: true, doubtful: true },
  unexpected_status: { repeat: false, doubtful: true },
  malformed_answer: { repeat: true, doubtful: true },
  timeout: { repeat: true, doubtful: true },
  aborted: { repeat: false, doubtful: true },
  unreachable: { repeat: true, doubtful: true },
  outcome_unknown: { repeat: false, doubtful: true },
} satisfies Record<ClientFailure['reason'], { repeat: boolean; doubtful: boolean }>

/**
 * How long to wait before the next attempt, in milliseconds; null when there is to be none.
 *
 * Full jitter: anything between nothing and the doubled step, so that callers who failed together do
 * not come back together. The provider's own `Retry-After` is the least, never the most.
 */
export function waitBeforeRepeat(
  row: EndpointRow,
  failure: ClientFailure,
  attempts: number,
  random: () => number,
): number | null {
  if (attempts >= maxAttempts || !mayRepeat[row.retry] || !afterwards[failure.reason].repeat) {
    return null
  }
  const jittered = random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1))
  const asked = 'retryAfterMs' in failure ? (failure.retryAfterMs ?? 0) : 0
  return Math.max(asked, Math.round(jittered))
}

/** Whether the write may have taken effect although the attempt failed. */
export function isDoubtful(row: EndpointRow, failure: ClientFailure): boolean {
  return row.retry !== 'read' && afterwards[failure.reason].doubtful
}

/** The failure of a write that may have taken effect, with the call that tells. */
export function toOutcomeUnknown(
  row: EndpointRow,
  params: object,
  cause: ClientFailure,
): ClientFailure {
  const known = Object.entries(params).find(([name]) => row.lookup?.[name] !== undefined)
  if (known === undefined) return { reason: 'outcome_unknown', lookup: null, cause }
  const [name, given] = known
  const value: unknown = Array.isArray(given) ? given[0] : given
  const call = row.lookup?.[name] ?? ''
  return { reason: 'outcome_unknown', lookup: { call, params: { [name]: String(value) } }, cause }
}

/** Reads `Retry-After`, seconds or a date, as milliseconds from now; null when it says nothing. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === '') return null
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}
