import type { PaymentRecord } from './records/payment-record.ts'

/** What each documented status implies for the other fields. */
export interface FactsByStatus {
  /** Not paid: an open payment window, or a virtual account without its deposit. */
  readonly ready: { readonly status: 'ready'; readonly paid_at: 0 }
  /** The money was taken, in full; it may have been cancelled since the record was read. */
  readonly paid: { readonly status: 'paid' }
  /** Cancelled in full or in part: compare `cancel_amount` with `amount`. */
  readonly cancelled: { readonly status: 'cancelled' }
  /** Some PGs may still approve it later. */
  readonly failed: { readonly status: 'failed'; readonly paid_at: 0 }
}

/** What each documented payment method implies for the other fields. */
export interface FactsByMethod {
  /** A card: credit, debit or prepaid. */
  readonly card: { readonly pay_method: 'card'; readonly vbank_num: null; readonly vbank_date: 0 }
  /** A virtual account; `vbank_date` is the deadline of the deposit. */
  readonly vbank: { readonly pay_method: 'vbank'; readonly vbank_num: string }
  /** An account transfer. */
  readonly trans: { readonly pay_method: 'trans'; readonly vbank_num: null; readonly vbank_date: 0 }
  /** Charged to a telephone bill. */
  readonly phone: { readonly pay_method: 'phone'; readonly vbank_num: null; readonly vbank_date: 0 }
}

/** A payment of one documented status. */
export type PaymentOfStatus<Status extends keyof FactsByStatus> = PaymentRecord &
  FactsByStatus[Status]

/** A payment by one documented method. */
export type PaymentByMethod<Method extends keyof FactsByMethod> = PaymentRecord &
  FactsByMethod[Method]

/**
 * Checks the status of a payment, and narrows its type to the fields of that status.
 *
 * The provider may add statuses: an undocumented one is kept as text and matches none of the four.
 *
 * @param payment A payment from a call.
 * @param status One of the four documented statuses.
 * @returns True when the payment has this status.
 *
 * @example
 * ```ts
 * import { hasStatus, isPaidBy, type PaymentRecord } from '@quayside/client'
 *
 * const describe = (payment: PaymentRecord) =>
 *   hasStatus(payment, 'ready') && isPaidBy(payment, 'vbank')
 *     ? `Transfer to ${payment.vbank_num}` // string, no longer string or null
 *     : payment.status
 * ```
 */
export function hasStatus<Status extends keyof FactsByStatus>(
  payment: PaymentRecord,
  status: Status,
): payment is PaymentOfStatus<Status> {
  return payment.status === status
}

/**
 * Checks the payment method of a payment, paid or not, and narrows its type to the fields of that method.
 *
 * @param payment A payment from a call. Its method may differ from the requested one.
 * @param method A documented method. For any other, compare `pay_method` itself.
 * @returns True when the payment has this method. False for a virtual account without a number: its payment
 * window was left.
 *
 * @example
 * ```ts
 * import { isPaidBy, type PaymentRecord } from '@quayside/client'
 *
 * const accountOf = (payment: PaymentRecord) => (isPaidBy(payment, 'vbank') ? payment.vbank_num : null)
 * ```
 */
export function isPaidBy<Method extends keyof FactsByMethod>(
  payment: PaymentRecord,
  method: Method,
): payment is PaymentByMethod<Method> {
  // Without its number no virtual account was issued: the buyer left the payment window.
  if (method === 'vbank' && payment.vbank_num === null) return false
  return payment.pay_method === method
}
