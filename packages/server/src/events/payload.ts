import {
  type EscrowChange,
  type Order,
  type Payment,
  payeeOf,
  toAmount,
  type VirtualAccount,
} from '@quayside/core'
import { toProviderId } from '../domain/payee.ts'
import { isCharged, type ReconciliationIssue } from '../domain/reconciliation-issue.ts'
import { presentPayee } from './present-payee.ts'
import type { EventPayload, OrderFields, ReconciliationIssueResponse } from './schemas.ts'

/**
 * Presents an order as the merchant API and the events show it, in wire names.
 *
 * @param order The order.
 * @returns Amounts as decimal numbers in the currency's unit, times in ISO 8601, null for what the order does not have.
 *
 * @example
 * ```ts
 * import { openOrder, parseMerchantUid, parseMoney } from '@quayside/core'
 * import { presentOrder } from '@quayside/server'
 *
 * const merchantUid = parseMerchantUid('ORD-1')
 * const amount = parseMoney(64_900, 'KRW')
 * if (merchantUid.ok && amount.ok) {
 *   const order = openOrder({ merchantUid: merchantUid.value, amount: amount.value, allowances: [] })
 *   console.log(presentOrder(order).amount, presentOrder(order).paid_at) // 64900 null
 * }
 * ```
 */
export function presentOrder(order: Order): OrderFields {
  const account = order.virtualAccount
  const isWaiting = order.status === 'vbank_issued'
  const open = order.accounts.filter(({ isClosed }) => isWaiting && !isClosed)
  return {
    merchant_uid: order.merchantUid,
    ...presentPayee(order.payee),
    amount: toAmount(order.amount),
    currency: order.amount.currency,
    status: order.status,
    imp_uid: order.impUid === null ? null : toProviderId(order.impUid),
    paid_amount: order.paid === null ? null : toAmount(order.paid),
    cancelled_amount: toAmount(order.cancelled),
    paid_at: order.paidAt?.toISOString() ?? null,
    virtual_account: account && presentAccount(account),
    virtual_accounts: open.map((each) => ({
      imp_uid: toProviderId(each.impUid),
      ...presentAccount(each),
    })),
    fail_reason: order.failReason,
    receipt_url: order.receiptUrl,
    policy: order.policy,
    sequence: order.sequence,
  }
}

function presentAccount({ bank, number, holder, dueAt }: VirtualAccount) {
  return { bank, number, holder, due_at: dueAt?.toISOString() ?? null }
}

/**
 * Presents an unmatched payment as its event shows it.
 *
 * @param order The order, with the sequence of the event.
 * @param payment The payment that the order does not account for.
 * @returns The order as {@link presentOrder} presents it, with `unmatched_payment`.
 *
 * @example
 * ```ts
 * import type { Order, Payment } from '@quayside/core'
 * import { presentUnmatchedPayment } from '@quayside/server'
 *
 * const toImpUid = (order: Order, payment: Payment) =>
 *   presentUnmatchedPayment(order, payment).unmatched_payment?.imp_uid
 * console.log(typeof toImpUid) // function
 * ```
 */
export function presentUnmatchedPayment(order: Order, payment: Payment): EventPayload {
  return {
    ...presentOrder(order),
    unmatched_payment: {
      imp_uid: toProviderId(payment.impUid),
      amount: toAmount(payment.amount),
      currency: payment.amount.currency,
      cancelled_amount: toAmount(payment.cancelled),
    },
  }
}

/**
 * Presents what became of a payment in escrow as its event shows it.
 *
 * @param order The order, with the sequence of the event.
 * @param change What the PG reported.
 * @returns The order as {@link presentOrder} presents it, with `escrow_change`.
 *
 * @example
 * ```ts
 * import type { EscrowChange, Order } from '@quayside/core'
 * import { presentEscrowChange } from '@quayside/server'
 *
 * const toStatus = (order: Order, change: EscrowChange) =>
 *   presentEscrowChange(order, change).escrow_change?.status
 * console.log(typeof toStatus) // function
 * ```
 */
export function presentEscrowChange(order: Order, change: EscrowChange): EventPayload {
  return {
    ...presentOrder(order),
    escrow_change: {
      imp_uid: change.impUid,
      status: change.status,
      changed_at: change.changedAt?.toISOString() ?? null,
      denied_reason: change.deniedReason,
    },
  }
}

/**
 * Presents a reconciliation issue as the merchant API and the events show it, in wire names.
 *
 * @param issue The issue.
 * @returns Amounts as decimal numbers in the currency's unit, times in ISO 8601; `closed_at` is null while it is open.
 *
 * @example
 * ```ts
 * import { presentReconciliationIssue, type ReconciliationIssues } from '@quayside/server'
 *
 * async function listOpen(issues: ReconciliationIssues) {
 *   const page = await issues.list('open', '', 50)
 *   return page.ok ? page.value.map(presentReconciliationIssue) : []
 * }
 * console.log(typeof listOpen) // function
 * ```
 */
export function presentReconciliationIssue(
  issue: ReconciliationIssue,
): ReconciliationIssueResponse {
  const { snapshot } = issue
  return {
    id: issue.id,
    kind: issue.kind,
    merchant_uid: issue.merchantUid,
    imp_uid: toProviderId(issue.impUid),
    ...presentPayee(payeeOf(issue.impUid)),
    reason: snapshot.reason ?? null,
    is_charged: isCharged(snapshot) ? 'yes' : 'perhaps',
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
