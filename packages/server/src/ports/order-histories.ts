import type { Order, Result, StoreFailure } from '@quayside/core'
import type { HistoryPage, HistoryPosition } from '../domain/order-history.ts'

/** What happened to each order, from what is recorded anyway. */
export interface OrderHistories {
  /**
   * Returns a page of what happened to an order, oldest first: payments that were offered for it, its events and those of
   * its reconciliation issues, its cancels and revocations, and these issues; of issues, cancels and revocations the
   * first hundred each. What the retention has deleted is not there: refusals, events that were delivered, and an
   * accepted payment that only such an event named. Nothing is written, so it may take two reads. Fails with `store_unavailable`.
   *
   * @param order The order as it is.
   * @param after The `next` of the page before; null for the first page.
   * @param count How many entries at most.
   */
  read(
    order: Order,
    after: HistoryPosition | null,
    count: number,
  ): Promise<Result<HistoryPage, StoreFailure>>
}
