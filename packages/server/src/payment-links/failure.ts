import type { OrderFailure } from '../domain/failure.ts'

/** Why an operation on a payment link failed. */
export type LinkFailure =
  | OrderFailure
  /** The setting that is missing. */
  | { readonly reason: 'configuration'; readonly detail: string }
  /** The order's status: nothing is to be paid. */
  | { readonly reason: 'order_not_open'; readonly detail: string }
  /** The provider's own message. */
  | { readonly reason: 'link_refused'; readonly detail: string | null }
  | {
      readonly reason:
        | 'too_many_links'
        | 'payment_link_unknown'
        | 'link_without_vat'
        | 'link_without_tier'
    }
