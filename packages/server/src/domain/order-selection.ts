import type { OrderStatus } from '@quayside/core'
import type { StoredOrder } from './stored-order.ts'

/** A span of time: `from` belongs to it, `to` does not. Null for no bound. */
export interface TimeSpan {
  /** The first instant; null for no bound. */
  readonly from: Date | null
  /** The first instant after it; null for no bound. */
  readonly to: Date | null
}

/**
 * Which orders a list shows, and in which order:
 * - `created`: by the time of their creation, newest first;
 * - `paid`: those that have been paid, also if they were refunded since, by the time of payment, newest first;
 * - `id`: those whose id begins with `prefix`, by id.
 *
 * `status` leaves only the orders that have it; null leaves all.
 */
export type OrderSelection = { readonly status: OrderStatus | null } & (
  | ({ readonly by: 'created' | 'paid' } & TimeSpan)
  | { readonly by: 'id'; readonly prefix: string }
)

/** Up to where a list was read: the last order that was looked at, and its time; `at` is 0 in a list by id. */
export interface OrderPosition {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The order that was looked at last. */
  readonly merchantUid: string
}

/** A page of a list. */
export interface OrderPage {
  /** The orders of this page, in the order of the list. */
  readonly orders: readonly StoredOrder[]
  /** Where the next page begins; null on the last one. A page with fewer orders than asked for, or none, may have one. */
  readonly next: OrderPosition | null
}
