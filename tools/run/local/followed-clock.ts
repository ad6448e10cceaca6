// The simulator's console moves the time of everything that `npm start` runs. Deployed programs have no such clock:
// only the entries beside this file use it.

/** A clock that is as far ahead of real time as the simulator's. */
export interface FollowedClock {
  readonly now: () => number
  /** Asks the simulator; while it does not respond, the clock stays as it is. */
  readonly refresh: () => Promise<void>
}

/** Makes a clock that follows the one of the simulator at `simulatorUrl`. */
export function followClock(simulatorUrl: string): FollowedClock {
  // The clock of this process itself may be replaced by this one.
  const realNow = Date.now
  let aheadMs = 0
  return {
    now: () => realNow() + aheadMs,
    refresh: async () => {
      try {
        const response = await fetch(`${simulatorUrl}/_simulator/clock`)
        const body: unknown = await response.json()
        if (typeof body !== 'object' || body === null || !('ahead_ms' in body)) return
        if (typeof body.ahead_ms === 'number') aheadMs = body.ahead_ms
      } catch {
        // It is starting or stopping.
      }
    },
  }
}
