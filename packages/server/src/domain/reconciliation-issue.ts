import {
  type ImpUid,
  isChargingWindow,
  type MerchantUid,
  type Payment,
  type VerifyFailure,
} from '@quayside/core'

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

/** Why a payment that may have charged the buyer is not the payment of its order. */
export type MismatchReason = Exclude<VerifyFailure['reason'], 'order_mismatch' | 'sandbox_payment'>

/** What is stored of a payment: nothing about the buyer, nothing about the card. */
export interface PaymentSnapshot
  extends Pick<
    Payment,
    'impUid' | 'merchantUid' | 'status' | 'amount' | 'cancelled' | 'payMethod' | 'pgProvider'
  > {
  /** True for the issue of a billing key, whose amount some PGs charge and others only display. */
  readonly isBillingKeyIssue?: boolean
  /** Why its order refused it; left out where the order was not asked, or could not tell. */
  readonly reason?: MismatchReason
}

/**
 * Whether a payment with the status `paid` certainly charged the buyer. The issue of a billing key is recorded as paid
 * with its amount at every PG, also where the window only displays the amount.
 */
export function isCharged(
  snapshot: Pick<PaymentSnapshot, 'isBillingKeyIssue' | 'pgProvider' | 'payMethod'>,
): boolean {
  return snapshot.isBillingKeyIssue !== true || isChargingWindow(snapshot)
}

/**
 * Whether a policy may refund a payment without a person. Not what was perhaps never charged, and not an old payment:
 * it may have paid an earlier order with the same id, whose goods were delivered.
 */
export function isRefundable(snapshot: PaymentSnapshot): boolean {
  return isCharged(snapshot) && snapshot.reason !== 'payment_too_old'
}

/** A disagreement between a payment and the orders, open until it is resolved. */
export interface ReconciliationIssue {
  /** `kind:imp_uid`. */
  readonly id: string
  /** What disagrees. */
  readonly kind: ReconciliationIssueKind
  /** The order that the payment names, which may not exist. */
  readonly merchantUid: MerchantUid
  /** The payment. */
  readonly impUid: ImpUid
  /** Whether the payment is refunded, or only reported to the merchant. */
  readonly policy: 'report' | 'refund'
  /** The payment when the issue was written. */
  readonly snapshot: PaymentSnapshot
  /** The result of the last try, or why the issue was closed; null before the first try. */
  readonly outcome: string | null
  /** How many times a refund was tried. */
  readonly tries: number
  /** When it was found. */
  readonly createdAt: Date
  /** When it was closed; null while it is open. */
  readonly closedAt: Date | null
}

/** A disagreement that was found, to be written with the policy `report`. */
export interface NewIssue {
  /** What disagrees. */
  readonly kind: ReconciliationIssueKind
  /** The payment when the disagreement was found. */
  readonly payment: PaymentSnapshot
}

/** Returns the id of an issue: one for each kind and payment. */
export function toIssueId({ kind, payment }: NewIssue): string {
  return `${kind}:${payment.impUid}`
}
