import type { Decision } from './decide.ts'
import { type Order, openOrder } from './order.ts'
import type { VerifiedPayment } from './verify.ts'

/** One decided change of an order: the order before it, the payment that causes it, and the new status. */
export interface Change {
  readonly order: Order
  readonly payment: VerifiedPayment
  readonly to: Extract<Decision, { kind: 'become' }>['to']
}

/**
 * Returns the order after a change, with its sequence raised by one. Every store writes this result, so
 * that all stores keep the same values.
 *
 * @param change A decided change.
 * @returns The order to write. It cannot fail.
 *
 * @example
 * ```ts
 * import { applyChange, type Change } from '@quayside/core'
 *
 * const sequenceAfter = (change: Change): number => applyChange(change).sequence
 * ```
 */
export function applyChange({ order, payment, to }: Change): Order {
  // The account and the sales slip of another payment must not be shown as this payment's.
  const before = order.impUid === payment.impUid ? order : openOrder(order)
  return {
    ...order,
    status: to,
    impUid: payment.impUid,
    cancelled: payment.cancelled,
    virtualAccount:
      payment.status === 'vbank_issued' ? payment.virtualAccount : before.virtualAccount,
    paidAt: payment.status === 'paid' ? payment.paidAt : before.paidAt,
    failReason: payment.status === 'failed' ? payment.failReason : null,
    receiptUrl: payment.receiptUrl ?? before.receiptUrl,
    sequence: order.sequence + 1,
  }
}
