/** Why an operation on an order or on a reconciliation issue failed. */
export type OrderFailure =
  /**
   * A value of the request is invalid, for example an amount with too many digits. `field` is its name in the request,
   * `allowed` its values if they are few.
   */
  | {
      readonly reason: 'request_invalid'
      readonly field: string
      readonly allowed?: readonly string[]
    }
  /** The provider did not cancel, did not issue or cancel a cash receipt, or did not register or change a delivery. `detail` is its own message; null without one. */
  | {
      readonly reason: 'cancel_refused' | 'receipt_refused' | 'delivery_refused'
      readonly detail: string | null
    }
  /**
   * The channel that the order names cannot take it. `parameters` are the names in the request; `detail` says why, in both
   * languages.
   */
  | {
      readonly reason: 'channel_unsuitable'
      readonly parameters: readonly string[]
      readonly detail: { readonly en: string; readonly ko: string }
    }
  /** The settings name the tier, and the provider knows none of this code. `detail` names the tier. */
  | { readonly reason: 'tier_unknown_to_provider'; readonly detail: string }
  /** `detail` names the amounts that differ. */
  | { readonly reason: 'balance_mismatch' | 'balance_exceeded'; readonly detail: string }
  /** `cause` is for the log only. */
  | { readonly reason: OrderFailureReason; readonly cause?: unknown }

/** The failures that have no more to say than their name. */
export type OrderFailureReason =
  | 'order_unknown'
  | 'order_conflict'
  | 'order_of_other_payee'
  | 'account_unknown'
  | 'tier_unknown'
  | 'order_contended'
  | 'not_paid'
  | 'nothing_left'
  | 'refund_account_missing'
  | 'provider_refused_us'
  | 'provider_unavailable'
  | 'store_unavailable'
  | 'outcome_unknown'
  | 'receipt_unknown'
  | 'receipt_outcome_unknown'
  | 'delivery_unknown'
  | 'delivery_outcome_unknown'
