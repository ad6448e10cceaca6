/** An allowance that refills steadily: a minute's worth at once, and as much again each minute. */
export interface TokenBucket {
  /** Takes one; false when nothing is left. */
  take(): boolean
  restore(): void
}

const minuteMs = 60_000

/**
 * Makes a full budget.
 *
 * @param perMinute How many it holds, and refills in a minute.
 * @param now Milliseconds since 1970.
 */
export function createTokenBucket(perMinute: number, now: () => number): TokenBucket {
  let tokens = perMinute
  let refilledAt = now()
  return {
    take() {
      const at = now()
      // A clock that is set back refills nothing, and takes nothing away.
      const refilled = (Math.max(0, at - refilledAt) / minuteMs) * perMinute
      tokens = Math.min(perMinute, tokens + refilled)
      refilledAt = at
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
    restore() {
      tokens = Math.min(perMinute, tokens + 1)
    },
  }
}

/** Budgets by name: those that were not used longest make room. */
export function createTokenBuckets(
  perMinute: number,
  maxBuckets: number,
  now: () => number,
): (name: string) => TokenBucket {
  const buckets = new Map<string, TokenBucket>()
  return (name) => {
    const bucket = buckets.get(name) ?? createTokenBucket(perMinute, now)
    buckets.delete(name)
    buckets.set(name, bucket)
    for (const oldest of buckets.keys()) {
      if (buckets.size <= maxBuckets) break
      buckets.delete(oldest)
    }
    return bucket
  }
}
