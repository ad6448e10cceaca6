const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/**
 * How long after each failed try the next one comes: close together while a receiver restarts, and then for
 * more than three days, because a shop may be broken over a weekend.
 */
export const backoffMs: readonly number[] = [
  5 * secondMs,
  30 * secondMs,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  1 * hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  24 * hourMs,
  24 * hourMs,
  24 * hourMs,
]

/** How long to wait after so many tries; null when there were enough. */
export function backoffAfter(tries: number): number | null {
  return backoffMs[tries - 1] ?? null
}
