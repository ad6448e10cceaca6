import type { ImpUid, MerchantUid } from './ids.ts'
import type { Money } from './money.ts'
import type { VirtualAccount } from './payment.ts'
import type { PaymentStatus } from './status.ts'

/** Where an order stands; the same six words as a payment, because a payment is what moves it. */
export type OrderStatus = PaymentStatus

/**
 * A difference the merchant accepted when the order was created. Nothing else may differ:
 * - `naverco_delivery_fee`: Naver Pay's order type adds the delivery fee to the amount;
 * - `card_promotion`: a card promotion may take its discount off the amount;
 * - `billing_key_charge`: the window that issues a billing key also charges the order.
 */
export type Allowance = 'naverco_delivery_fee' | 'card_promotion' | 'billing_key_charge'

/** What the merchant expects to be paid: fixed when the order is created. */
export interface ExpectedOrder {
  readonly merchantUid: MerchantUid
  readonly amount: Money
  readonly allowances: readonly Allowance[]
}

/** An order and what became of it. Stores hand it out; only a decision changes it. */
export interface Order extends ExpectedOrder {
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
  /** Counts the changes of this order, from 0: a writer names the one it read. */
  readonly sequence: number
}

/** A fresh order: nothing paid, nothing expected of any payment but this amount. */
export function openOrder(expected: ExpectedOrder): Order {
  return {
    ...expected,
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
