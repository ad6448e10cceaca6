/** Stops calls to a failing provider, and finds out by single calls when it works again. */
export interface CircuitBreaker {
  /** Begins a call: returns the function that records its outcome, or null when no call may be made now. */
  begin(): ((isFailure: boolean) => void) | null
}

const failureThreshold = 5
const firstOpenMs = 5_000
const maxOpenMs = 60_000
const burstMs = 1_000

/**
 * Makes a closed circuit breaker. After five failures in a row it allows one call per pause; the pauses double,
 * up to a minute, and the first success closes it.
 *
 * Calls that were under way together fail together: of these, one failure a second counts. Otherwise one moment without a
 * connection would open it, however many calls were made before and after.
 *
 * @param now Milliseconds since 1970.
 */
export function createCircuitBreaker(now: () => number): CircuitBreaker {
  let failures = 0
  let openUntil = 0
  let counted = 0
  let countedAt = 0

  const open = () => {
    const doublings = Math.min(Math.max(0, failures - failureThreshold), 10)
    openUntil = now() + Math.min(maxOpenMs, firstOpenMs * 2 ** doublings)
  }

  return {
    begin() {
      if (failures >= failureThreshold) {
        if (now() < openUntil) return null
        // The next call waits for a longer pause, whether or not the outcome of this one is ever recorded.
        open()
      }
      const countedBefore = counted
      return (isFailure) => {
        if (!isFailure) {
          failures = 0
          return
        }
        const isOfBurst = counted !== countedBefore && now() - countedAt < burstMs
        if (isOfBurst) return
        counted += 1
        countedAt = now()
        failures += 1
        if (failures >= failureThreshold) open()
      }
    },
  }
}
