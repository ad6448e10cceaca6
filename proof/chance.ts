/** Where every decision of a schedule comes from, so that a seed is the whole schedule. */
export interface Chance {
  /** A whole number from 0 up to, not including, `n`. Nought is always the calmest choice. */
  below(n: number): number
}

/** Chance out of a seed; what it drew is kept in `drawn` when a list is given. */
export function createChance(seed: number, drawn?: number[]): Chance {
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

/** Chance that repeats a list of draws; where the list ends, everything is calm. */
export function createReplay(draws: readonly number[]): Chance {
  let at = 0
  return {
    below(n) {
      const value = draws[at++] ?? 0
      return value < n ? value : n - 1
    },
  }
}
