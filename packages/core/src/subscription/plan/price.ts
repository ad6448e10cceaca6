import type { Plan } from './plan.ts'

/**
 * Returns what the first `days` of a period of `of` days cost, rounded down to the minor unit. Pieces of a period are
 * differences of it: however often the period is cut, its pieces add up to its price.
 */
export function toShare(price: number, { days, of }: Share): number {
  // The product of a price and a number of days may lie beyond the exact numbers.
  return Math.floor(price / of) * days + Math.floor(((price % of) * days) / of)
}

/** Some days of a period that has `of` days. */
export interface Share {
  readonly days: number
  readonly of: number
}

/**
 * Returns the price of the n-th period of a plan, in minor units: the plan's amount less its discounts, in their order.
 * What is left after a percentage is rounded down, in favour of the buyer; no price is below 0.
 */
export function toPrice({ amount, discounts }: Plan, index: number): number {
  return discounts
    .filter(({ periods }) => index <= periods)
    .reduce(
      (price, { off }) =>
        'minor' in off
          ? Math.max(0, price - off.minor)
          : toShare(price, { days: 100 - off.percent, of: 100 }),
      amount.minor,
    )
}
