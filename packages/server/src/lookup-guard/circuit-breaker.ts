/** Keeps calls away from a provider in trouble, and finds out by single calls when the trouble is over. */
export interface Breaker {
  /** Whether a call may be made now. Whoever is let through reports what came of it. */
  mayPass(): boolean
  report(isTrouble: boolean): void
}

const patience = 5
const firstPauseMs = 5_000
const longestPauseMs = 60_000

/**
 * Makes a breaker that nothing has troubled yet. After five troubles in a row it lets one call through per
 * pause; the pauses double, up to a minute, and the first good answer ends them.
 *
 * @param now Milliseconds since 1970.
 */
export function createBreaker(now: () => number): Breaker {
  let troubles = 0
  let pausedUntil = 0

  const pause = () => {
    const doublings = Math.min(Math.max(0, troubles - patience), 10)
    pausedUntil = now() + Math.min(longestPauseMs, firstPauseMs * 2 ** doublings)
  }

  return {
    mayPass() {
      if (troubles < patience) return true
      if (now() < pausedUntil) return false
      // The next probe waits a pause longer, whether or not this one ever reports.
      pause()
      return true
    },
    report(isTrouble) {
      troubles = isTrouble ? troubles + 1 : 0
      if (troubles >= patience) pause()
    },
  }
}
