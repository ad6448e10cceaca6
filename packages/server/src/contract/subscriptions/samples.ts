import { strict as assert } from 'node:assert'
import {
  type ChargeAttempt,
  type Plan,
  parseSubscriptionId,
  type Subscription,
  type SubscriptionEvent,
  type SubscriptionId,
  type SubscriptionWrite,
  toAttemptId,
} from '@quayside/core'
import type { Store, StoredSubscription } from '../../index.ts'
import type { Clock } from '../runner.ts'
import { money, take } from '../samples.ts'

const minuteMs = 60_000

const plan: Plan = {
  amount: money(9_900),
  period: { unit: 'month', count: 1 },
  anchorDay: 31,
  hour: 10,
  trialDays: 0,
  first: 'now',
  prorate: false,
  discounts: [{ periods: 3, off: { percent: 50 } }],
  periods: null,
  retry: { steps: [{ days: 1, hour: 10 }], graceDays: 2, atEnd: 'cancel', fallback: true },
}

export const customerId = '고객/42 '

export function idOf(text: string): SubscriptionId {
  const id = parseSubscriptionId(text)
  assert.ok(id !== null)
  return id
}

export function subscriptionOf(
  text: string,
  at: Date,
  changes: Partial<Subscription> = {},
): Subscription {
  return {
    id: idOf(text),
    plan,
    nextPlan: null,
    planSince: 1,
    calendar: { startsAt: at.getTime(), firstPeriod: 1, isInitial: true },
    status: 'active',
    period: 1,
    paidThrough: null,
    paidFrom: null,
    price: null,
    balance: 0,
    cancelAt: null,
    pastDueAt: null,
    reason: null,
    retryAt: null,
    dueAt: at.getTime(),
    sequence: 1,
    ...changes,
  }
}

export function event(
  kind: SubscriptionEvent['kind'],
  sequence: number,
  merchantUid: SubscriptionEvent['merchantUid'] = null,
): SubscriptionEvent {
  return { kind, merchantUid, period: 1, sequence }
}

/** Creates a subscription that is due at once, and returns it as the store has it. */
export async function create(
  store: Store,
  text: string,
  clock: Clock,
  changes: Partial<Subscription> = {},
  named: Pick<StoredSubscription, 'payee'> = {},
): Promise<StoredSubscription> {
  const subscription = subscriptionOf(text, clock.now(), changes)
  const write = { subscription, attempts: [], events: [event('created', 1)] }
  const created = take(
    await store.subscriptions.create({
      customerId,
      name: '구독',
      request: '{"a":1}',
      write,
      ...named,
    }),
  )
  assert.ok(created)
  return created
}

export function attemptOf(
  { id, period }: Subscription,
  number: number,
  at: Date,
  changes: Partial<ChargeAttempt> = {},
): ChargeAttempt {
  return {
    merchantUid: toAttemptId({ subscriptionId: id, period, attempt: number }),
    period,
    number,
    amount: money(4_950),
    billingKey: 'ck1',
    state: 'open',
    decline: null,
    createdAt: at.getTime(),
    sentAt: at.getTime(),
    sends: 1,
    refusal: null,
    refusedAt: null,
    isSeen: false,
    absentAt: null,
    checks: 0,
    checkAt: at.getTime() + minuteMs,
    orderStatus: 'pending',
    failReason: null,
    ...changes,
  }
}

/** A write that charges: a new attempt, and the subscription due when its outcome is looked up. */
export function charging(
  { subscription }: StoredSubscription,
  at: Date,
  number = 1,
): SubscriptionWrite & { readonly attempt: ChargeAttempt } {
  const attempt = attemptOf(subscription, number, at)
  return {
    attempt,
    subscription: {
      ...subscription,
      dueAt: attempt.checkAt,
      sequence: subscription.sequence + 1,
    },
    attempts: [attempt],
    events: [],
  }
}

export async function readOne(store: Store, text: string): Promise<StoredSubscription> {
  const [stored] = take(await store.subscriptions.read([idOf(text)]))
  assert.ok(stored)
  return stored
}
