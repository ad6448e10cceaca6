import type { Money } from '../../values/money.ts'

/** The length of a period: `{ unit: 'month', count: 3 }` is a quarter. */
export interface PlanPeriod {
  /** Months and years follow the calendar of Seoul; days and weeks have a fixed length. */
  readonly unit: 'day' | 'week' | 'month' | 'year'
  /** 1 to 366. */
  readonly count: number
}

/** What the buyer pays less in the first periods of a plan. Several apply one after the other. */
export interface Discount {
  /** How many periods have it, from the first one of the plan. */
  readonly periods: number
  /** `minor`: in the smallest unit of the plan's currency; `percent`: 1 to 100, what is left is rounded down. */
  readonly off: { readonly minor: number } | { readonly percent: number }
}

/** One time of day at which a failed charge is tried again. */
export interface RetryStep {
  /** Days after the day on which the subscription became past due, in Seoul. */
  readonly days: number
  /** 0 to 23, in Seoul. */
  readonly hour: number
}

/** What happens after a charge that failed. */
export interface RetryPolicy {
  /** In order of time, at most 15. */
  readonly steps: readonly RetryStep[]
  /** Days after the last step until `atEnd` happens. */
  readonly graceDays: number
  /** What happens when no attempt succeeded. */
  readonly atEnd: 'cancel' | 'pause'
  /** Whether another usable key of the customer is tried at once. Without it only the preferred key is charged. */
  readonly fallback: boolean
}

/** What a subscription costs and when: plain JSON, as a store keeps it. Made by `parsePlan`. */
export interface Plan {
  /** The price of one period, more than 0. */
  readonly amount: Money
  /** How long a period lasts. */
  readonly period: PlanPeriod
  /**
   * The day of the month on which periods of months and years begin, 1 to 31; in a shorter month its last day.
   * Null: the day on which the first period begins.
   */
  readonly anchorDay: number | null
  /** The hour of the day at which periods begin and are charged, 0 to 23, in Seoul. */
  readonly hour: number
  /** Days without charge before the first period. */
  readonly trialDays: number
  /**
   * When the first charge is made if there is an `anchorDay`: `now` charges the days until the first anchor as the
   * first period; `anchor` charges nothing before the first anchor.
   */
  readonly first: 'now' | 'anchor'
  /**
   * Whether the days before the first anchor are charged by their share of a period. Without it they cost a full
   * period (`now`) or nothing (`anchor`).
   */
  readonly prorate: boolean
  /** Applied one after the other, in this order; empty for none. */
  readonly discounts: readonly Discount[]
  /** After how many periods the subscription ends; null: never by itself. */
  readonly periods: number | null
  /** What happens after a charge that failed. */
  readonly retry: RetryPolicy
}

/**
 * The retry policy of plans that name none: one, three and five days later, cancelled a week after the first failure. A
 * field that a plan's policy leaves out has its value here.
 */
export const defaultRetry: RetryPolicy = {
  steps: [
    { days: 1, hour: 10 },
    { days: 3, hour: 18 },
    { days: 5, hour: 10 },
  ],
  graceDays: 2,
  atEnd: 'cancel',
  fallback: true,
}
