import type { Result, StoreFailure } from '@quayside/core'

/** What waits in the store, each counted up to {@link maxCounted}. */
export interface BacklogSize {
  /** Events that were not delivered yet and will be tried again. */
  readonly pendingEvents: number
  /** Those of them whose next try is due. */
  readonly dueEvents: number
  /** When the oldest of the pending events was written, among the {@link maxCounted} that are due first; null without one. */
  readonly oldestPendingAt: Date | null
  /** Events that are not tried again unless they are replayed. */
  readonly failedEvents: number
  /** Reconciliation issues that are open. */
  readonly openIssues: number
}

/** Up to how many rows of a kind are counted, so that a large backlog costs no more than a small one. */
export const maxCounted = 1_000

/** How much waits, for metrics and alerts. */
export interface Backlog {
  /** Reads once, writes nothing. Fails with `store_unavailable`. */
  size(): Promise<Result<BacklogSize, StoreFailure>>
}
