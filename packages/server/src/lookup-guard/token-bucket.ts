import { dropOldest } from './drop-oldest.ts'

/** A token bucket: it starts full with a minute's tokens and refills steadily by as many per minute. */
export interface TokenBucket {
  /** Takes a token; false when there is none. */
  take(): boolean
  restore(): void
}

const minuteMs = 60_000

/**
 * Makes a full bucket.
 *
 * @param perMinute Its size, and the number of tokens that it refills per minute.
 * @param now Milliseconds since 1970.
 */
export function createTokenBucket(perMinute: number, now: () => number): TokenBucket {
  let tokens = perMinute
  let refilledAt = now()
  return {
    take() {
      const at = now()
      // A clock that is set back refills nothing and removes nothing.
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

/** Returns buckets by name; the least recently used ones are dropped first. */
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
    dropOldest(buckets, maxBuckets)
    return bucket
  }
}

/** Two buckets as one: it takes a token of each, or none. */
export function both(first: TokenBucket, second: TokenBucket): TokenBucket {
  return {
    take() {
      if (!first.take()) return false
      if (second.take()) return true
      first.restore()
      return false
    },
    restore() {
      first.restore()
      second.restore()
    },
  }
}
