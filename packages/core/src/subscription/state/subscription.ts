import type { OrderStatus } from '../../order/order.ts'
import type { MerchantUid } from '../../values/ids.ts'
import type { Money } from '../../values/money.ts'
import type { Plan } from '../plan/plan.ts'
import type { SubscriptionId } from './attempt-id.ts'
import type { DeclineKind } from './decline.ts'

/**
 * The status of a subscription:
 * - `trialing`: before its first charge;
 * - `active`: every period that is due is settled, or its first attempt is not known to have failed;
 * - `past_due`: a period is due and not paid: a charge failed, or the customer has no usable key;
 * - `paused`: nothing is charged until it is resumed;
 * - `cancelled`: ended by the merchant, the buyer or the retry policy. Final;
 * - `ended`: all periods of the plan are over. Final.
 */
export type SubscriptionStatus =
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'paused'
  | 'cancelled'
  | 'ended'

/** Where the periods of a subscription begin. It starts anew when a pause or another rhythm interrupts it. */
export interface SubscriptionCalendar {
  /** When the first of its periods begins, before any trial, in ms. */
  readonly startsAt: number
  /** The number of that period. */
  readonly firstPeriod: number
  /** Whether the plan's trial and its `first` apply. False after an interruption: it is charged when it starts. */
  readonly isInitial: boolean
}

/** A subscription as it is stored. Times are in ms since 1970. Only a {@link SubscriptionWrite} changes it. */
export interface Subscription {
  /** The merchant's id of it. */
  readonly id: SubscriptionId
  /** JSON. */
  readonly plan: Plan
  /** JSON. The plan from the period after the open one; null when it does not change. */
  readonly nextPlan: Plan | null
  /** The period with which the plan began: its discounts count from it. */
  readonly planSince: number
  /** JSON. */
  readonly calendar: SubscriptionCalendar
  /** Where it stands. `cancelled` and `ended` are final. */
  readonly status: SubscriptionStatus
  /** The first period that is not settled, from 1. */
  readonly period: number
  /** When the last settled period begins; null before the first one. */
  readonly paidFrom: number | null
  /** Until when the settled periods last; null before the first one. */
  readonly paidThrough: number | null
  /** What the running period costs, before credits, in minor units; null without one. Plan changes are prorated by it. */
  readonly price: number | null
  /** What plan changes left to pay (more than 0) or to credit (less than 0) with the next charges, in minor units. */
  readonly balance: number
  /** When it is cancelled, at the beginning of a period that will not be charged; null when nobody asked for it. */
  readonly cancelAt: number | null
  /** When the open period was first known to be unpaid; null unless `past_due`. The retry policy counts from it. */
  readonly pastDueAt: number | null
  /** Why it is `past_due`, or `cancelled` or `paused` by its retry policy; null otherwise. */
  readonly reason: DeclineKind | 'no_billing_key' | null
  /** The merchant asked at this time for an attempt before the next step of the retry policy; null without it. */
  readonly retryAt: number | null
  /** When the next step is due; null for nothing until a command or a change of one of its orders. */
  readonly dueAt: number | null
  /** Counts the writes. A writer passes the one it read. */
  readonly sequence: number
}

/**
 * What the subscription made of an attempt:
 * - `open`: the outcome is not known;
 * - `failed`: it is known to have failed, and the next attempt may be made;
 * - `booked`: it settled its period;
 * - `refunding`: its money is to be refunded;
 * - `refunded`: its order is refunded in full.
 */
export type AttemptState = 'open' | 'failed' | 'booked' | 'refunding' | 'refunded'

/** One attempt to charge a period, with the status of its order. Times are in ms since 1970. */
export interface ChargeAttempt {
  /** The id of its order: {@link toAttemptId}. */
  readonly merchantUid: MerchantUid
  /** The period that it charges, from 1. */
  readonly period: number
  /** The number of the attempt in its period, from 1. */
  readonly number: number
  /** What it charges, after discounts, shares of a period and the balance. */
  readonly amount: Money
  /** The `customer_uid` that is charged. */
  readonly billingKey: string
  /** What the subscription made of it. */
  readonly state: AttemptState
  /** Why it failed; null unless `failed`. */
  readonly decline: DeclineKind | null
  /** When the attempt was written, before its first call. */
  readonly createdAt: number
  /** When the last permission to call was written. The call is made at most once for each. */
  readonly sentAt: number
  /** How many times it was permitted to call, at least 1. */
  readonly sends: number
  /** The message with which the provider refused the last call (`code` other than 0); null without one. */
  readonly refusal: string | null
  /** When the refusal was written; null without one. */
  readonly refusedAt: number | null
  /** Whether a lookup found a payment of it. */
  readonly isSeen: boolean
  /** When the last lookup that found no payment was sent; null without one since the last call. */
  readonly absentAt: number | null
  /** How many lookups (or refund requests) were permitted since the state last changed. */
  readonly checks: number
  /** When the next lookup or refund request is due. */
  readonly checkAt: number
  /** Not written by a step: the status of its order, as it was read with it. */
  readonly orderStatus: OrderStatus
  /** Not written by a step: the order's `failReason`. */
  readonly failReason: string | null
}

/** Everything that a decision reads. */
export interface SubscriptionState {
  /** The subscription as it is stored. */
  readonly subscription: Subscription
  /**
   * The attempts of the open period; every attempt that is `open` or `refunding`; every `failed` one whose order is
   * paid or partially cancelled; every `booked` one whose order is cancelled. Others may be present.
   */
  readonly attempts: readonly ChargeAttempt[]
  /** The usable keys of the customer (`customer_uid`), the preferred one first. */
  readonly billingKeys: readonly string[]
}

/** An event that is written with a step. Its full type is `subscription.<kind>`. */
export interface SubscriptionEvent {
  /** What happened. */
  readonly kind:
    | 'created'
    | 'charged'
    | 'charge_failed'
    | 'past_due'
    | 'recovered'
    | 'paused'
    | 'resumed'
    | 'cancelled'
    | 'ended'
    | 'refunded'
    | 'plan_changed'
  /** The attempt that it is about; null for a period without charge and for events of the whole subscription. */
  readonly merchantUid: MerchantUid | null
  /** The period that it is about. */
  readonly period: number
  /** Its place among the writes of the subscription: unique, and at most the sequence of the subscription after it. */
  readonly sequence: number
}

/** What is written in one transaction, if the subscription still has the sequence that was read. */
export interface SubscriptionWrite {
  /** The subscription after it. Its sequence is higher by the number of events, by 1 without events. */
  readonly subscription: Subscription
  /** The attempts that are new or changed, by `merchantUid`. */
  readonly attempts: readonly ChargeAttempt[]
  /** In the order in which they happened; empty for a step that nobody is told of. */
  readonly events: readonly SubscriptionEvent[]
}
