import type { OrderStatus } from '@quayside/core'
import type { StoredOrder } from './stored-order.ts'

/** A span of time: `from` belongs to it, `to` does not. Null for no bound. */
interface Span {
  readonly from: Date | null
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
  | ({ readonly by: 'created' | 'paid' } & Span)
  | { readonly by: 'id'; readonly prefix: string }
)

/** Up to where a list was read: the last order that was looked at, and its time; `at` is 0 in a list by id. */
export interface OrderPosition {
  readonly at: number
  readonly merchantUid: string
}

/** A page of a list. */
export interface OrderPage {
  readonly orders: readonly StoredOrder[]
  /** Where the next page begins; null on the last one. A page with fewer orders than asked for, or none, may have one. */
  readonly next: OrderPosition | null
}
