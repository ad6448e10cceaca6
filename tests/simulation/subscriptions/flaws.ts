import {
  type ChargeAttempt,
  decideSubscription,
  type SubscriptionState,
  type SubscriptionStep,
} from '../../../packages/core/src/index.ts'
import type { Flaw } from './sweeper.ts'

/** Systems that are wrong on purpose, each as somebody would write it. */
export const flaws: Readonly<Record<string, Flaw>> = {
  'calls before it writes': { callsFirst: true },
  'calls again when there is no answer': { repeatsCalls: true },
  'takes no answer for a failure': {
    decide: (state, now) => decideSubscription(withAttempts(state, asFailed), now),
  },
  'charges the next attempt while the last is pending': {
    decide: (state, now) =>
      decideSubscription(
        withAttempts(state, (attempt) => (attempt.isSeen ? asFailed(attempt) : attempt)),
        now,
      ),
  },
  'sends again without a lookup': {
    decide: (state, now) =>
      decideSubscription(
        withAttempts(state, (attempt) => ({ ...attempt, absentAt: now + 86_400_000 })),
        now,
      ),
  },
  'reads "already paid" as a refusal of the card': { readRefusal: () => '[CC10] 한도초과' },
  'books in one transaction and plans in another': { booksBeforePlanning: true },
  'writes without comparing the sequence': { writesBlindly: true },
  'waits without comparing the sequence': { waitsBlindly: true },
  'waits for the webhook of a failed charge': {
    decide: (state, now) =>
      butFor('look_up', decideSubscription(state, now), { kind: 'wait', until: null }),
  },
  'keeps money that nothing explains': {
    decide: (state, now) =>
      butFor('refund', decideSubscription(state, now), { kind: 'wait', until: null }),
  },
  'counts the next period from the end of the last': {
    patch(step) {
      if (step.kind !== 'book') return null
      const { subscription } = step.write
      const { period: firstPeriod, paidThrough } = subscription
      const calendar = { startsAt: paidThrough ?? 0, firstPeriod, isInitial: false }
      return { ...step.write, subscription: { ...subscription, calendar } }
    },
  },
  'charges the key of the last attempt when there is none': {
    decide(state, now) {
      const last = state.attempts.at(-1)?.billingKey ?? 'card-1'
      return decideSubscription({ ...state, billingKeys: [...state.billingKeys, last] }, now)
    },
  },
  'charges a cancelled subscription that was due': {
    decide(state, now) {
      const { subscription } = state
      const isCancelled = subscription.status === 'cancelled' && subscription.reason === null
      const active = { ...subscription, status: 'active' } as const
      return decideSubscription(isCancelled ? { ...state, subscription: active } : state, now)
    },
  },
}

function withAttempts(
  state: SubscriptionState,
  change: (attempt: ChargeAttempt) => ChargeAttempt,
): SubscriptionState {
  return {
    ...state,
    attempts: state.attempts.map((attempt) =>
      attempt.state === 'open' && attempt.orderStatus === 'pending' ? change(attempt) : attempt,
    ),
  }
}

function asFailed(attempt: ChargeAttempt): ChargeAttempt {
  return { ...attempt, orderStatus: 'failed', failReason: '[CC98]' }
}

function butFor(
  kind: SubscriptionStep['kind'],
  step: SubscriptionStep,
  instead: SubscriptionStep,
): SubscriptionStep {
  return step.kind === kind ? instead : step
}
