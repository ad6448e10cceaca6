import type { ImpUid, MerchantUid, Payment } from '@quayside/core'

/**
 * Why a payment and the orders disagree:
 * - `duplicate_paid`, `late_paid`, `mismatch_paid`: a payment that its order does not account for;
 * - `order_unknown`: a payment of an order that was never created here;
 * - `payment_missing`: an order is paid, and the provider has no such payment.
 */
export type ReconciliationIssueKind =
  | 'duplicate_paid'
  | 'late_paid'
  | 'mismatch_paid'
  | 'order_unknown'
  | 'payment_missing'

/** What is stored of a payment: nothing about the buyer, nothing about the card. */
export type PaymentSnapshot = Pick<
  Payment,
  'impUid' | 'merchantUid' | 'status' | 'amount' | 'cancelled' | 'payMethod' | 'pgProvider'
>

/** A disagreement between a payment and the orders, open until it is resolved. */
export interface ReconciliationIssue {
  /** `kind:imp_uid`. */
  readonly id: string
  readonly kind: ReconciliationIssueKind
  readonly merchantUid: MerchantUid
  readonly impUid: ImpUid
  /** Whether the payment is refunded, or only reported to the merchant. */
  readonly policy: 'report' | 'refund'
  /** The payment when the issue was written. */
  readonly snapshot: PaymentSnapshot
  /** The result of the last try, or why the issue was closed; null before the first try. */
  readonly outcome: string | null
  readonly tries: number
  readonly createdAt: Date
  /** When it was closed; null while it is open. */
  readonly closedAt: Date | null
}
