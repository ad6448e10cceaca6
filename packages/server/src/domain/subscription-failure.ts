import type { SubscriptionFailure } from '@quayside/core'

/** Why a request about a subscription failed. What core refuses has its own reasons. */
export type SubscriptionRequestFailure =
  | SubscriptionFailure
  /** A value of the request is invalid. `field` is its name in the request. */
  | { readonly reason: 'request_invalid'; readonly field: string }
  /** `cause` is for the log only. */
  | { readonly reason: SubscriptionFailureReason; readonly cause?: unknown }

export type SubscriptionFailureReason =
  | 'subscription_unknown'
  | 'account_unknown'
  | 'tier_unknown'
  /** A subscription with this id exists with another request. */
  | 'subscription_conflict'
  /** An order of the merchant has an id that one of the charges would get. */
  | 'subscription_id_used'
  /** Other requests changed it again and again. */
  | 'subscription_contended'
  /** The provider has no schedule of this order. */
  | 'schedule_unknown'
  /** A schedule of a key that the customer does not have here. */
  | 'schedule_of_another_key'
  /** A schedule was charged, or tried, for what the subscription would charge as well. */
  | 'schedule_executed'
  /** It is not known that no schedule is left. The request may be repeated. */
  | 'schedules_not_revoked'
  | 'store_unavailable'
