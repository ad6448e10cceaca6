import type { MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { NewIssue, ReconciliationIssue } from '../domain/reconciliation-issue.ts'

/**
 * Payments that no order accounts for, and paid orders without their payment. Unmatched payments of an order are
 * also written by `OrderStore.recordAttempt`, in its transaction, with the order's policy.
 */
export interface ReconciliationIssues {
  /** Writes issues with the policy `report`, each with its event unless it exists: up to a thousand at once. */
  add(issues: readonly NewIssue[]): Promise<Result<null, StoreFailure>>
  /** Returns those of the ids whose issues exist, open or closed. */
  existing(ids: readonly string[]): Promise<Result<ReadonlySet<string>, StoreFailure>>
  /**
   * Returns the open issues of the kinds `order_unknown` and `mismatch_paid` whose payment one of these orders has
   * accepted since.
   */
  accountedFor(
    ids: readonly MerchantUid[],
  ): Promise<Result<readonly ReconciliationIssue[], StoreFailure>>
  /**
   * Leases issues whose policy is `refund` and due, for 50 seconds.
   *
   * @param limit How many at most.
   */
  claim(limit: number): Promise<Result<readonly ReconciliationIssue[], StoreFailure>>
  /** Closes an issue and writes an event with its outcome, unless it is closed. */
  close(issue: ReconciliationIssue, outcome: string): Promise<Result<null, StoreFailure>>
  /**
   * Records a try that did not close the issue.
   *
   * @param issue The issue as it was claimed.
   * @param outcome Why it was not closed.
   * @param dueAt When the next try is due; null when a person must act, which is then written as an event.
   */
  postpone(
    issue: ReconciliationIssue,
    outcome: string,
    dueAt: Date | null,
  ): Promise<Result<null, StoreFailure>>
  /** Returns one issue; null when it does not exist. */
  find(id: string): Promise<Result<ReconciliationIssue | null, StoreFailure>>
  /** Closes an issue at the merchant's request, without an event, and returns it; null when it does not exist. */
  closeById(id: string, outcome: string): Promise<Result<ReconciliationIssue | null, StoreFailure>>
  /**
   * Returns a page of issues, newest first.
   *
   * @param which Open ones only, or all.
   * @param after The last id of the page before; empty for the first page.
   * @param count How many at most.
   */
  list(
    which: 'open' | 'all',
    after: string,
    count: number,
  ): Promise<Result<readonly ReconciliationIssue[], StoreFailure>>
}
