import * as z from 'zod/mini'
import { mode } from '../../events/schemas.ts'
import {
  attemptResponse,
  planRequest,
  subscriptionFields,
  subscriptionStatus,
} from '../../events/subscription-schemas.ts'
import { customerId } from './billing-keys.ts'
import { merchantUid, payeeRequest } from './requests.ts'

// Requests and responses of subscriptions. Unknown names are refused: a misspelt one would otherwise be ignored.

export const subscriptionId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,24}$/, 'is outside its grammar'))

const buyerText = z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u))

const buyer = z.strictObject({
  name: z.optional(buyerText),
  email: z.optional(buyerText),
  tel: z.optional(buyerText),
})

export const subscriptionRequest = z.strictObject({
  id: subscriptionId,
  customer_id: customerId,
  ...payeeRequest,
  /** The name of its orders, as the provider shows it to the buyer. */
  name: z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{1,40}$/u)),
  plan: planRequest,
  /** What some PGs require at each charge. */
  buyer: z.optional(buyer),
  /** The tax-free part of the plan's amount, for a merchant id that mixes; each charge has the same share of it. */
  tax_free: z.optional(z.number().check(z.nonnegative())),
  /** When the first period begins, at most a year ahead; now by default, or with `schedules` when the first of them is due. */
  starts_at: z.optional(z.iso.datetime({ offset: true })),
  /** The orders of charges that are scheduled at the provider: they are revoked, and the subscription charges in their place. */
  schedules: z.optional(
    z.array(merchantUid).check(
      z.minLength(1),
      z.maxLength(12),
      z.refine((all) => new Set(all).size === all.length),
    ),
  ),
})

export const subscriptionChange = z.strictObject({
  /** What each later charge tells the PG of the buyer, in place of what it told before; empty for nothing. */
  buyer,
})

export const subscriptionQuery = z.strictObject({
  ...payeeRequest,
  customer_id: z.optional(customerId),
  status: z.optional(subscriptionStatus),
  /** The last id of the page before. */
  after: z._default(z.string().check(z.maxLength(24)), ''),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
})

/** A request without a field. */
export const emptyRequest = z.strictObject({})

export const cancelSubscriptionRequest = z.strictObject({
  /** `period_end`: after what is paid. */
  at: z._default(z.enum(['now', 'period_end']), 'period_end'),
})

export const changePlanRequest = z.strictObject({
  plan: planRequest,
  /** `now` prorates what is left of the period; it needs the same period, anchor and hour. */
  at: z._default(z.enum(['now', 'next_period']), 'next_period'),
})

export const refundPeriodRequest = z.strictObject({
  period: z.int().check(z.minimum(1), z.maximum(99_999)),
})

export const attemptQuery = z.strictObject({
  /** The `merchant_uid` of the last attempt of the page before. */
  after: z._default(z.string().check(z.maxLength(40)), ''),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
})

export const upcomingQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 12),
})

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
