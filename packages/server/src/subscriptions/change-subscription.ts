import {
  fail,
  ok,
  type Result,
  type SubscriptionFailure,
  type SubscriptionId,
  type SubscriptionState,
  type SubscriptionWrite,
} from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { BuyerDetails } from '../domain/buyer-details.ts'
import { withoutBuyer } from '../domain/charge-details.ts'
import type { StoredSubscription } from '../domain/stored-subscription.ts'
import type { SubscriptionRequestFailure } from '../domain/subscription-failure.ts'
import { unlimitedBudget } from '../run-budget.ts'
import { refundAttempt, runSubscription } from './run-subscription.ts'
import { toState } from './state.ts'

/** What the merchant wants of a subscription, as core decides it. */
export type Command = (
  state: SubscriptionState,
  now: number,
) => Result<SubscriptionWrite, SubscriptionFailure>

/** A job and a webhook are all that write it beside a request. */
const maxTries = 5

/** More attempts than a period can have. */
const maxAttemptsOfPeriod = 100

/**
 * Carries out a command of the merchant, and whatever is due then.
 *
 * @param isDone Whether the subscription is what the command leads to: the answer to an earlier request may have been lost.
 * @returns The subscription as it is then. Failures: core's of the command, `subscription_unknown`,
 * `subscription_contended`, `store_unavailable`.
 */
export async function changeSubscription(
  id: SubscriptionId,
  command: Command,
  deps: JobDeps,
  isDone: (stored: StoredSubscription) => boolean = () => false,
): Promise<Result<StoredSubscription, SubscriptionRequestFailure>> {
  for (let tries = 0; tries < maxTries; tries++) {
    const found = await readSubscription(id, deps)
    if (!found.ok || isDone(found.value)) return found
    const commanded = await write(found.value, command, deps)
    if (!commanded.ok) return commanded
    if (commanded.value !== null) return run(commanded.value, deps)
  }
  return fail({ reason: 'subscription_contended' })
}

/**
 * Refunds what is left of the payment of a settled period.
 *
 * @returns The subscription as it is then; the event follows once the payment's record shows the refund. Failures: as
 * {@link changeSubscription}, `period_not_charged`.
 */
export async function refundPeriodOf(
  id: SubscriptionId,
  period: number,
  command: Command,
  deps: JobDeps,
): Promise<Result<StoredSubscription, SubscriptionRequestFailure>> {
  for (let tries = 0; tries < maxTries; tries++) {
    const found = await readSubscription(id, deps)
    if (!found.ok) return found
    const before = { period, number: maxAttemptsOfPeriod }
    const page = await deps.store.subscriptions.attempts(id, before, maxAttemptsOfPeriod)
    if (!page.ok) return fail({ reason: 'store_unavailable', cause: page.failure })
    const own = page.value.filter((attempt) => attempt.period === period)
    const booked = own.find(({ state }) => state === 'booked')
    const isRefunded = own.some(({ state }) => state === 'refunding' || state === 'refunded')
    // Late money of another attempt may have been refunded before.
    if (booked === undefined && isRefunded) return found
    const known = new Set(own.map(({ merchantUid }) => merchantUid))
    const others = found.value.attempts.filter(({ merchantUid }) => !known.has(merchantUid))
    const stored = { ...found.value, attempts: [...others, ...own] }
    const commanded = await write(stored, command, deps)
    if (!commanded.ok) return commanded
    if (commanded.value === null) continue
    if (booked !== undefined) await refundAttempt(booked, deps)
    return readAndRun(id, deps)
  }
  return fail({ reason: 'subscription_contended' })
}

/** Replaces what charges tell the provider of the buyer, from the next charge on. What they told before is not kept. */
export async function changeBuyer(
  id: SubscriptionId,
  buyer: BuyerDetails,
  deps: JobDeps,
): Promise<Result<StoredSubscription, SubscriptionRequestFailure>> {
  const found = await readSubscription(id, deps)
  if (!found.ok) return found
  // Nothing else of a request changes, so that nobody else's change of it is lost.
  const request = withoutBuyer(found.value.request)
  const changed = await deps.store.subscriptions.changeBuyer(id, buyer, request)
  if (!changed.ok) return fail({ reason: 'store_unavailable', cause: changed.failure })
  return changed.value === null ? fail({ reason: 'subscription_unknown' }) : ok(changed.value)
}

/** Returns a subscription with its open attempts. Failures: `subscription_unknown`, `store_unavailable`. */
export async function readSubscription(
  id: SubscriptionId,
  { store }: JobDeps,
): Promise<Result<StoredSubscription, SubscriptionRequestFailure>> {
  const read = await store.subscriptions.read([id])
  if (!read.ok) return fail({ reason: 'store_unavailable', cause: read.failure })
  const [stored] = read.value
  return stored === undefined ? fail({ reason: 'subscription_unknown' }) : ok(stored)
}

/** Returns the subscription after the command; null when it was written meanwhile. */
async function write(
  stored: StoredSubscription,
  command: Command,
  deps: JobDeps,
): Promise<Result<StoredSubscription | null, SubscriptionRequestFailure>> {
  const { billingKeys, subscriptions } = deps.store
  const keys = await billingKeys.usableKeys(stored.customerId, deps.config.mode, stored.payee)
  if (!keys.ok) return fail({ reason: 'store_unavailable', cause: keys.failure })
  const commanded = command(toState(stored, keys.value), deps.now().getTime())
  if (!commanded.ok) return commanded
  const written = await subscriptions.write(stored, commanded.value)
  if (!written.ok) return fail({ reason: 'store_unavailable', cause: written.failure })
  return written
}

async function readAndRun(
  id: SubscriptionId,
  deps: JobDeps,
): Promise<Result<StoredSubscription, SubscriptionRequestFailure>> {
  const found = await readSubscription(id, deps)
  return found.ok ? run(found.value, deps) : found
}

/** Does what is due after a command. What cannot be done now is done by a job. */
async function run(
  stored: StoredSubscription,
  deps: JobDeps,
): Promise<Result<StoredSubscription, SubscriptionRequestFailure>> {
  const ran = await runSubscription(stored, deps, unlimitedBudget)
  if (!ran.ok) return fail({ reason: 'store_unavailable', cause: ran.failure })
  return readSubscription(stored.subscription.id, deps)
}
