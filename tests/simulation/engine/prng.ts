/** Where every decision of a schedule comes from, so that a seed is the whole schedule. */
export interface Prng {
  /** A whole number from 0 up to, not including, `n`. Nought is always the calmest choice. */
  below(n: number): number
}

/** Chance out of a seed; what it drew is kept in `drawn` when a list is given. */
export function createPrng(seed: number, drawn?: number[]): Prng {
  // Neighbouring seeds must not begin alike: a plain counter would.
  let state = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b) | 0
  return {
    below(n) {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      const value = Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * n)
      drawn?.push(value)
      return value
    },
  }
}

/** What was drawn by weight: which kind, and which one of it. */
export interface WeightedChoice {
  readonly kind: number
  readonly at: number
}

/** Draws one of the things that may happen; a kind weighs as much as there is of it. Null when all are nought. */
export function drawWeighted(prng: Prng, weights: Int32Array): WeightedChoice | null {
  let total = 0
  for (const weight of weights) total += weight
  if (total === 0) return null
  let at = prng.below(total)
  let kind = 0
  for (const weight of weights) {
    if (at < weight) break
    at -= weight
    kind++
  }
  return { kind, at }
}

/** Chance that repeats a list of draws; where the list ends, everything is calm. */
export function createReplayPrng(draws: readonly number[]): Prng {
  let at = 0
  return {
    below(n) {
      const value = draws[at++] ?? 0
      return value < n ? value : n - 1
    },
  }
}
