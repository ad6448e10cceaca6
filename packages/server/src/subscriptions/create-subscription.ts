import {
  fail,
  ok,
  openSubscription,
  type Plan,
  type Result,
  type SubscriptionId,
} from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import { type ChargeDetails, isRequestOf } from '../domain/charge-details.ts'
import type { SubscriptionRequestFailure } from '../domain/subscription-failure.ts'
import { findUnknownPayee } from '../payees.ts'
import type { CreatedSubscription } from '../ports/subscriptions.ts'
import { unlimitedBudget } from '../run-budget.ts'
import { runSubscription } from './run-subscription.ts'
import { type TakeOver, takeOverSchedules } from './take-over-schedules.ts'

/** A subscription to create, with every value of it checked. */
export interface RequestedSubscription extends TakeOver {
  readonly id: SubscriptionId
  readonly name: string
  readonly plan: Plan
  readonly details: ChargeDetails
}

/**
 * Creates a subscription, or returns the one that exists with the same values, and makes the first charge if it is due now.
 * A charge that cannot be made now is made by a job.
 *
 * Schedules are revoked before the subscription exists: what is charged twice can only be refunded, and a request that was
 * interrupted is sent again.
 *
 * @returns The subscription as it is then. Failures: `account_unknown`, `tier_unknown`, `subscription_conflict`, `subscription_id_used`, `store_unavailable`, and
 * those of {@link takeOverSchedules}.
 */
export async function createSubscription(
  requested: RequestedSubscription,
  deps: JobDeps,
): Promise<Result<CreatedSubscription, SubscriptionRequestFailure>> {
  const { subscriptions } = deps.store
  const { id, customerId, name, plan, payee } = requested
  const unknown = findUnknownPayee(payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const request = toRequest(requested)
  const existing = await subscriptions.read([id])
  if (!existing.ok) return fail({ reason: 'store_unavailable', cause: existing.failure })
  const [found] = existing.value
  if (found !== undefined) {
    return isRequestOf(found, request)
      ? ok({ ...found, isNew: false })
      : fail({ reason: 'subscription_conflict' })
  }
  const startsAt = await takeOverSchedules(requested, deps)
  if (!startsAt.ok) return startsAt
  const now = deps.now().getTime()
  const write = openSubscription(id, plan, now, startsAt.value?.getTime() ?? now)
  const created = await subscriptions.create({
    customerId,
    name,
    request,
    write,
    ...(payee === undefined ? {} : { payee }),
  })
  if (!created.ok) return fail({ reason: 'store_unavailable', cause: created.failure })
  const { value: stored } = created
  if (stored === null) return fail({ reason: 'subscription_id_used' })
  if (!isRequestOf(stored, request)) return fail({ reason: 'subscription_conflict' })
  if (!stored.isNew) return ok(stored)
  const run = await runSubscription(stored, deps, unlimitedBudget)
  if (!run.ok) return fail({ reason: 'store_unavailable', cause: run.failure })
  const read = await subscriptions.read([id])
  if (!read.ok) return fail({ reason: 'store_unavailable', cause: read.failure })
  return ok({ ...(read.value[0] ?? stored), isNew: true })
}

/** The text by which a repeated request is recognised, and by which charges are made. What is not named is left out. */
function toRequest(requested: RequestedSubscription): string {
  const { customerId, name, plan, startsAt, schedules, details, payee } = requested
  const hasDetails = details.taxFree !== null || Object.keys(details.buyer).length > 0
  return JSON.stringify({
    customerId,
    name,
    plan,
    ...(startsAt === null ? {} : { startsAt }),
    ...(schedules.length === 0 ? {} : { schedules }),
    ...(hasDetails ? { details } : {}),
    ...(payee === undefined ? {} : { payee }),
  })
}
