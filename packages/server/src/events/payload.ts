import { type Order, type Payment, toAmount } from '@quayside/core'
import type { Exception } from '../domain/reconciliation-issue.ts'
import type { EventPayload, ExceptionAnswer, OrderFacts } from './schemas.ts'

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
    receipt_url: order.receiptUrl,
    policy: order.policy,
    sequence: order.sequence,
  }
}

/** What an event says of money that arrived twice or late: the order, and the payment it did not need. */
export function presentStray(order: Order, payment: Payment): EventPayload {
  return {
    ...presentOrder(order),
    stray_payment: {
      imp_uid: payment.impUid,
      amount: toAmount(payment.amount),
      currency: payment.amount.currency,
      cancelled_amount: toAmount(payment.cancelled),
    },
  }
}

/** Money that no order explains, as the merchant is shown it. */
export function presentException(exception: Exception): ExceptionAnswer {
  const { evidence } = exception
  return {
    id: exception.id,
    kind: exception.kind,
    merchant_uid: exception.merchantUid,
    imp_uid: exception.impUid,
    payment_status: evidence.status,
    amount: toAmount(evidence.amount),
    currency: evidence.amount.currency,
    cancelled_amount: toAmount(evidence.cancelled),
    pay_method: evidence.payMethod,
    pg_provider: evidence.pgProvider,
    policy: exception.policy,
    outcome: exception.outcome,
    tries: exception.tries,
    created_at: exception.createdAt.toISOString(),
    closed_at: exception.closedAt?.toISOString() ?? null,
  }
}
