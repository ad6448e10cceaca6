import type { Plan } from '../plan/plan.ts'
import { hasSameRhythm, periodOf } from './period.ts'
import type { ChargeAttempt, Subscription, SubscriptionEvent } from './subscription.ts'
import type { Changes } from './write.ts'

/** Returns the changes that settle the open period with a paid attempt, or without charge, and open the next one. */
export function toBooking(subscription: Subscription, attempt: ChargeAttempt | null): Changes {
  const { period, status } = subscription
  const isRecovered = status === 'past_due'
  const isRefunded = attempt?.orderStatus === 'cancelled'
  const merchantUid = attempt?.merchantUid ?? null
  const kinds: SubscriptionEvent['kind'][] = ['charged']
  if (isRecovered) kinds.push('recovered')
  if (isRefunded) kinds.push('refunded')
  return {
    fields: toSettled(subscription, attempt?.amount.minor ?? 0),
    attempts:
      attempt === null
        ? []
        : [{ ...attempt, state: isRefunded ? 'refunded' : 'booked', decline: null }],
    events: kinds.map((kind) => ({ kind, merchantUid, period })),
  }
}

/** Returns the subscription after its open period is settled with an amount. */
export function toSettled(subscription: Subscription, charged: number): Subscription {
  const { period, status, nextPlan } = subscription
  const { from, to, price } = periodOf(subscription, period)
  const settled: Subscription = {
    ...subscription,
    status: status === 'paused' ? 'paused' : 'active',
    period: period + 1,
    paidFrom: from,
    paidThrough: to,
    price,
    // More than the price settled what plan changes left to pay; less used up a credit.
    balance: subscription.balance + price - charged,
    pastDueAt: null,
    reason: null,
    retryAt: null,
  }
  return nextPlan === null ? settled : toPlanned(settled, nextPlan)
}

/** Returns a subscription with another plan from its open period on. */
export function toPlanned(subscription: Subscription, plan: Plan): Subscription {
  const { calendar, period, paidThrough } = subscription
  const isFirst = calendar.isInitial && period === calendar.firstPeriod
  const keeps = isFirst || paidThrough === null || hasSameRhythm(subscription.plan, plan)
  return {
    ...subscription,
    // A trial that began goes on as it was promised.
    plan: isFirst ? { ...plan, trialDays: subscription.plan.trialDays } : plan,
    nextPlan: null,
    planSince: period,
    calendar: keeps ? calendar : { startsAt: paidThrough, firstPeriod: period, isInitial: false },
  }
}
