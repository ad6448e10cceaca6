import { payments } from '@quayside/client'
import { type Order, type Payment, payeeOf, type SyncFailure, toAmount } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { CancelIntent } from '../domain/cancel.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { ReconciliationIssue } from '../domain/reconciliation-issue.ts'
import { isPaid } from '../domain/status.ts'
import { findUnknownPayee } from '../payees.ts'
import { type CancelDetails, findWrongPart } from './cancel-details.ts'
import { resolveCancel, toProviderReply } from './cancel-outcome.ts'
import { lookUpPayment, toRemaining } from './look-up-payment.ts'
import { fromSyncFailure } from './order-failure.ts'

/** The result of one try: closed, to be tried again, or left to a person. */
export type IssueRefundResult =
  | { readonly kind: 'closed'; readonly outcome: 'accepted' | 'refunded' }
  | { readonly kind: 'retry'; readonly outcome: string; readonly failure: OrderFailure }
  | { readonly kind: 'manual'; readonly outcome: 'refund_account_missing' }

/**
 * Refunds what remains of the payment of an issue, unless its order has accepted the payment since. Without the payee of the
 * payment in the settings there is nobody to ask.
 *
 * @param issue The issue.
 * @param details Further parameters of the cancel: a bank transfer needs the refund account, some PGs the tax parts.
 */
export async function refundReconciliationIssue(
  { impUid, merchantUid, kind }: ReconciliationIssue,
  details: CancelDetails,
  deps: JobDeps,
): Promise<IssueRefundResult> {
  const unknown = findUnknownPayee(payeeOf(impUid), deps)
  if (unknown !== null) return { kind: 'retry', outcome: unknown, failure: { reason: unknown } }
  const found = await lookUpPayment(impUid, deps)
  if (!found.ok) return toRetry(found.failure)
  const { payment } = found.value
  const order = await deps.store.orders.find(merchantUid)
  if (!order.ok && order.failure.reason !== 'order_unknown') return toRetry(order.failure)
  const ownOrder = order.ok ? order.value : null
  // The order may have accepted the payment since: it must not be refunded then.
  if (ownOrder?.impUid === impUid && (isPaid(ownOrder.status) || ownOrder.status === 'cancelled')) {
    return { kind: 'closed', outcome: 'accepted' }
  }
  if (toRemaining(payment).minor === 0) return { kind: 'closed', outcome: 'refunded' }
  // The bank cannot return a transfer to its sender, and only the buyer knows an account.
  if (payment.payMethod === 'vbank' && details.refund_account === undefined) {
    return { kind: 'manual', outcome: 'refund_account_missing' }
  }
  return cancelRemaining(payment, ownOrder, { reason: kind, ...details }, deps)
}

async function cancelRemaining(
  payment: Payment,
  order: Order | null,
  details: CancelDetails,
  deps: JobDeps,
): Promise<IssueRefundResult> {
  const balance = toRemaining(payment)
  const wrongPart = findWrongPart(details, balance)
  if (wrongPart !== null) {
    const failure = { reason: 'request_invalid', field: wrongPart } as const
    return { kind: 'retry', outcome: 'request_invalid', failure }
  }
  const { impUid } = payment
  const merchantUid = order?.merchantUid ?? payment.merchantUid
  const intent: CancelIntent = { impUid, merchantUid, balance, amount: balance, askedBy: 'policy' }
  const opened = await deps.store.cancels.open(intent)
  if (!opened.ok) return toRetry(opened.failure)
  if (!opened.value) return inProgress
  const response = await deps.client.call(payments.cancelAll, {
    imp_uid: impUid,
    checksum: toAmount(balance),
    ...details,
  })
  const { state, detail } = await resolveCancel(
    intent,
    order,
    toProviderReply(response, details),
    deps,
  )
  switch (state) {
    case 'confirmed':
      return { kind: 'closed', outcome: 'refunded' }
    case 'refused':
      return {
        kind: 'retry',
        outcome: 'cancel_refused',
        failure: { reason: 'cancel_refused', detail },
      }
    case 'requested':
    case 'unknown':
      return inProgress
  }
}

const inProgress: IssueRefundResult = {
  kind: 'retry',
  outcome: 'in_progress',
  failure: { reason: 'outcome_unknown' },
}

function toRetry(cause: SyncFailure): IssueRefundResult {
  const failure = fromSyncFailure(cause) ?? { reason: 'nothing_left' }
  return { kind: 'retry', outcome: cause.reason, failure }
}
