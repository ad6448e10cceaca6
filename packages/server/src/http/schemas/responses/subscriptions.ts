import * as z from 'zod/mini'
import { mode } from '../../../events/schemas.ts'
import { attemptResponse, subscriptionFields } from '../../../events/subscription-schemas.ts'

const subscriptionSummary = z.extend(subscriptionFields, {
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  mode,
})

export const subscriptionResponse = z.extend(subscriptionSummary, {
  /** The attempts of the open period, and those whose money is not settled. */
  attempts: z.array(attemptResponse),
})

export type SubscriptionSummary = z.infer<typeof subscriptionSummary>

export type SubscriptionResponse = z.infer<typeof subscriptionResponse>

export const subscriptionPage = z.strictObject({
  subscriptions: z.array(subscriptionSummary),
  /** The `after` of the next page; null on the last one. */
  next: z.nullable(z.string()),
})

export const attemptPage = z.strictObject({
  /** The newest first. */
  attempts: z.array(attemptResponse),
  /** The `after` of the next page; null on the last one. */
  next: z.nullable(z.string()),
})

export const upcomingResponse = z.strictObject({
  upcoming: z.array(
    z.strictObject({
      period: z.int(),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      /** When it is charged. */
      due_at: z.iso.datetime(),
      /** What is charged; 0 is not charged. */
      amount: z.number(),
      currency: z.string(),
    }),
  ),
})

export type UpcomingResponse = z.infer<typeof upcomingResponse>
