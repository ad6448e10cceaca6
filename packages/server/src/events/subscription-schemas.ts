import * as z from 'zod/mini'
import { instant, mode, payeeFields } from './schemas.ts'

// Schemas of subscriptions: the types of what is presented, and the source of the OpenAPI description.

export const subscriptionStatus = z.enum([
  'trialing',
  'active',
  'past_due',
  'paused',
  'cancelled',
  'ended',
])

const declineKind = z.enum([
  'outcome_unknown',
  'curable',
  'means_dead',
  'refused',
  'setup',
  'unrecognized',
])

const whole = (least: number, most: number) =>
  z.number().check(z.int(), z.minimum(least), z.maximum(most))

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

// The description of the API states the defaults of `retry`; core fills them in.
const defaultSteps = [
  { days: 1, hour: 10 },
  { days: 3, hour: 18 },
  { days: 5, hour: 10 },
]

/** The plan of a request: what is left out has its default. Whether its values fit together, core says. */
export const planRequest = z.strictObject({
  amount: z.number().check(z.nonnegative()),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  period: z.strictObject({
    unit: z.enum(['day', 'week', 'month', 'year']),
    count: whole(1, 366),
  }),
  /** The day of the month on which periods of months and years begin; the last day of a shorter month. */
  anchor_day: z.optional(z.nullable(whole(1, 31))),
  /** The hour in Seoul at which periods begin and are charged; 10 by default. */
  hour: z.optional(whole(0, 23)),
  trial_days: z.optional(whole(0, 366)),
  /** Where there is an anchor day: whether the days before it are charged as the first period, or nothing before it. */
  first: z.optional(z.enum(['now', 'anchor'])),
  /** Whether the days before the first anchor are charged by their share of a period; by default with `now` only. */
  prorate: z.optional(z.boolean()),
  /** For the first periods, one after the other: `percent`, or `amount` in the unit of the currency. */
  discounts: z.optional(
    z
      .array(
        z.union([
          z.strictObject({ periods: whole(1, 99_999), amount: z.number().check(z.positive()) }),
          z.strictObject({ periods: whole(1, 99_999), percent: whole(1, 100) }),
        ]),
      )
      .check(z.maxLength(10)),
  ),
  /** After how many periods it ends; null or left out: never by itself. */
  periods: z.optional(z.nullable(whole(1, 99_999))),
  /** When a failed charge is tried again, and what happens if none succeeds; each field has its own default. */
  retry: z.optional(
    z.strictObject({
      /** Empty: it is not tried again. */
      steps: z.optional(
        z
          .array(
            z.strictObject({
              days: whole(0, 60),
              hour: z.optional(whole(0, 23).check(z.meta({ default: 10 }))),
            }),
          )
          .check(z.maxLength(15), z.meta({ default: defaultSteps })),
      ),
      grace_days: z.optional(whole(0, 60).check(z.meta({ default: 2 }))),
      at_end: z.optional(z.enum(['cancel', 'pause']).check(z.meta({ default: 'cancel' }))),
      fallback: z.optional(z.boolean().check(z.meta({ default: true }))),
    }),
  ),
})

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
  status: subscriptionStatus,
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
