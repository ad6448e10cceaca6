import { fail, ok, type Result } from '../../values/result.ts'
import { toSeoulDay } from '../plan/calendar.ts'
import type { Plan } from '../plan/plan.ts'
import { toShare } from '../plan/price.ts'
import type { SubscriptionId } from '../state/attempt-id.ts'
import { toPlanned } from '../state/book.ts'
import { isFinal } from '../state/lifecycle.ts'
import { hasSameRhythm, periodOf } from '../state/period.ts'
import { chooseKey } from '../state/retry.ts'
import type {
  Subscription,
  SubscriptionEvent,
  SubscriptionState,
  SubscriptionStatus,
  SubscriptionWrite,
} from '../state/subscription.ts'
import { refund } from './decide-attempt.ts'
import { toWrite } from './decide-subscription.ts'

/** Why a command was refused. Nothing changed. */
export type SubscriptionFailure =
  /** A subscription of this status does not know the command. */
  | { readonly reason: 'status_unsuitable'; readonly status: SubscriptionStatus }
  /** The new plan has another currency. */
  | { readonly reason: 'plan_currency_differs' }
  /** Only plans with the same period, anchor and hour replace each other within a period. */
  | { readonly reason: 'plan_period_differs' }
  /** The open period is due: its charge has been made or is being made with the old plan. */
  | { readonly reason: 'charge_in_progress' }
  /** No paid attempt of this period is known. */
  | { readonly reason: 'period_not_charged'; readonly period: number }
  | { readonly reason: 'no_billing_key' }

/**
 * Returns a new subscription: `trialing` until its first charge, or `active` when that is due at once.
 *
 * @param id The merchant's id of it.
 * @param plan What it costs and when.
 * @param now The current time, in ms: its first period, or its trial, begins now.
 * @returns The write, with the event `created`. The store starts from sequence 0.
 *
 * @example
 * ```ts
 * import { openSubscription, parsePlan, parseSubscriptionId } from '@quayside/core'
 *
 * const id = parseSubscriptionId('user-42')
 * const plan = parsePlan({ amount: 9900, currency: 'KRW', period: { unit: 'month', count: 1 } })
 * if (id !== null && plan.ok) {
 *   console.log(openSubscription(id, plan.value, 1_764_200_000_000).subscription.status) // active
 * }
 * ```
 */
export function openSubscription(
  id: SubscriptionId,
  plan: Plan,
  now: number,
  startsAt: number = now,
): SubscriptionWrite {
  const calendar = { startsAt, firstPeriod: 1, isInitial: true }
  const subscription: Subscription = {
    id,
    plan,
    nextPlan: null,
    planSince: 1,
    calendar,
    status: periodOf({ plan, planSince: 1, calendar }, 1).dueAt > now ? 'trialing' : 'active',
    period: 1,
    paidFrom: null,
    paidThrough: null,
    price: null,
    balance: 0,
    cancelAt: null,
    pastDueAt: null,
    reason: null,
    retryAt: null,
    dueAt: now,
    sequence: 0,
  }
  // Without a key it waits for the first charge all the same.
  const state: SubscriptionState = { subscription, attempts: [], billingKeys: [] }
  return write(state, 'created', {}, now)
}

/**
 * Returns a subscription in a pause: nothing is charged until it is resumed. The running period stays paid. A charge
 * that is on its way still settles its period while that lasts, and is refunded after it.
 *
 * @returns The write, with the event `paused`. Failure: `status_unsuitable` when it is paused, cancelled or ended.
 *
 * @example
 * ```ts
 * import { pauseSubscription, type SubscriptionState } from '@quayside/core'
 *
 * const pause = (state: SubscriptionState, now: number) => pauseSubscription(state, now)
 * ```
 */
export function pauseSubscription(
  state: SubscriptionState,
  now: number,
): Result<SubscriptionWrite, SubscriptionFailure> {
  const { subscription } = state
  if (isFinal(subscription) || subscription.status === 'paused') return unsuitable(subscription)
  const fields = { status: 'paused', pastDueAt: null, retryAt: null, reason: null } as const
  return ok(write(state, 'paused', fields, now))
}

/**
 * Returns a subscription that goes on: after a pause, or because it shall not be cancelled at the end of its period.
 * After a pause that outlasted the paid period the next one begins, and is charged, now; the anchor of the plan stays.
 *
 * @returns The write, with the event `resumed`. Failure: `status_unsuitable` when it is neither paused nor about to be
 * cancelled.
 *
 * @example
 * ```ts
 * import { resumeSubscription, type SubscriptionState } from '@quayside/core'
 *
 * const resume = (state: SubscriptionState, now: number) => resumeSubscription(state, now)
 * ```
 */
export function resumeSubscription(
  state: SubscriptionState,
  now: number,
): Result<SubscriptionWrite, SubscriptionFailure> {
  const { subscription, attempts } = state
  const { status, cancelAt, period, calendar, paidThrough } = subscription
  if (isFinal(subscription) || (status !== 'paused' && cancelAt === null)) {
    return unsuitable(subscription)
  }
  if (status !== 'paused') return ok(write(state, 'resumed', { cancelAt: null }, now))
  const { dueAt } = periodOf(subscription, period)
  const isLate = dueAt <= now
  return ok(
    write(
      state,
      'resumed',
      {
        status: paidThrough === null && !isLate ? 'trialing' : 'active',
        reason: null,
        calendar: isLate
          ? { startsAt: Math.max(now, paidThrough ?? now), firstPeriod: period, isInitial: false }
          : calendar,
        retryAt: attempts.some((attempt) => attempt.period === period) ? now : null,
      },
      now,
    ),
  )
}

/**
 * Returns a subscription that is cancelled now, or will be before its next charge. Nothing is charged any more, and
 * money of a charge that is on its way is refunded. Settled periods are not refunded: {@link refundPeriod}.
 *
 * @param when `period_end` leaves the buyer what is paid; a subscription that is past due is cancelled at once.
 * @returns The write, with the event `cancelled` if it is cancelled at once. Failure: `status_unsuitable` when it is
 * cancelled or ended.
 *
 * @example
 * ```ts
 * import { cancelSubscription, type SubscriptionState } from '@quayside/core'
 *
 * const cancel = (state: SubscriptionState, now: number) => cancelSubscription(state, 'period_end', now)
 * ```
 */
export function cancelSubscription(
  state: SubscriptionState,
  when: 'now' | 'period_end',
  now: number,
): Result<SubscriptionWrite, SubscriptionFailure> {
  const { subscription } = state
  if (isFinal(subscription)) return unsuitable(subscription)
  const { from } = periodOf(subscription, subscription.period)
  if (when === 'period_end' && from > now) {
    return ok(toWrite(state, { fields: { cancelAt: from } }, now))
  }
  const fields = {
    status: 'cancelled',
    cancelAt: null,
    pastDueAt: null,
    retryAt: null,
    reason: null,
  } as const
  return ok(write(state, 'cancelled', fields, now))
}

/**
 * Returns a subscription whose next attempt is due now, before the next step of its retry policy.
 *
 * @returns The write. Failures: `status_unsuitable` unless it is past due; `charge_in_progress` while the outcome of an
 * attempt is not known; `no_billing_key` when the customer has no key that can work.
 *
 * @example
 * ```ts
 * import { chargeNow, type SubscriptionState } from '@quayside/core'
 *
 * const retry = (state: SubscriptionState, now: number) => chargeNow(state, now)
 * ```
 */
export function chargeNow(
  state: SubscriptionState,
  now: number,
): Result<SubscriptionWrite, SubscriptionFailure> {
  const { subscription, attempts, billingKeys } = state
  if (subscription.status !== 'past_due') return unsuitable(subscription)
  const own = attempts.filter(({ period }) => period === subscription.period)
  if (own.some((attempt) => attempt.state === 'open')) return fail({ reason: 'charge_in_progress' })
  if (chooseKey({ subscription, failed: own, billingKeys }) === null) {
    return fail({ reason: 'no_billing_key' })
  }
  return ok(toWrite(state, { fields: { retryAt: now } }, now))
}

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
      : ok(write(state, 'plan_changed', { nextPlan: plan }, now))
  }
  const { paidThrough } = subscription
  if (when === 'next_period' || paidThrough === null || paidThrough <= now) {
    return ok(write(state, 'plan_changed', toPlanned(subscription, plan), now))
  }
  // A running period of an earlier calendar has the rhythm of a plan that is no longer known.
  const isOfCalendar = subscription.calendar.firstPeriod <= period - 1
  if (!isOfCalendar || !hasSameRhythm(old, plan)) return fail({ reason: 'plan_period_differs' })
  return ok(write(state, 'plan_changed', toRepriced(subscription, plan, now), now))
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

/**
 * Returns the refund of a settled period: the whole payment of its attempt. The period stays settled, and what follows
 * is charged as planned.
 *
 * @param period Its number. Its attempt must be among the attempts of the state.
 * @returns The write, to be followed by the refund of its attempt; the event `refunded` comes once the order is
 * cancelled. Failure: `period_not_charged` when no paid attempt of it is known, or it is being refunded.
 *
 * @example
 * ```ts
 * import { refundPeriod, type SubscriptionState } from '@quayside/core'
 *
 * const refundFirst = (state: SubscriptionState, now: number) => refundPeriod(state, 1, now)
 * ```
 */
export function refundPeriod(
  state: SubscriptionState,
  period: number,
  now: number,
): Result<SubscriptionWrite, SubscriptionFailure> {
  const attempt = state.attempts.find(
    (each) => each.period === period && each.state === 'booked' && each.orderStatus !== 'cancelled',
  )
  return attempt === undefined
    ? fail({ reason: 'period_not_charged', period })
    : ok(toWrite(state, refund(attempt, now).changes, now))
}

function write(
  state: SubscriptionState,
  kind: SubscriptionEvent['kind'],
  fields: Partial<Subscription>,
  now: number,
): SubscriptionWrite {
  const { period } = state.subscription
  return toWrite(state, { fields, events: [{ kind, merchantUid: null, period }] }, now)
}

function unsuitable({ status }: Subscription): Result<SubscriptionWrite, SubscriptionFailure> {
  return fail({ reason: 'status_unsuitable', status })
}
