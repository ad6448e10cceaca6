import type { PaymentRecord } from './records/payment-record.ts'

/** What the documented statuses say about the other fields. */
export interface FactsByStatus {
  /** Not paid: a window left open, or a virtual account without its deposit. */
  readonly ready: { readonly status: 'ready'; readonly paid_at: 0 }
  readonly paid: { readonly status: 'paid' }
  /** Cancelled, whole or in part: compare `cancel_amount` with `amount`. */
  readonly cancelled: { readonly status: 'cancelled' }
  /** A later attempt may still succeed with some PGs. */
  readonly failed: { readonly status: 'failed'; readonly paid_at: 0 }
}

/** What the documented payment methods say about the other fields. */
export interface FactsByMethod {
  readonly card: { readonly pay_method: 'card'; readonly vbank_num: null; readonly vbank_date: 0 }
  /** The account to pay into; `vbank_date` is the deadline. */
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
 * Whether a payment has a status, and narrows its type to what that status says.
 *
 * The status stays open, so a word nobody documented is kept, and belongs to no branch.
 *
 * @param payment What a call answered.
 * @param status One of the documented four.
 *
 * @example
 * ```ts
 * import { hasStatus, isPaidBy, type PaymentRecord } from '@quayside/client'
 *
 * const tell = (payment: PaymentRecord) =>
 *   hasStatus(payment, 'ready') && isPaidBy(payment, 'vbank')
 *     ? `Pay into ${payment.vbank_num}` // text, no longer text or null
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
 * Whether a payment is, or is to be, paid by a method, and narrows its type to what that method says.
 *
 * @param payment What a call answered. The method may differ from the one that was asked for.
 * @param method A documented method. Others stay text: compare `pay_method` itself.
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
  // A virtual account without its number is a window somebody left: it narrows to nothing.
  if (method === 'vbank' && payment.vbank_num === null) return false
  return payment.pay_method === method
}
