import * as z from 'zod/mini'
import { subscriptionStatuses } from '../domain/status.ts'
import { instant, mode, payeeFields } from './schemas.ts'

// Schemas of subscriptions: the types of what is presented, and the source of the OpenAPI description.

const declineKind = z.enum([
  'outcome_unknown',
  'curable',
  'means_dead',
  'refused',
  'setup',
  'unrecognized',
])

/** What a subscription costs and when, with every value. */
export const planResponse = z.strictObject({
  /** The price of one period. */
  amount: z.number(),
  currency: z.string(),
  period: z.strictObject({ unit: z.enum(['day', 'week', 'month', 'year']), count: z.int() }),
  anchor_day: z.nullable(z.int()),
  hour: z.int(),
  trial_days: z.int(),
  first: z.enum(['now', 'anchor']),
  prorate: z.boolean(),
  discounts: z.array(
    z.strictObject({
      periods: z.int(),
      amount: z.optional(z.number()),
      percent: z.optional(z.int()),
    }),
  ),
  periods: z.nullable(z.int()),
  retry: z.strictObject({
    steps: z.array(z.strictObject({ days: z.int(), hour: z.int() })),
    grace_days: z.int(),
    at_end: z.enum(['cancel', 'pause']),
    fallback: z.boolean(),
  }),
})

export type PlanResponse = z.infer<typeof planResponse>

export const attemptResponse = z.strictObject({
  /** The id of its order. */
  merchant_uid: z.string(),
  period: z.int(),
  number: z.int(),
  amount: z.number(),
  currency: z.string(),
  /** The billing key that is charged. */
  customer_uid: z.string(),
  /** `open`: not known yet. `booked`: it paid its period. */
  state: z.enum(['open', 'failed', 'booked', 'refunding', 'refunded']),
  /** Why it failed, by what helps; null unless it failed. */
  decline: z.nullable(declineKind),
  fail_reason: z.nullable(z.string()),
  order_status: z.string(),
  imp_uid: z.nullable(z.string()),
  paid_at: instant,
})

export type AttemptResponse = z.infer<typeof attemptResponse>

export const subscriptionFields = z.strictObject({
  id: z.string(),
  ...payeeFields,
  customer_id: z.string(),
  name: z.string(),
  status: z.enum(subscriptionStatuses),
  /** Why it is past due, or was paused or cancelled by its retry policy; null otherwise. */
  reason: z.nullable(z.enum([...declineKind.options, 'no_billing_key'])),
  plan: planResponse,
  /** The plan from the next period; null while it does not change. */
  next_plan: z.nullable(planResponse),
  /** The first period that is not settled, from 1. */
  period: z.int(),
  /** Until when it is paid; null before the first period. */
  paid_through: instant,
  /** Left to pay (above 0) or to credit (below 0) with the next charges. */
  balance: z.number(),
  /** When it is cancelled; null when nobody asked for it. */
  cancel_at: instant,
  past_due_at: instant,
  /** When something is done next; null for nothing. */
  next_at: instant,
  sequence: z.int(),
})

/** A subscription as the merchant API and its events show it: amounts in the currency's unit, times in ISO 8601. */
export type SubscriptionFields = z.infer<typeof subscriptionFields>

const eventPayload = z.extend(subscriptionFields, {
  /** The period that the event is about. */
  event_period: z.int(),
  /** The attempt that it is about; null for a period without charge, and for events of the whole subscription. */
  attempt: z.nullable(attemptResponse),
})

/** The `data` of a subscription's event, without `mode`. */
export type SubscriptionEventPayload = z.infer<typeof eventPayload>

/** An event of a subscription. */
export const subscriptionEvent = z.strictObject({
  type: z.enum([
    'subscription.created',
    'subscription.charged',
    'subscription.charge_failed',
    'subscription.past_due',
    'subscription.recovered',
    'subscription.paused',
    'subscription.resumed',
    'subscription.cancelled',
    'subscription.ended',
    'subscription.refunded',
    'subscription.plan_changed',
  ]),
  timestamp: z.iso.datetime(),
  data: z.extend(eventPayload, { mode }),
})
