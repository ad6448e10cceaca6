import type { SubscriptionState } from '@quayside/core'
import type { StoredSubscription } from '../domain/stored-subscription.ts'

/** What a decision reads of a subscription. */
export function toState(
  { subscription, attempts }: StoredSubscription,
  billingKeys: readonly string[],
): SubscriptionState {
  return { subscription, attempts, billingKeys }
}
