import { type Result, toAmount, upcoming } from '@quayside/core'
import type { Context } from 'hono'
import type { JobDeps } from '../../deps.ts'
import type { StoredSubscription } from '../../domain/stored-subscription.ts'
import type { SubscriptionRequestFailure } from '../../domain/subscription-failure.ts'
import { presentAttempt, presentSubscription } from '../../events/subscription-payload.ts'
import { problemResponse } from '../problem-response.ts'
import type {
  SubscriptionResponse,
  SubscriptionSummary,
  UpcomingResponse,
} from '../schemas/responses/subscriptions.ts'

export function subscriptionResponse(
  c: Context,
  found: Result<StoredSubscription, SubscriptionRequestFailure>,
  deps: JobDeps,
): Response {
  return found.ok ? c.json(toResponse(found.value, deps)) : problemResponse(c, found.failure)
}

export function toResponse(stored: StoredSubscription, deps: JobDeps): SubscriptionResponse {
  return { ...toSummary(stored, deps), attempts: stored.attempts.map(presentAttempt) }
}

export function toSummary(stored: StoredSubscription, { config }: JobDeps): SubscriptionSummary {
  return {
    ...presentSubscription(stored.subscription, stored),
    created_at: stored.createdAt.toISOString(),
    updated_at: stored.updatedAt.toISOString(),
    mode: config.mode,
  }
}

export function toUpcoming({ subscription }: StoredSubscription, limit: number): UpcomingResponse {
  const { currency } = subscription.plan.amount
  return {
    upcoming: upcoming(subscription, limit).map(({ period, from, to, dueAt, amount }) => ({
      period,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      due_at: new Date(dueAt).toISOString(),
      amount: toAmount({ minor: amount, currency }),
      currency,
    })),
  }
}
