/** Keeps calls away from a provider in trouble, and finds out by single calls when the trouble is over. */
export interface CircuitBreaker {
  /** Whether a call may be made now. Whoever is let through reports what came of it. */
  allowsCall(): boolean
  recordOutcome(isFailure: boolean): void
}

const failureThreshold = 5
const firstOpenMs = 5_000
const maxOpenMs = 60_000

/**
 * Makes a breaker that nothing has troubled yet. After five troubles in a row it lets one call through per
 * pause; the pauses double, up to a minute, and the first good answer ends them.
 *
 * @param now Milliseconds since 1970.
 */
export function createCircuitBreaker(now: () => number): CircuitBreaker {
  let failures = 0
  let openUntil = 0

  const open = () => {
    const doublings = Math.min(Math.max(0, failures - failureThreshold), 10)
    openUntil = now() + Math.min(maxOpenMs, firstOpenMs * 2 ** doublings)
  }

  return {
    allowsCall() {
      if (failures < failureThreshold) return true
      if (now() < openUntil) return false
      // The next probe waits a pause longer, whether or not this one ever reports.
      open()
      return true
    },
    recordOutcome(isFailure) {
      failures = isFailure ? failures + 1 : 0
      if (failures >= failureThreshold) open()
    },
  }
}
