import type { Result, StoreFailure } from '@quayside/core'

/**
 * Up to when each list of the provider was read. Names: `paid`, `cancelled`; `reconciled`, by days; `reconciling`,
 * inside the day that is compared.
 */
export interface Cursors {
  /**
   * Leases a cursor for 50 seconds. Must not be repeated when its response is lost: the lease ends by itself. One that
   * ends more than 100 seconds ahead is from before the clock was set back, and counts as ended.
   *
   * @param name Which cursor.
   * @param startAt Where a cursor begins that does not exist yet.
   * @returns Its position; null while another caller has the lease. Fails with `store_unavailable`.
   */
  acquire(name: string, startAt: Date): Promise<Result<Date | null, StoreFailure>>
  /** Returns the position of a cursor; null when it does not exist. */
  position(name: string): Promise<Result<Date | null, StoreFailure>>
  /** Moves a leased cursor to `at` and ends its lease. */
  release(name: string, at: Date): Promise<Result<null, StoreFailure>>
}
