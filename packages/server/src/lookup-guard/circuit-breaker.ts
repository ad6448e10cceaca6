/** Stops calls to a failing provider, and finds out by single calls when it works again. */
export interface CircuitBreaker {
  /** Whether a call may be made now. After a call the caller must record its outcome. */
  allowsCall(): boolean
  recordOutcome(isFailure: boolean): void
}

const failureThreshold = 5
const firstOpenMs = 5_000
const maxOpenMs = 60_000

/**
 * Makes a closed circuit breaker. After five failures in a row it allows one call per pause; the pauses double,
 * up to a minute, and the first success closes it.
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
      // The next call waits for a longer pause, whether or not the outcome of this one is ever recorded.
      open()
      return true
    },
    recordOutcome(isFailure) {
      failures = isFailure ? failures + 1 : 0
      if (failures >= failureThreshold) open()
    },
  }
}
