import type { ImpUid, MerchantUid } from './ids.ts'
import type { Money } from './money.ts'
import type { VirtualAccount } from './payment.ts'
import type { PaymentStatus } from './status.ts'

/**
 * Where an order stands: the six words of a payment, because a payment is what moves it, and `expired` for
 * a virtual account that nobody paid into in time. No message tells of that; only a clock does.
 */
export type OrderStatus = PaymentStatus | 'expired'

/**
 * A difference the merchant accepted when the order was created. Nothing else may differ:
 * - `naverco_delivery_fee`: Naver Pay's order type adds the delivery fee to the amount;
 * - `card_promotion`: a card promotion may take its discount off the amount;
 * - `billing_key_charge`: the window that issues a billing key also charges the order.
 */
export type Allowance = 'naverco_delivery_fee' | 'card_promotion' | 'billing_key_charge'

/** What becomes of money that an order no longer waits for, or that is not what it waits for. */
export interface Policy {
  /** Money for an expired order: `deliver` takes it as the payment, where there is still stock. */
  readonly late: 'deliver' | 'report' | 'refund'
  /** A second payment, a payment of a closed order, or one that does not match its order. */
  readonly unmatched: 'report' | 'refund'
}

/** What the merchant expects to be paid: fixed when the order is created. */
export interface ExpectedOrder {
  readonly merchantUid: MerchantUid
  readonly amount: Money
  readonly allowances: readonly Allowance[]
  /** Without one, such money is reported and nothing else happens to it. */
  readonly policy?: Policy
}

/** An order and what became of it. Stores hand it out; only a decision changes it. */
export interface Order extends ExpectedOrder {
  readonly policy: Policy
  readonly status: OrderStatus
  /** The payment that the status comes from; null while there is none. */
  readonly impUid: ImpUid | null
  /** What was given back so far, in the order's currency. */
  readonly cancelled: Money
  readonly virtualAccount: VirtualAccount | null
  readonly paidAt: Date | null
  /** The provider's text of the last failure; null unless the order is `failed`. Escape it. */
  readonly failReason: string | null
  readonly receiptUrl: string | null
  /** Counts what happened to this order, from 0: a writer names the one it read, an event carries it. */
  readonly sequence: number
}

/** A fresh order: nothing paid, nothing expected of any payment but this amount. */
export function openOrder(expected: ExpectedOrder): Order {
  return {
    ...expected,
    policy: expected.policy ?? { late: 'report', unmatched: 'report' },
    status: 'pending',
    impUid: null,
    cancelled: { minor: 0, currency: expected.amount.currency },
    virtualAccount: null,
    paidAt: null,
    failReason: null,
    receiptUrl: null,
    sequence: 0,
  }
}

/**
 * Whether an issued account is past its due date. Ask the provider first: a deposit made in time may be
 * news that has not arrived.
 */
export function isOverdue(order: Order, now: Date): boolean {
  const dueAt = order.virtualAccount?.dueAt ?? null
  return order.status === 'vbank_issued' && dueAt !== null && dueAt < now
}
