import type { VirtualAccount } from '../payment/payment.ts'
import { followAccounts, type OrderAccount } from './account.ts'
import type { Decision } from './decide.ts'
import { type Order, openOrder } from './order.ts'
import type { VerifiedPayment } from './verify.ts'

/** One decided change of an order: the order before it, the payment that causes it, and the new status. */
export interface Change {
  /** The order as it was read, before the change. */
  readonly order: Order
  /** The payment that causes it. */
  readonly payment: VerifiedPayment
  /** The status of the order after it. */
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
  const accounts = followAccounts(order.accounts, payment)
  // When an account closes, the order goes on with the one that is left.
  const shown =
    to === 'vbank_issued'
      ? accounts.at(-1)
      : accounts.find(({ impUid }) => impUid === payment.impUid)
  const impUid = to === 'vbank_issued' && shown ? shown.impUid : payment.impUid
  // The time and the sales slip of another payment must not be shown as this payment's.
  const before = order.impUid === impUid ? order : openOrder(order)
  return {
    ...order,
    status: to,
    impUid,
    paid: isMoney(payment) ? payment.amount : before.paid,
    cancelled: to === 'vbank_issued' ? order.cancelled : payment.cancelled,
    virtualAccount: shown ? toVirtualAccount(shown) : before.virtualAccount,
    accounts,
    paidAt: payment.paidAt ?? before.paidAt,
    failReason: to === 'failed' && payment.status === 'failed' ? payment.failReason : null,
    receiptUrl: (impUid === payment.impUid ? payment.receiptUrl : null) ?? before.receiptUrl,
    sequence: order.sequence + 1,
  }
}

function toVirtualAccount({ bank, number, holder, dueAt, issuedAt }: OrderAccount): VirtualAccount {
  return { bank, number, holder, dueAt, issuedAt }
}

function isMoney({ status, cancelled }: VerifiedPayment): boolean {
  return status === 'paid' || cancelled.minor > 0
}
