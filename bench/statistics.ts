/** The smallest value that is not below `share` of all values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The median of some values, and the interval in which it lies with 95 % confidence. */
export interface Interval {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Makes random numbers that are the same in every run, so that equal values have equal intervals. */
export function createRandom(): () => number {
  let state = 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const resamples = 2_000

/** Estimates the interval by the bootstrap: medians of samples that are drawn from the values with replacement. */
export function toInterval(values: readonly number[], random: () => number): Interval {
  const draw = () => values[Math.floor(random() * values.length)] ?? Number.NaN
  const medians = Array.from({ length: resamples }, () => median(values.map(draw)))
  return {
    median: median(values),
    low: percentile(medians, 0.025),
    high: percentile(medians, 0.975),
  }
}
