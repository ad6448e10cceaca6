/** The source of every decision of a schedule, so that a seed is the whole schedule. */
export interface Prng {
  /** A whole number from 0 up to, not including, `n`. Zero is always the simplest choice. */
  below(n: number): number
}

/** Makes the generator of a seed; its draws are appended to `drawn` when a list is given. */
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

/** A draw by weight: which kind, and which one of that kind. */
export interface WeightedChoice {
  readonly kind: number
  readonly at: number
}

/** Draws a kind by its weight, and one of that kind. Null when all weights are zero. */
export function drawWeighted(prng: Prng, weights: Int32Array): WeightedChoice | null {
  let total = 0
  for (let kind = 0; kind < weights.length; kind++) total += weights[kind] ?? 0
  if (total === 0) return null
  let at = prng.below(total)
  let kind = 0
  for (; kind < weights.length; kind++) {
    const weight = weights[kind] ?? 0
    if (at < weight) break
    at -= weight
  }
  return { kind, at }
}

/** Makes a generator that repeats a list of draws; after its end it draws zero. */
export function createReplayPrng(draws: readonly number[]): Prng {
  let at = 0
  return {
    below(n) {
      const value = draws[at++] ?? 0
      return value < n ? value : n - 1
    },
  }
}
