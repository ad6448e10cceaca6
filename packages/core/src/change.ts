import type { Decision } from './decide.ts'
import { type Order, openOrder } from './order.ts'
import type { VerifiedPayment } from './verify.ts'

/** One decided change of an order: where it stood, the payment that moves it, and where to. */
export interface Change {
  readonly order: Order
  readonly payment: VerifiedPayment
  readonly to: Extract<Decision, { kind: 'become' }>['to']
}

/**
 * The order as it stands after a change, its sequence one higher. Stores write what this says, so that
 * every store keeps the same facts.
 *
 * @param change A decided change.
 *
 * @example
 * ```ts
 * import { applyChange, type Change } from '@quayside/core'
 *
 * const sequenceAfter = (change: Change): number => applyChange(change).sequence
 * ```
 */
export function applyChange({ order, payment, to }: Change): Order {
  // The account and the slip of another try would be shown as this payment's.
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
