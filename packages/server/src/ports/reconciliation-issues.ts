import type { Result, StoreFailure } from '@quayside/core'
import type {
  PaymentSnapshot,
  ReconciliationIssue,
  ReconciliationIssueKind,
} from '../domain/reconciliation-issue.ts'

/** Money that the orders do not explain, and what became of it. */
export interface ReconciliationIssues {
  /** Keeps one, once, for a person to look at. */
  add(kind: ReconciliationIssueKind, payment: PaymentSnapshot): Promise<Result<null, StoreFailure>>
  /** Those whose policy is to be carried out now. Nobody else gets them until the lease ends. */
  claim(limit: number): Promise<Result<readonly ReconciliationIssue[], StoreFailure>>
  /** Ends one, and tells the merchant. */
  close(issue: ReconciliationIssue, outcome: string): Promise<Result<null, StoreFailure>>
  /** Notes a try that did not end it; without a next time it waits for a person, who is told. */
  postpone(
    issue: ReconciliationIssue,
    outcome: string,
    dueAt: Date | null,
  ): Promise<Result<null, StoreFailure>>
  /** One exception; null when there is none of that id. */
  find(id: string): Promise<Result<ReconciliationIssue | null, StoreFailure>>
  /** Ends one at the merchant's request; null when there is none of that id. */
  closeById(id: string, outcome: string): Promise<Result<ReconciliationIssue | null, StoreFailure>>
  /** Open ones, or all, newest first; of a page, those that come after an id. */
  list(
    which: 'open' | 'all',
    after: string,
    count: number,
  ): Promise<Result<readonly ReconciliationIssue[], StoreFailure>>
}
