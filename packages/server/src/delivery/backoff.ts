const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/**
 * The pause after each failed try: short ones while a receiver restarts, then more than three days, because a
 * shop may be down over a weekend.
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

/** Returns the pause after this many tries; null when no tries are left. */
export function backoffAfter(tries: number): number | null {
  return backoffMs[tries - 1] ?? null
}
