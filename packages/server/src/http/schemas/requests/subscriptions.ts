import * as z from 'zod/mini'
import { subscriptionStatuses } from '../../../domain/status.ts'
import { once } from '../../../once.ts'
import { customerId } from './billing-keys.ts'
import { merchantUid, payeeRequest } from './orders.ts'

const whole = (least: number, most: number) =>
  z.number().check(z.int(), z.minimum(least), z.maximum(most))

// The description of the API states the defaults of `retry`; core fills them in.
const defaultSteps = [
  { days: 1, hour: 10 },
  { days: 3, hour: 18 },
  { days: 5, hour: 10 },
]

/** The plan of a request: what is left out has its default. Whether its values fit together, core says. */
export const planRequest = once(() =>
  z.strictObject({
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
  }),
)

export const subscriptionId = once(() =>
  z.string().check(z.regex(/^[A-Za-z0-9_-]{1,24}$/, 'is outside its grammar')),
)

const buyerText = once(() => z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u)))

const buyer = once(() =>
  z.strictObject({
    name: z.optional(buyerText()),
    email: z.optional(buyerText()),
    tel: z.optional(buyerText()),
  }),
)

export const subscriptionRequest = once(() =>
  z.strictObject({
    id: subscriptionId(),
    customer_id: customerId(),
    ...payeeRequest(),
    /** The name of its orders, as the provider shows it to the buyer. */
    name: z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{1,40}$/u)),
    plan: planRequest(),
    /** What some PGs require at each charge. */
    buyer: z.optional(buyer()),
    /** The tax-free part of the plan's amount, for a merchant id that mixes; each charge has the same share of it. */
    tax_free: z.optional(z.number().check(z.nonnegative())),
    /** When the first period begins, at most a year ahead; now by default, or with `schedules` when the first of them is due. */
    starts_at: z.optional(z.iso.datetime({ offset: true })),
    /** The orders of charges that are scheduled at the provider: they are revoked, and the subscription charges in their place. */
    schedules: z.optional(
      z.array(merchantUid()).check(
        z.minLength(1),
        z.maxLength(12),
        z.refine((all) => new Set(all).size === all.length),
      ),
    ),
  }),
)

export const subscriptionChange = once(() =>
  z.strictObject({
    /** What each later charge tells the PG of the buyer, in place of what it told before; empty for nothing. */
    buyer: buyer(),
  }),
)

export const subscriptionQuery = once(() =>
  z.strictObject({
    ...payeeRequest(),
    customer_id: z.optional(customerId()),
    status: z.optional(z.enum(subscriptionStatuses)),
    /** The last id of the page before. */
    after: z._default(z.string().check(z.maxLength(24)), ''),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  }),
)

/** A request without a field. */
export const emptyRequest = once(() => z.strictObject({}))

export const cancelSubscriptionRequest = once(() =>
  z.strictObject({
    /** `period_end`: after what is paid. */
    at: z._default(z.enum(['now', 'period_end']), 'period_end'),
  }),
)

export const changePlanRequest = once(() =>
  z.strictObject({
    plan: planRequest(),
    /** `now` prorates what is left of the period; it needs the same period, anchor and hour. */
    at: z._default(z.enum(['now', 'next_period']), 'next_period'),
  }),
)

export const refundPeriodRequest = once(() =>
  z.strictObject({
    period: z.int().check(z.minimum(1), z.maximum(99_999)),
  }),
)

export const attemptQuery = once(() =>
  z.strictObject({
    /** The `merchant_uid` of the last attempt of the page before. */
    after: z._default(z.string().check(z.maxLength(40)), ''),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  }),
)

export const upcomingQuery = once(() =>
  z.strictObject({
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 12),
  }),
)
