/** The smallest value that is not below `share` of all values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The median with the minimum and the maximum: the rounds of one benchmark differ. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Summarizes the rounds. */
export function toSpread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}
