import { maxPeriod } from './attempt-id.ts'
import { toSettled } from './book.ts'
import { periodOf, type SubscriptionPeriod } from './period.ts'
import type { Subscription } from './subscription.ts'

/** A charge that is planned. */
export interface UpcomingCharge extends SubscriptionPeriod {
  /** What is charged: the price with what plan changes left to pay or to credit, in minor units; 0 is not charged. */
  readonly amount: number
}

const maxUpcoming = 100

/**
 * Returns the next periods of a subscription, the open one first, as they will be charged if nothing changes and every
 * charge succeeds.
 *
 * @param subscription The subscription.
 * @param count How many, at most 100. There are fewer when it ends before, and none when it is paused or over.
 *
 * @example
 * ```ts
 * import { type Subscription, upcoming } from '@quayside/core'
 *
 * const nextAmounts = (subscription: Subscription): number[] =>
 *   upcoming(subscription, 3).map(({ amount }) => amount)
 * ```
 */
export function upcoming(subscription: Subscription, count: number): readonly UpcomingCharge[] {
  const charges: UpcomingCharge[] = []
  let current = subscription
  while (charges.length < Math.min(count, maxUpcoming) && isGoingOn(current)) {
    const span = periodOf(current, current.period)
    if (current.cancelAt !== null && current.cancelAt <= span.dueAt) break
    const amount = Math.max(0, span.price + current.balance)
    charges.push({ ...span, amount })
    current = toSettled(current, amount)
  }
  return charges
}

function isGoingOn({ status, plan, period }: Subscription): boolean {
  if (status === 'paused' || status === 'cancelled' || status === 'ended') return false
  return period <= (plan.periods ?? maxPeriod)
}
