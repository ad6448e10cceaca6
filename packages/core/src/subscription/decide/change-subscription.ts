import { fail, ok, type Result } from '../../values/result.ts'
import { isFinal } from '../state/lifecycle.ts'
import { periodOf } from '../state/period.ts'
import { chooseKey } from '../state/retry.ts'
import type { SubscriptionState, SubscriptionWrite } from '../state/subscription.ts'
import { type SubscriptionFailure, unsuitable, writeCommand } from './command.ts'
import { refund } from './decide-attempt.ts'
import { toWrite } from './decide-subscription.ts'

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
  return ok(writeCommand(state, 'paused', fields, now))
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
  if (status !== 'paused') return ok(writeCommand(state, 'resumed', { cancelAt: null }, now))
  const { dueAt } = periodOf(subscription, period)
  const isLate = dueAt <= now
  return ok(
    writeCommand(
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
  return ok(writeCommand(state, 'cancelled', fields, now))
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
