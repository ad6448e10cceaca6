import { fail, ok, type Result } from '../../values/result.ts'
import { toSeoulDay } from '../plan/calendar.ts'
import type { Plan } from '../plan/plan.ts'
import { toShare } from '../plan/price.ts'
import { toPlanned } from '../state/book.ts'
import { isFinal } from '../state/lifecycle.ts'
import { hasSameRhythm, periodOf } from '../state/period.ts'
import type { Subscription, SubscriptionState, SubscriptionWrite } from '../state/subscription.ts'
import { type SubscriptionFailure, unsuitable, writeCommand } from './command.ts'

/**
 * Returns a subscription with another plan.
 *
 * `next_period` charges the new price from the next charge on; while a charge is being made or the period is past due, from
 * the one after it.
 * `now` also re-prices the rest of the running period by calendar days in Seoul, today included: what the new plan
 * costs for them, less what the old one did. The difference is added to the next charges, or taken off them, and is
 * never charged by itself. Shares are rounded so that a period which is cut by many changes costs no more and no less.
 *
 * @param plan The new plan. Its discounts count from the first period that it prices; a trial that runs is not changed.
 * @returns The write, with the event `plan_changed`. Failures: `status_unsuitable` when it is cancelled or ended;
 * `plan_currency_differs`; for `now` also `charge_in_progress` and `plan_period_differs`.
 *
 * @example
 * ```ts
 * import { changePlan, type Plan, type SubscriptionState } from '@quayside/core'
 *
 * const upgrade = (state: SubscriptionState, plan: Plan, now: number) => changePlan(state, plan, 'now', now)
 * ```
 */
export function changePlan(
  state: SubscriptionState,
  plan: Plan,
  when: 'now' | 'next_period',
  now: number,
): Result<SubscriptionWrite, SubscriptionFailure> {
  const { subscription, attempts } = state
  if (isFinal(subscription)) return unsuitable(subscription)
  const old = subscription.plan
  if (plan.amount.currency !== old.amount.currency) return fail({ reason: 'plan_currency_differs' })
  const { period } = subscription
  const isPaused = subscription.status === 'paused'
  const isBegun =
    attempts.some(
      (attempt) => attempt.period === period && (!isPaused || attempt.state === 'open'),
    ) ||
    (!isPaused && periodOf(subscription, period).dueAt <= now)
  if (isBegun) {
    return when === 'now'
      ? fail({ reason: 'charge_in_progress' })
      : ok(writeCommand(state, 'plan_changed', { nextPlan: plan }, now))
  }
  const { paidThrough } = subscription
  if (when === 'next_period' || paidThrough === null || paidThrough <= now) {
    return ok(writeCommand(state, 'plan_changed', toPlanned(subscription, plan), now))
  }
  // A running period of an earlier calendar has the rhythm of a plan that is no longer known.
  const isOfCalendar = subscription.calendar.firstPeriod <= period - 1
  if (!isOfCalendar || !hasSameRhythm(old, plan)) return fail({ reason: 'plan_period_differs' })
  return ok(writeCommand(state, 'plan_changed', toRepriced(subscription, plan, now), now))
}

/** The running period from now on by the new plan: what is left of the old price is credited. */
function toRepriced(subscription: Subscription, plan: Plan, now: number): Partial<Subscription> {
  const { calendar, period, balance, paidFrom, paidThrough } = subscription
  const running = period - 1
  const changed = { calendar, plan, planSince: running }
  const oldPrice = subscription.price ?? 0
  const { price } = periodOf(changed, running)
  const from = toSeoulDay(paidFrom ?? now)
  const of = Math.max(1, toSeoulDay(paidThrough ?? now) - from)
  const used = { days: Math.min(of, Math.max(0, toSeoulDay(now) - from)), of }
  const left = price - toShare(price, used) - (oldPrice - toShare(oldPrice, used))
  return { plan, planSince: running, nextPlan: null, price, balance: balance + left }
}
