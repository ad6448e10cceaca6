import type {
  ChargeAttempt,
  Subscription,
  SubscriptionEvent,
  SubscriptionState,
} from './subscription.ts'

/** What changes: the fields of the subscription, attempts as a whole, and the events of it without their sequences. */
export interface Changes {
  readonly fields?: Partial<Subscription>
  readonly attempts?: readonly ChargeAttempt[]
  readonly events?: readonly Omit<SubscriptionEvent, 'sequence'>[]
}

/** Returns the state after changes, with its sequence raised. */
export function applyChanges(
  state: SubscriptionState,
  { fields = {}, attempts = [], events = [] }: Changes,
): SubscriptionState {
  const { subscription } = state
  return {
    ...state,
    subscription: {
      ...subscription,
      ...fields,
      sequence: subscription.sequence + Math.max(1, events.length),
    },
    attempts: [
      ...state.attempts.filter(
        (each) => !attempts.some(({ merchantUid }) => merchantUid === each.merchantUid),
      ),
      ...attempts,
    ],
  }
}
