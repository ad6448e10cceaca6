import { type Order, toAmount } from '@quayside/core'
import type { EventPayload, OrderFacts } from './answers.ts'

/** What the merchant is told of an order, in wire names. */
export function presentOrder(order: Order): OrderFacts {
  const account = order.virtualAccount
  return {
    merchant_uid: order.merchantUid,
    amount: toAmount(order.amount),
    currency: order.amount.currency,
    status: order.status,
    imp_uid: order.impUid,
    cancelled_amount: toAmount(order.cancelled),
    paid_at: order.paidAt?.toISOString() ?? null,
    virtual_account: account && {
      bank: account.bank,
      number: account.number,
      holder: account.holder,
      due_at: account.dueAt?.toISOString() ?? null,
    },
    fail_reason: order.failReason,
  }
}

/** What an event says: the order as it stood after the change, and which change that was. */
export function presentEvent(order: Order): EventPayload {
  return { ...presentOrder(order), receipt_url: order.receiptUrl, sequence: order.sequence }
}
