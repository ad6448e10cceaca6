/** The smallest value that is not below `share` of all values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The middle value with the smallest and the largest: rounds of one benchmark differ by more than a digit. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** Sums up what the rounds say. */
export function toSpread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) }
}
