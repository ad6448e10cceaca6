// State machine of a cash receipt: issued, then possibly revoked; after that one may be issued again.
import type { Payment } from './payment/payment.ts'
import { balanceOf } from './payment/refund.ts'

/** A cash receipt, of a payment or of a sale outside the provider; whole won, UNIX seconds. */
export interface Receipt {
  /** The PG whose contract it was issued under. */
  readonly pgProvider: string
  readonly tid: string
  readonly applyNum: string
  readonly type: 'person' | 'company'
  readonly amount: number
  readonly vat: number
  readonly appliedAt: number
  /** Null unless revoked. */
  readonly cancelledAt: number | null
}

/** The changed receipt, or why it does not change. */
export type ReceiptTransition =
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly reason: 'already_issued' | 'never_issued' | 'already_revoked' }

/** Issues a receipt unless there is a valid one. */
export function issueReceipt(existing: Receipt | undefined, fresh: Receipt): ReceiptTransition {
  if (existing !== undefined && existing.cancelledAt === null) {
    return { ok: false, reason: 'already_issued' }
  }
  return { ok: true, receipt: fresh }
}

/** Revokes the valid receipt. */
export function revokeReceipt(existing: Receipt | undefined, at: number): ReceiptTransition {
  if (existing === undefined) return { ok: false, reason: 'never_issued' }
  if (existing.cancelledAt !== null) return { ok: false, reason: 'already_revoked' }
  return { ok: true, receipt: { ...existing, cancelledAt: at } }
}

/** The receipt of a payment as it is now: after a full refund most PGs have revoked it, two leave that to the shop. */
export function receiptOfPayment(issued: Receipt, payment: Payment): Receipt {
  const refundedAt = balanceOf(payment) === 0 ? payment.refunds.at(-1)?.at : undefined
  if (issued.cancelledAt !== null || refundedAt === undefined) return issued
  if (['ksnet', 'smartro_v2'].includes(issued.pgProvider)) return issued
  return { ...issued, cancelledAt: refundedAt }
}

/** The VAT inside an amount: an eleventh of what is not tax free. */
export function vatIn(amount: number, taxFree: number): number {
  return Math.round((amount - taxFree) / 11)
}
