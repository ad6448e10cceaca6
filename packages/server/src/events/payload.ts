import { type Order, type Payment, toAmount } from '@quayside/core'
import type { ReconciliationIssue } from '../domain/reconciliation-issue.ts'
import type { EventPayload, OrderFields, ReconciliationIssueResponse } from './schemas.ts'

/** What the merchant is told of an order, in wire names. */
export function presentOrder(order: Order): OrderFields {
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
export function presentUnmatchedPayment(order: Order, payment: Payment): EventPayload {
  return {
    ...presentOrder(order),
    unmatched_payment: {
      imp_uid: payment.impUid,
      amount: toAmount(payment.amount),
      currency: payment.amount.currency,
      cancelled_amount: toAmount(payment.cancelled),
    },
  }
}

/** Money that no order explains, as the merchant is shown it. */
export function presentReconciliationIssue(
  issue: ReconciliationIssue,
): ReconciliationIssueResponse {
  const { snapshot } = issue
  return {
    id: issue.id,
    kind: issue.kind,
    merchant_uid: issue.merchantUid,
    imp_uid: issue.impUid,
    payment_status: snapshot.status,
    amount: toAmount(snapshot.amount),
    currency: snapshot.amount.currency,
    cancelled_amount: toAmount(snapshot.cancelled),
    pay_method: snapshot.payMethod,
    pg_provider: snapshot.pgProvider,
    policy: issue.policy,
    outcome: issue.outcome,
    tries: issue.tries,
    created_at: issue.createdAt.toISOString(),
    closed_at: issue.closedAt?.toISOString() ?? null,
  }
}
