import { toBooking } from '../state/book.ts'
import type { ChargeAttempt, Subscription } from '../state/subscription.ts'
import type { Changes } from '../state/write.ts'

/** A step that calls the provider after it is written. */
export interface CallStep {
  readonly kind: 'charge' | 'send_again' | 'look_up' | 'refund'
  readonly attempt: ChargeAttempt
  readonly changes: Changes
}

/** A step with what changes, before it is known when the next one is due. */
export type Step =
  | { readonly kind: 'wait'; readonly until: number | null }
  | CallStep
  | { readonly kind: 'book'; readonly attempt: ChargeAttempt | null; readonly changes: Changes }
  | { readonly kind: 'change'; readonly changes: Changes }

/** Returns the step that settles the open period. */
export function book(subscription: Subscription, attempt: ChargeAttempt | null): Step {
  return { kind: 'book', attempt, changes: toBooking(subscription, attempt) }
}

/** Returns the step to another status, with its event. */
export function change(
  status: 'past_due' | 'paused' | 'cancelled' | 'ended',
  { period }: Subscription,
  fields: Partial<Subscription>,
): Step {
  return {
    kind: 'change',
    changes: {
      fields: { ...fields, status },
      events: [{ kind: status, merchantUid: null, period }],
    },
  }
}
