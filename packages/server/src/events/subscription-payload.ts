import {
  type ChargeAttempt,
  type Plan,
  type Subscription,
  type SubscriptionEvent,
  type SubscriptionWrite,
  toAmount,
} from '@quayside/core'
import { toProviderId, toProviderKey } from '../domain/payee.ts'
import type { StoredAttempt, StoredSubscription } from '../domain/stored-subscription.ts'
import { presentPayee } from './present-payee.ts'
import type {
  AttemptResponse,
  PlanResponse,
  SubscriptionEventPayload,
  SubscriptionFields,
} from './subscription-schemas.ts'

/** Presents a subscription as the merchant API and the events show it, in wire names. */
export function presentSubscription(
  subscription: Subscription,
  { customerId, name, payee }: Pick<StoredSubscription, 'customerId' | 'name' | 'payee'>,
): SubscriptionFields {
  const { plan, nextPlan, balance } = subscription
  return {
    id: subscription.id,
    ...presentPayee(payee),
    customer_id: customerId,
    name,
    status: subscription.status,
    reason: subscription.reason,
    plan: presentPlan(plan),
    next_plan: nextPlan && presentPlan(nextPlan),
    period: subscription.period,
    paid_through: toInstant(subscription.paidThrough),
    balance: toAmount({ minor: balance, currency: plan.amount.currency }),
    cancel_at: toInstant(subscription.cancelAt),
    past_due_at: toInstant(subscription.pastDueAt),
    next_at: toInstant(subscription.dueAt),
    sequence: subscription.sequence,
  }
}

/** Presents a plan with every value of it. */
function presentPlan(plan: Plan): PlanResponse {
  const { amount, retry } = plan
  const { currency } = amount
  return {
    amount: toAmount(amount),
    currency,
    period: { unit: plan.period.unit, count: plan.period.count },
    anchor_day: plan.anchorDay,
    hour: plan.hour,
    trial_days: plan.trialDays,
    first: plan.first,
    prorate: plan.prorate,
    discounts: plan.discounts.map(({ periods, off }) =>
      'percent' in off
        ? { periods, percent: off.percent }
        : { periods, amount: toAmount({ minor: off.minor, currency }) },
    ),
    periods: plan.periods,
    retry: {
      steps: retry.steps.map(({ days, hour }) => ({ days, hour })),
      grace_days: retry.graceDays,
      at_end: retry.atEnd,
      fallback: retry.fallback,
    },
  }
}

/** Presents an attempt with what its order has. */
export function presentAttempt(
  attempt: ChargeAttempt & Partial<Pick<StoredAttempt, 'impUid' | 'paidAt'>>,
): AttemptResponse {
  const { impUid = null } = attempt
  return {
    merchant_uid: attempt.merchantUid,
    period: attempt.period,
    number: attempt.number,
    amount: toAmount(attempt.amount),
    currency: attempt.amount.currency,
    customer_uid: toProviderKey(attempt.billingKey),
    state: attempt.state,
    decline: attempt.decline,
    fail_reason: attempt.failReason ?? attempt.refusal,
    order_status: attempt.orderStatus,
    imp_uid: impUid && toProviderId(impUid),
    paid_at: attempt.paidAt?.toISOString() ?? null,
  }
}

/**
 * Presents an event of a subscription as it is sent.
 *
 * @param write The write that makes it.
 * @param event The event.
 * @param read The subscription before the write, of which the attempts know their payments.
 * @returns The subscription after the write with the sequence of the event, and the attempt that it is about.
 *
 * @example
 * ```ts
 * import type { SubscriptionWrite } from '@quayside/core'
 * import { presentSubscriptionEvent, type StoredSubscription } from '@quayside/server'
 *
 * const toPeriods = (write: SubscriptionWrite, read: StoredSubscription) =>
 *   write.events.map((event) => presentSubscriptionEvent(write, event, read).event_period)
 * console.log(typeof toPeriods) // function
 * ```
 */
export function presentSubscriptionEvent(
  { subscription, attempts }: SubscriptionWrite,
  { merchantUid, period, sequence }: SubscriptionEvent,
  read: Pick<StoredSubscription, 'customerId' | 'name' | 'payee'> &
    Partial<Pick<StoredSubscription, 'attempts'>>,
): SubscriptionEventPayload {
  const known = read.attempts?.find((each) => each.merchantUid === merchantUid)
  const written = attempts.find((each) => each.merchantUid === merchantUid)
  const attempt = written === undefined ? known : { ...known, ...written }
  return {
    ...presentSubscription(subscription, read),
    sequence,
    event_period: period,
    attempt: attempt === undefined ? null : presentAttempt(attempt),
  }
}

function toInstant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
