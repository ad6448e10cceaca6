import {
  addDays,
  atSeoulHour,
  nextSeoulHour,
  toDayOfMonth,
  toMonth,
  toSeoulDay,
} from '../plan/calendar.ts'
import type { Plan } from '../plan/plan.ts'
import { toPrice, toShare } from '../plan/price.ts'
import type { Subscription, SubscriptionCalendar } from './subscription.ts'

/** A period of a subscription. Times are in ms since 1970. */
export interface SubscriptionPeriod {
  /** The number of the period, from 1. */
  readonly period: number
  /** When it begins. */
  readonly from: number
  /** When the next one begins. */
  readonly to: number
  /** When it is charged: when it begins, but for a first period that is charged at the first anchor. */
  readonly dueAt: number
  /** What it costs after discounts and before credits, in minor units. */
  readonly price: number
}

/**
 * Returns a period of a subscription by its plan and its calendar. Each is computed from the first one, so a 31st that
 * a short month moved to the 28th is the 31st again a month later.
 *
 * @param subscription The subscription. A `nextPlan` counts only after the open period is settled.
 * @param period From the first period of its calendar on.
 *
 * @example
 * ```ts
 * import { periodOf, type Subscription } from '@quayside/core'
 *
 * const nextChargeAt = (subscription: Subscription): number =>
 *   periodOf(subscription, subscription.period).dueAt
 * ```
 */
export function periodOf(
  { plan, planSince, calendar }: Pick<Subscription, 'plan' | 'planSince' | 'calendar'>,
  period: number,
): SubscriptionPeriod {
  const startsAt = toStart(plan, calendar)
  const { firstDay, toBoundary } = toRhythm(plan, toSeoulDay(startsAt))
  const at = (index: number): number => atSeoulHour(toBoundary(index), plan.hour)
  const stub = firstDay - toSeoulDay(startsAt)
  const index = period - calendar.firstPeriod
  const full = toPrice(plan, period - planSince + 1)
  // An interrupted subscription goes on at once, and pays for the days until its anchor.
  const { first, prorate } = calendar.isInitial ? plan : { first: 'now', prorate: true }
  const share = prorate ? { days: stub, of: firstDay - toBoundary(-1) } : null

  if (stub > 0 && first === 'now') {
    if (index > 0)
      return { period, from: at(index - 1), to: at(index), dueAt: at(index - 1), price: full }
    const price = share === null ? full : toShare(full, share)
    return { period, from: startsAt, to: at(0), dueAt: startsAt, price }
  }
  if (index > 0)
    return { period, from: at(index), to: at(index + 1), dueAt: at(index), price: full }
  const dueAt = first === 'now' ? startsAt : Math.max(at(0), startsAt)
  return stub > 0 && share !== null
    ? { period, from: startsAt, to: at(1), dueAt, price: full + toShare(full, share) }
    : { period, from: dueAt, to: at(1), dueAt, price: full }
}

/** Whether two plans have the same periods, so that one can follow the other without a new calendar. */
export function hasSameRhythm(one: Plan, other: Plan): boolean {
  return (
    one.period.unit === other.period.unit &&
    one.period.count === other.period.count &&
    one.anchorDay === other.anchorDay &&
    one.hour === other.hour
  )
}

/** The calendar begins after the trial: at an hour at which charges are made, not at the hour of the night somebody signed up. */
function toStart(plan: Plan, { startsAt, isInitial }: SubscriptionCalendar): number {
  return isInitial && plan.trialDays > 0
    ? nextSeoulHour(addDays(startsAt, plan.trialDays), plan.hour)
    : startsAt
}

interface Rhythm {
  /** The day of boundary 0: the first anchor, or the day of the start without one. */
  readonly firstDay: number
  readonly toBoundary: (index: number) => number
}

function toRhythm({ period, anchorDay }: Plan, start: number): Rhythm {
  switch (period.unit) {
    case 'day':
    case 'week': {
      const length = period.count * (period.unit === 'week' ? 7 : 1)
      return { firstDay: start, toBoundary: (index) => start + index * length }
    }
    case 'month':
    case 'year': {
      const { month, dayOfMonth } = toMonth(start)
      const anchor = anchorDay ?? dayOfMonth
      const first = toDayOfMonth(month, anchor) < start ? month + 1 : month
      const length = period.count * (period.unit === 'year' ? 12 : 1)
      return {
        firstDay: toDayOfMonth(first, anchor),
        toBoundary: (index) => toDayOfMonth(first + index * length, anchor),
      }
    }
  }
}
