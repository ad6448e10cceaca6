// Each step is written before its call, so a crash between the two leaves an attempt whose outcome is unknown:
//
//            ┌──── send_again ◄──── no payment, no answer ────┐
//            ▼                                                │
//   charge ─► open ── checkAt ──► look_up ──► recordLookUp ───┤
//              │                                              └─ no payment, refused ─► failed ─► charge (n + 1)
//              ├─ order failed ─► failed                                                  │
//              └─ order paid ──► booked (its period is open)  ◄─── order paid ────────────┤
//                           └──► refunding ─► refunded (any other period) ◄── order paid ─┘

import { type AttemptId, maxAttempt, maxPeriod, toAttemptId } from '../state/attempt-id.ts'
import { isChargeable, isFinal, isOver } from '../state/lifecycle.ts'
import { periodOf } from '../state/period.ts'
import { chooseKey, nextTryAt, toGiveUpAt } from '../state/retry.ts'
import type {
  ChargeAttempt,
  Subscription,
  SubscriptionState,
  SubscriptionWrite,
} from '../state/subscription.ts'
import { applyChanges, type Changes } from '../state/write.ts'
import { dayMs, decideAttempt, toPause } from './decide-attempt.ts'
import { book, change, type Step } from './step.ts'

/**
 * The one next step of a subscription. Every step but `wait` is written first, in one transaction that fails when the
 * subscription has another sequence than the one that was read; only then is its call made. After each step, and after
 * a write that failed, the state is read and decided again.
 */
export type SubscriptionStep =
  /** Nothing until this time, in ms; null: until a command or a change of one of its orders. It becomes `dueAt`. */
  | { readonly kind: 'wait'; readonly until: number | null }
  /** A new attempt: write it with its order, then call `again` once with its id, amount and key. */
  | { readonly kind: 'charge'; readonly write: SubscriptionWrite; readonly attempt: ChargeAttempt }
  /** The provider has no payment of this attempt: write it, then call `again` once more with the same id, amount and key. */
  | {
      readonly kind: 'send_again'
      readonly write: SubscriptionWrite
      readonly attempt: ChargeAttempt
    }
  /** Write, then look up all payments of the attempt's order, and write the result of `recordLookUp`. */
  | { readonly kind: 'look_up'; readonly write: SubscriptionWrite; readonly attempt: ChargeAttempt }
  /** Write, then refund everything that is left of the attempt's payment. Repeated until its order is cancelled. */
  | { readonly kind: 'refund'; readonly write: SubscriptionWrite; readonly attempt: ChargeAttempt }
  /** A period is settled and the next one planned; `attempt` is null for a period without charge. */
  | {
      readonly kind: 'book'
      readonly write: SubscriptionWrite
      readonly attempt: ChargeAttempt | null
    }
  /** The status or what is known of an attempt changes; nothing is called. */
  | { readonly kind: 'change'; readonly write: SubscriptionWrite }

/**
 * Decides the one next step of a subscription. Pure: the same state and time give the same step.
 *
 * What holds for every order of events, and for a clock that is set back: a period has at most one attempt whose
 * outcome is not known; a new attempt is made only after the last one is known to have failed; one attempt of a period
 * is booked, and money of any other is refunded; a subscription that is not over has a time at which it is decided
 * again, unless it is paused.
 *
 * @param state The subscription as it was read, with its attempts and the usable keys of its customer.
 * @param now The current time, in ms.
 * @returns The step. It cannot fail.
 *
 * @example
 * ```ts
 * import { decideSubscription, type SubscriptionState } from '@quayside/core'
 *
 * const isDue = (state: SubscriptionState, now: number): boolean =>
 *   decideSubscription(state, now).kind !== 'wait'
 * ```
 */
export function decideSubscription(state: SubscriptionState, now: number): SubscriptionStep {
  const step = decideStep(state, now)
  if (step.kind === 'wait') return step
  const write = toWrite(state, step.changes, now)
  switch (step.kind) {
    case 'charge':
    case 'send_again':
    case 'look_up':
    case 'refund':
      return { kind: step.kind, attempt: step.attempt, write }
    case 'book':
      return { kind: 'book', attempt: step.attempt, write }
    case 'change':
      return { kind: 'change', write }
  }
}

/** Returns what is written for changes: with the time of the next step, so that nothing is forgotten after a crash. */
export function toWrite(
  state: SubscriptionState,
  changes: Changes,
  now: number,
): SubscriptionWrite {
  const after = applyChanges(state, changes)
  const next = decideStep(after, now)
  return {
    subscription: { ...after.subscription, dueAt: next.kind === 'wait' ? next.until : now },
    attempts: changes.attempts ?? [],
    events: (changes.events ?? []).map((event, index) => ({
      ...event,
      sequence: state.subscription.sequence + 1 + index,
    })),
  }
}

function decideStep(state: SubscriptionState, now: number): Step {
  const attempts = state.attempts.toSorted((a, b) => a.period - b.period || a.number - b.number)
  for (const attempt of attempts) {
    const step = decideAttempt(state, attempt, now)
    if (step !== null) return step
  }
  const step = decidePeriod({ ...state, attempts }, now)
  if (step.kind !== 'wait') return step
  const checks = attempts.filter(needsCheck).map(({ checkAt }) => checkAt)
  const times = step.until === null ? checks : [...checks, step.until]
  return { kind: 'wait', until: times.length === 0 ? null : Math.min(...times) }
}

function decidePeriod(state: SubscriptionState, now: number): Step {
  const { subscription } = state
  const { plan, cancelAt, period, paidThrough } = subscription
  if (!isChargeable(subscription, now)) {
    if (cancelAt === null || isFinal(subscription)) return rest
    if (now < cancelAt) return until(cancelAt, null)
    return change('cancelled', subscription, { cancelAt: null, reason: null, pastDueAt: null })
  }
  if (period > (plan.periods ?? maxPeriod)) {
    const endsAt = paidThrough ?? now
    return endsAt <= now
      ? change('ended', subscription, { cancelAt: null })
      : until(endsAt, cancelAt)
  }
  const { dueAt, price } = periodOf(subscription, period)
  if (now < dueAt) return until(dueAt, cancelAt)
  const own = state.attempts.filter((attempt) => attempt.period === period)
  const open = own.find((attempt) => attempt.state === 'open')
  if (open !== undefined) return waitForOutcome(subscription, open, now)
  const amount = Math.max(0, price + subscription.balance)
  if (amount === 0) return book(subscription, null)

  return chargeOrWait(state, own, amount, now)
}

/** Nothing is charged beside an attempt whose outcome is not known, but the merchant learns that the period is unpaid. */
function waitForOutcome(
  subscription: Subscription,
  { createdAt }: ChargeAttempt,
  now: number,
): Step {
  if (subscription.pastDueAt !== null) return giveUpOrWait(subscription, null, now)
  const pastDueAt = createdAt + dayMs
  return pastDueAt <= now
    ? change('past_due', subscription, { reason: 'outcome_unknown', pastDueAt: now })
    : until(pastDueAt, subscription.cancelAt)
}

function chargeOrWait(
  { subscription, billingKeys }: SubscriptionState,
  own: readonly ChargeAttempt[],
  minor: number,
  now: number,
): Step {
  const retry = { subscription, failed: own, billingKeys }
  const key = chooseKey(retry)
  const number = (own.at(-1)?.number ?? 0) + 1
  const tryAt = key === null || number > maxAttempt ? null : nextTryAt(retry, key, now)
  if (key !== null && tryAt !== null && tryAt <= now) {
    return charge(subscription, number, minor, key, now)
  }
  const reason = own.at(-1)?.decline ?? 'no_billing_key'
  if (subscription.pastDueAt === null) {
    return change('past_due', subscription, { reason, pastDueAt: now })
  }
  if (reason !== subscription.reason) return { kind: 'change', changes: { fields: { reason } } }
  return giveUpOrWait(subscription, tryAt, now)
}

function giveUpOrWait(subscription: Subscription, tryAt: number | null, now: number): Step {
  const { plan, pastDueAt, cancelAt } = subscription
  const giveUpAt = toGiveUpAt(plan, pastDueAt ?? now)
  if (!isOver(subscription, now)) return until(Math.min(giveUpAt, tryAt ?? giveUpAt), cancelAt)
  return change(plan.retry.atEnd === 'cancel' ? 'cancelled' : 'paused', subscription, {
    pastDueAt: null,
    retryAt: null,
    cancelAt: null,
  })
}

function charge(
  { id, period, plan }: Subscription,
  number: number,
  minor: number,
  billingKey: string,
  now: number,
): Step {
  const ids: AttemptId = { subscriptionId: id, period, attempt: number }
  const attempt: ChargeAttempt = {
    merchantUid: toAttemptId(ids),
    period,
    number,
    amount: { minor, currency: plan.amount.currency },
    billingKey,
    state: 'open',
    decline: null,
    createdAt: now,
    sentAt: now,
    sends: 1,
    refusal: null,
    refusedAt: null,
    isSeen: false,
    absentAt: null,
    checks: 0,
    checkAt: now + toPause(0),
    orderStatus: 'pending',
    failReason: null,
  }
  return {
    kind: 'charge',
    attempt,
    changes: { fields: { retryAt: null }, attempts: [attempt] },
  }
}

const rest: Step = { kind: 'wait', until: null }

function until(at: number | null, other: number | null): Step {
  return {
    kind: 'wait',
    until: at === null || other === null ? (at ?? other) : Math.min(at, other),
  }
}

function needsCheck({ state }: ChargeAttempt): boolean {
  return state === 'open' || state === 'refunding'
}
