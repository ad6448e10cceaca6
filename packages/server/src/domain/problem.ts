/** Everything that can be wrong with a request of the merchant's server, or on the way to its answer. */
export type Problem =
  | { readonly reason: 'request_invalid'; readonly field: string }
  | { readonly reason: 'cancel_refused'; readonly detail: string | null }
  | { readonly reason: 'configuration'; readonly detail: string }
  | { readonly reason: PlainReason }

export type PlainReason =
  | 'media_type_unsupported'
  | 'body_too_large'
  | 'body_malformed'
  | 'unauthorized'
  | 'order_unknown'
  | 'order_conflict'
  | 'event_unknown'
  | 'reconciliation_issue_unknown'
  | 'order_contended'
  | 'not_paid'
  | 'nothing_left'
  | 'balance_exceeded'
  | 'balance_mismatch'
  | 'refund_account_missing'
  | 'provider_refused_us'
  | 'provider_unavailable'
  | 'store_unavailable'
  | 'outcome_unknown'
  | 'not_found'
  | 'method_not_allowed'
  | 'internal'
