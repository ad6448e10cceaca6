// Events of payments outside the window: at the bank, at the PG, in the provider's console.
import type { SimulatorContext } from '../../context.ts'
import { isKeyIssue } from '../../domain/billing/issue-window.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import {
  approve,
  approveLate,
  deposit,
  fail,
  type PaymentTransition,
} from '../../domain/payment/payment-lifecycle.ts'
import type { RefundRefusal } from '../../domain/payment/refund.ts'
import { savePayment } from '../../state.ts'
import { deliverWebhook, scheduleWebhook, targetsOf, webhookOf } from '../../webhooks/deliver.ts'
import { approvable, issueByWindow } from '../billing/issue-by-window.ts'
import { withDeliveryFees } from '../naver/naver-orders.ts'
import { newApproval, newPgTid } from './approval.ts'
import { refundPayment } from './refund-payment.ts'

/** Why an event was not applied. */
export type OutOfBandFailure =
  | { readonly reason: 'payment_unknown' }
  | { readonly reason: 'account_expired' }
  | { readonly reason: 'webhook_target_missing' }
  | { readonly reason: 'not_ready' | 'not_failed' | 'no_account' | 'account_waiting' }
  | RefundRefusal

/** The changed payment, or why the event was not applied. */
export type OutOfBandResult =
  | { readonly ok: true; readonly payment: Payment }
  | { readonly ok: false; readonly failure: OutOfBandFailure }

/** Deposits the buyer's money into an issued virtual account; sends the webhook `paid`. */
export function depositToAccount(
  context: SimulatorContext,
  impUid: string,
  { amount, depositor }: { amount?: unknown; depositor?: string } = {},
): OutOfBandResult {
  const payment = context.state.payments.get(impUid)
  const at = context.clock.seconds()
  const isNoAmount = amount !== undefined && (toMinor(amount, payment?.currency ?? 'KRW') ?? 0) <= 0
  if (isNoAmount) return { ok: false, failure: { reason: 'amount_invalid' } }
  const isLate = payment?.status === 'ready' && (payment.account?.dueAt ?? at) < at
  if (isLate && context.lateDeposits === 'refused') {
    return { ok: false, failure: { reason: 'account_expired' } }
  }
  return applyTransition(
    context,
    impUid,
    (ready) =>
      deposit(ready, {
        at,
        amountMinor: toMinor(amount, ready.currency) ?? ready.amountMinor,
        depositor: depositor ?? (ready.buyer.name || '홍길동'),
        pgTid: newPgTid(context.ids.digits, ready),
      }),
    'sent',
  )
}

/** The PG approves a waiting payment without a window; sends the webhook `paid`. */
export function approveWithoutWindow(context: SimulatorContext, impUid: string): OutOfBandResult {
  return applyTransition(
    context,
    impUid,
    (payment) =>
      approve(
        withDeliveryFees(context, approvable(context, payment)),
        newApproval(context, payment),
      ),
    'sent',
  )
}

/** The PG approves a payment it had reported as failed; sends the webhook `paid`. */
export function approveAfterFailure(context: SimulatorContext, impUid: string): OutOfBandResult {
  return applyTransition(
    context,
    impUid,
    (payment) => approveLate(approvable(context, payment), newApproval(context, payment)),
    'sent',
  )
}

/** The PG refuses; as at the real provider, no webhook is sent. */
export function failPayment(
  context: SimulatorContext,
  impUid: string,
  reason: string,
): OutOfBandResult {
  return applyTransition(
    context,
    impUid,
    (payment) => fail(payment, reason, context.clock.seconds()),
    'none',
  )
}

/** Cancels an amount, or (null) the whole balance, in the provider's console; sends the webhook `cancelled`. */
export function cancelInConsole(
  context: SimulatorContext,
  impUid: string,
  amount: string | null,
): OutOfBandResult {
  const payment = context.state.payments.get(impUid)
  if (payment === undefined) return { ok: false, failure: { reason: 'payment_unknown' } }
  const amountMinor = amount === null ? null : toMinor(amount, payment.currency)
  if (amount !== null && amountMinor === null) {
    return { ok: false, failure: { reason: 'amount_invalid' } }
  }
  const reason = '관리자페이지취소'
  const done = refundPayment(context, payment, { amountMinor, checksumMinor: null, reason })
  if (!done.ok) return { ok: false, failure: done.refusal }
  scheduleWebhook(context, done.payment, webhookOf(done.payment, done.refund.cancellationId))
  return done
}

/** Sends a payment's webhook again, with its present status. */
export function resendWebhook(context: SimulatorContext, impUid: string): OutOfBandResult {
  const payment = context.state.payments.get(impUid)
  if (payment === undefined) return { ok: false, failure: { reason: 'payment_unknown' } }
  if (targetsOf(context, payment).length === 0) {
    return { ok: false, failure: { reason: 'webhook_target_missing' } }
  }
  const last = payment.refunds.at(-1)?.cancellationId
  const body = webhookOf(payment, payment.status === 'cancelled' ? last : undefined)
  const once = { ...payment, webhook: { ...payment.webhook, times: 1 } }
  context.clock.after(0, () => deliverWebhook(context, once, body))
  return { ok: true, payment }
}

function applyTransition(
  context: SimulatorContext,
  impUid: string,
  transitionOf: (payment: Payment) => PaymentTransition,
  webhook: 'sent' | 'none',
): OutOfBandResult {
  const payment = context.state.payments.get(impUid)
  if (payment === undefined) return { ok: false, failure: { reason: 'payment_unknown' } }
  const done = transitionOf(payment)
  if (!done.ok) return { ok: false, failure: { reason: done.refusal.reason } }
  savePayment(context.state, done.payment)
  issueKeyOf(context, done.payment)
  if (webhook === 'sent') scheduleWebhook(context, done.payment, webhookOf(done.payment))
  return done
}

function issueKeyOf(context: SimulatorContext, payment: Payment): void {
  if (isKeyIssue(payment) && payment.status === 'paid') {
    issueByWindow(context, payment, payment.customerUid)
  }
}
