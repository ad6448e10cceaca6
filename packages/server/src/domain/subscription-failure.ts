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
  /** A subscription with this id exists with another request. */
  | 'subscription_conflict'
  /** An order of the merchant has an id that one of the charges would get. */
  | 'subscription_id_used'
  /** Other requests changed it again and again. */
  | 'subscription_contended'
  | 'store_unavailable'
