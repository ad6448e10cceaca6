import type { VirtualAccount } from '../payment/payment.ts'
import type { ImpUid, MerchantUid } from '../values/ids.ts'
import type { Money } from '../values/money.ts'
import type { PaymentStatus } from '../values/status.ts'
import { type OrderAccount, toLastDueAt } from './account.ts'
import type { Payee } from './payee.ts'

/**
 * The status of an order: one of the six statuses of a payment, because a payment changes the order, or `expired`
 * for a virtual account without a deposit in time. No message reports that; only a clock shows it.
 */
export type OrderStatus = PaymentStatus | 'expired'

/**
 * A difference that the merchant accepted when the order was created. No other difference is accepted:
 * - `naverco_delivery_fee`: Naver Pay's order type adds the delivery fee to the amount;
 * - `card_promotion`: a card promotion may reduce the amount by its discount;
 * - `billing_key_charge`: the payment window that issues a billing key also charges the order.
 */
export type Allowance = 'naverco_delivery_fee' | 'card_promotion' | 'billing_key_charge'

/** What happens to money that arrives too late for its order, or does not match it. */
export interface Policy {
  /** Money for an expired order: `deliver` accepts it as the payment, if the goods can still be delivered. */
  readonly late: 'deliver' | 'report' | 'refund'
  /** A second payment, a payment of a closed order, or one that does not match its order. */
  readonly unmatched: 'report' | 'refund'
}

/** By which channel an order has to be paid: null and an empty list leave it open. */
export interface ExpectedChannel {
  /** The provider's `pg_provider`, such as `html5_inicis`. */
  readonly pgProvider: string | null
  /** The provider's `pay_method`, each that may be in the record: a `card` of Kakao Pay can come back as `point`. */
  readonly payMethods: readonly string[]
}

/** What the merchant expects to be paid: fixed when the order is created. */
export interface ExpectedOrder {
  /** The merchant's id of the order. */
  readonly merchantUid: MerchantUid
  /** What has to be paid, exactly. */
  readonly amount: Money
  /** In which ways the amount of a payment may differ from it; empty for none. */
  readonly allowances: readonly Allowance[]
  /** Without a policy such money is reported only. */
  readonly policy?: Policy
  /** Without a channel every one will do. */
  readonly channel?: ExpectedChannel
  /** Who is paid. Left out for the account that needs no name. */
  readonly payee?: Payee
  /** When the order was created: a payment made before it is not its payment. Without it that is not checked. */
  readonly createdAt?: Date | null
}

/** An order with its current status. Stores return it; only a decision changes it. */
export interface Order extends ExpectedOrder {
  /** What happens to money that does not match the order. */
  readonly policy: Policy
  /** When the order was created; null for an order without a date, of which no payment is too old. */
  readonly createdAt: Date | null
  /** The result that counts, whatever single payments say. */
  readonly status: OrderStatus
  /** The payment that the status comes from; null without one. */
  readonly impUid: ImpUid | null
  /**
   * The amount of the payment in its own record, which may differ from `amount` by an allowance; null before money
   * arrived. Refunds are counted against it.
   */
  readonly paid: Money | null
  /** The amount refunded so far, in the order's currency. */
  readonly cancelled: Money
  /** The account to show: of the open accounts the one that is due last, or the account of the payment that paid. */
  readonly virtualAccount: VirtualAccount | null
  /** Every account that was issued for the order, at most ten: closed ones first, the one that is due last at the end. */
  readonly accounts: readonly OrderAccount[]
  /** When the money came; null before it did. */
  readonly paidAt: Date | null
  /** The provider's message of the last failure; null unless the order is `failed`. Escape it before display. */
  readonly failReason: string | null
  /** The http(s) URL of the payment's sales slip; null without one. */
  readonly receiptUrl: string | null
  /** Counts the changes of this order, from 0. A writer passes the one it read; an event contains its own. */
  readonly sequence: number
}

/**
 * Returns a new order without a payment: status `pending`, sequence 0.
 *
 * @param expected The id, the amount and what the merchant accepts.
 * @returns The order. Its policy is `report` by default.
 *
 * @example
 * ```ts
 * import { openOrder, parseMerchantUid, parseMoney } from '@quayside/core'
 *
 * const merchantUid = parseMerchantUid('ORD-1')
 * const amount = parseMoney(64_900, 'KRW')
 * if (merchantUid.ok && amount.ok) {
 *   const order = openOrder({ merchantUid: merchantUid.value, amount: amount.value, allowances: [] })
 *   console.log(order.status) // pending
 * }
 * ```
 */
export function openOrder(expected: ExpectedOrder): Order {
  return {
    ...expected,
    policy: expected.policy ?? { late: 'report', unmatched: 'report' },
    createdAt: expected.createdAt ?? null,
    status: 'pending',
    impUid: null,
    paid: null,
    cancelled: { minor: 0, currency: expected.amount.currency },
    virtualAccount: null,
    accounts: [],
    paidAt: null,
    failReason: null,
    receiptUrl: null,
    sequence: 0,
  }
}

/**
 * Whether the last account of an order is past its due date. Look the payments up before you act on it: the
 * notice of a deposit in time may not have arrived.
 *
 * @param order The order as it was read.
 * @param now The current time.
 * @param graceMs How long after the due date a deposit that was made in time may take to be seen, in milliseconds.
 * @returns False for an order in any status but `vbank_issued`, and while one of its accounts has no due date.
 */
export function isOverdue(order: Order, now: Date, graceMs = 0): boolean {
  const dueAt = toLastDueAt(order.accounts)
  return order.status === 'vbank_issued' && dueAt !== null && dueAt + graceMs < now.getTime()
}
