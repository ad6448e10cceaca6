import type { ImpUid, MerchantUid, Payment } from '@quayside/core'

/**
 * - `duplicate_paid`, `late_paid`, `mismatch_paid`: money for an order of ours that did not want it;
 * - `order_unknown`: money for an order that was never created here;
 * - `payment_missing`: an order says it was paid, and the provider knows nothing of it.
 */
export type ReconciliationIssueKind =
  | 'duplicate_paid'
  | 'late_paid'
  | 'mismatch_paid'
  | 'order_unknown'
  | 'payment_missing'

/** What is kept of a payment as evidence: nothing of the buyer, nothing of the card. */
export type PaymentSnapshot = Pick<
  Payment,
  'impUid' | 'merchantUid' | 'status' | 'amount' | 'cancelled' | 'payMethod' | 'pgProvider'
>

export interface ReconciliationIssue {
  readonly id: string
  readonly kind: ReconciliationIssueKind
  readonly merchantUid: MerchantUid
  readonly impUid: ImpUid
  readonly policy: 'report' | 'refund'
  /** The payment as it stood when it was noted. */
  readonly snapshot: PaymentSnapshot
  /** What came of the policy so far; null before its first try. */
  readonly outcome: string | null
  readonly tries: number
  readonly createdAt: Date
  readonly closedAt: Date | null
}
