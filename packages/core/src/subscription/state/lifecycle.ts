import { periodOf } from './period.ts'
import { toGiveUpAt } from './retry.ts'
import type { Subscription } from './subscription.ts'

/** Whether nothing is charged any more, whatever happens. */
export function isFinal({ status }: Subscription): boolean {
  return status === 'cancelled' || status === 'ended'
}

/** Whether the retry policy has come to its end for the open period. */
export function isOver({ plan, pastDueAt }: Subscription, now: number): boolean {
  return pastDueAt !== null && toGiveUpAt(plan, pastDueAt) <= now
}

/** Whether charges are made: not after the end, in a pause, or from the time on at which it is cancelled. */
export function isChargeable(subscription: Subscription, now: number): boolean {
  const { cancelAt, status } = subscription
  return !isFinal(subscription) && status !== 'paused' && (cancelAt === null || now < cancelAt)
}

/** Whether money for the open period settles it. In a pause it does as long as the period lasts. */
export function canSettle(subscription: Subscription, now: number): boolean {
  if (subscription.status === 'paused') return now < periodOf(subscription, subscription.period).to
  return isChargeable(subscription, now)
}
