import type { Plan } from '../plan/plan.ts'
import type { SubscriptionId } from '../state/attempt-id.ts'
import { periodOf } from '../state/period.ts'
import type { Subscription, SubscriptionState, SubscriptionWrite } from '../state/subscription.ts'
import { writeCommand } from './command.ts'

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
  return writeCommand(state, 'created', {}, now)
}
