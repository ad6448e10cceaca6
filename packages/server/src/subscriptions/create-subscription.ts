import {
  fail,
  ok,
  openSubscription,
  type Plan,
  type Result,
  type SubscriptionId,
} from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { SubscriptionRequestFailure } from '../domain/subscription-failure.ts'
import type { CreatedSubscription } from '../ports/subscriptions.ts'
import { unlimitedBudget } from '../run-budget.ts'
import { runSubscription } from './run-subscription.ts'

/** A subscription to create, with every value of it checked. */
export interface RequestedSubscription {
  readonly id: SubscriptionId
  readonly customerId: string
  readonly name: string
  readonly plan: Plan
}

/**
 * Creates a subscription, or returns the one that exists with the same values, and makes the first charge if it is due now.
 * A charge that cannot be made now is made by a job.
 *
 * @returns The subscription as it is then. Failures: `subscription_conflict`, `subscription_id_used`, `store_unavailable`.
 */
export async function createSubscription(
  { id, customerId, name, plan }: RequestedSubscription,
  deps: JobDeps,
): Promise<Result<CreatedSubscription, SubscriptionRequestFailure>> {
  const { subscriptions } = deps.store
  const request = JSON.stringify({ customerId, name, plan })
  const write = openSubscription(id, plan, deps.now().getTime())
  const created = await subscriptions.create({ customerId, name, request, write })
  if (!created.ok) return fail({ reason: 'store_unavailable', cause: created.failure })
  const { value: stored } = created
  if (stored === null) return fail({ reason: 'subscription_id_used' })
  if (stored.request !== request) return fail({ reason: 'subscription_conflict' })
  if (!stored.isNew) return ok(stored)
  const run = await runSubscription(stored, deps, unlimitedBudget)
  if (!run.ok) return fail({ reason: 'store_unavailable', cause: run.failure })
  const read = await subscriptions.read([id])
  if (!read.ok) return fail({ reason: 'store_unavailable', cause: read.failure })
  return ok({ ...(read.value[0] ?? stored), isNew: true })
}
