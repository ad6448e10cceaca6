import { hasBeenPaid, type PaymentStatus } from '../values/status.ts'
import { followAccounts, toLastDueAt } from './account.ts'
import type { Order, OrderStatus } from './order.ts'
import type { VerifiedPayment } from './verify.ts'

/** What happens to an order because of a verified payment. */
export type Decision =
  /** The order changes. */
  | { readonly kind: 'become'; readonly to: Exclude<PaymentStatus, 'pending'> }
  /** The order stays as it is: the record is older, or it is a failed payment beside a successful one. */
  | { readonly kind: 'keep' }
  /** A second payment was paid for an order that is paid by another payment already. */
  | { readonly kind: 'duplicate_paid' }
  /** Money arrived for an order that is closed. */
  | { readonly kind: 'late_paid' }
  /** Another payment of the order was paid and refunded in full: an older record of it must not count as money. */
  | { readonly kind: 'refunded' }

type Cell =
  | 'become'
  | 'keep'
  | 'more_cancelled'
  | 'account'
  | 'account_closed'
  | 'duplicate_paid'
  | 'late_paid'
  | 'refunded'
  | 'by_policy'
type Table = Readonly<Record<OrderStatus, Readonly<Record<PaymentStatus, Cell>>>>

const open = {
  pending: 'keep',
  vbank_issued: 'become',
  paid: 'become',
  failed: 'become',
  partially_cancelled: 'become',
  cancelled: 'become',
} as const
const closed = {
  pending: 'keep',
  vbank_issued: 'keep',
  paid: 'keep',
  failed: 'keep',
  partially_cancelled: 'keep',
  cancelled: 'keep',
} as const

// The payment is the one that the order's status comes from, or has an account of the unpaid order, or the order has
// none yet. A record read earlier may arrive later, so no status is undone: paid never becomes vbank_issued, cancelled
// never becomes paid.
const own: Table = {
  pending: open,
  vbank_issued: {
    ...open,
    vbank_issued: 'account',
    failed: 'account_closed',
    cancelled: 'account_closed',
  },
  paid: { ...closed, partially_cancelled: 'become', cancelled: 'become' },
  partially_cancelled: { ...closed, partially_cancelled: 'more_cancelled', cancelled: 'become' },
  cancelled: closed,
  // A late approval after a reported failure is documented. An account after one is not: a revoked account
  // is recorded as failed, and its earlier record must not restore it.
  failed: { ...open, vbank_issued: 'keep', failed: 'keep' },
  // A bank may take a deposit after the due date.
  expired: {
    ...closed,
    paid: 'by_policy',
    partially_cancelled: 'by_policy',
    cancelled: 'become',
  },
}

// The payment is another payment for the same order. Only money or an account replaces the payment that the order has;
// a refund of the other payment is not a refund of the order.
const otherDefaults = { ...closed, cancelled: 'refunded' } as const
const alreadyPaid = {
  ...otherDefaults,
  paid: 'duplicate_paid',
  partially_cancelled: 'duplicate_paid',
} as const
const other: Table = {
  pending: open,
  vbank_issued: {
    ...otherDefaults,
    vbank_issued: 'account',
    paid: 'become',
    partially_cancelled: 'become',
  },
  paid: alreadyPaid,
  partially_cancelled: alreadyPaid,
  cancelled: { ...otherDefaults, paid: 'late_paid', partially_cancelled: 'late_paid' },
  failed: {
    ...otherDefaults,
    vbank_issued: 'become',
    paid: 'become',
    partially_cancelled: 'become',
  },
  expired: { ...otherDefaults, paid: 'by_policy', partially_cancelled: 'by_policy' },
}

/**
 * Decides what a payment makes of its order, for every order status and every payment status. Pure: the same
 * two arguments give the same decision, independent of the order of arrival.
 *
 * @param payment The payment, verified against this order.
 * @param order The order as it was read.
 * @returns The decision. It cannot fail.
 *
 * @example
 * ```ts
 * import { decide, type Order, type VerifiedPayment } from '@quayside/core'
 *
 * function changesOrder(payment: VerifiedPayment, order: Order): boolean {
 *   return decide(payment, order).kind !== 'keep'
 * }
 * ```
 */
export function decide(payment: VerifiedPayment, order: Order): Decision {
  const isAccount = order.accounts.some(({ impUid }) => impUid === payment.impUid)
  const isOwn = order.impUid === payment.impUid || (isAccount && !hasBeenPaid(order.status))
  // An order that was closed without a payment has no payment of its own.
  const table = isOwn || (order.impUid === null && order.status !== 'cancelled') ? own : other
  const { status } = payment
  const cell = table[order.status][status]
  const keep: Decision = { kind: 'keep' }
  const become: Decision = status === 'pending' ? keep : { kind: 'become', to: status }
  switch (cell) {
    case 'keep':
    case 'duplicate_paid':
    case 'late_paid':
    case 'refunded':
      return { kind: cell }
    case 'become':
      return become
    case 'more_cancelled':
      return payment.cancelled.minor > order.cancelled.minor ? become : keep
    case 'by_policy':
      return order.policy.late === 'deliver' || isInTime(payment, order)
        ? become
        : { kind: 'late_paid' }
    case 'account':
      return followAccounts(order.accounts, payment) === order.accounts ? keep : become
    case 'account_closed': {
      const accounts = followAccounts(order.accounts, payment)
      const isOpen = accounts.some(({ isClosed }) => !isClosed)
      if (!isOpen || payment.cancelled.minor > 0) return become
      return accounts === order.accounts ? keep : { kind: 'become', to: 'vbank_issued' }
    }
  }
}

/** A deposit made by the due date is in time, however late it is seen. */
function isInTime({ paidAt, accountDueAt }: VerifiedPayment, { accounts }: Order): boolean {
  const dueAt = Math.max(Number(accountDueAt), Number(toLastDueAt(accounts)))
  return paidAt !== null && paidAt.getTime() <= dueAt
}
