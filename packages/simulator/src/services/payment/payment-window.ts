import type { SimulatorContext } from '../../context.ts'
import {
  isIssuedWithWebhook,
  isKeyIssue,
  sendsIssueWebhook,
  shownMinor,
} from '../../domain/billing/issue-window.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { toAmount } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import {
  approve,
  fail,
  issue,
  type PaymentTransition,
} from '../../domain/payment/payment-lifecycle.ts'
import type {
  ApproveChoice,
  PaymentWindow,
  WindowResult,
  WindowView,
} from '../../domain/payment/window.ts'
import { type SimulatorState, savePayment } from '../../state.ts'
import { confirmWithMerchant } from '../../webhooks/confirm.ts'
import { deliverWebhook, webhookOf } from '../../webhooks/deliver.ts'
import { serializePayment } from '../../wire/serialize-payment.ts'
import { approvable, issueByWindow } from '../billing/issue-by-window.ts'
import { withDeliveryFees } from '../naver/naver-orders.ts'
import { approveAtNextPoll, isPolled } from '../naver/naver-poll.ts'
import { newAccount, newApproval } from './approval.ts'
import { browserChannels, openPayment } from './open-payment.ts'
import { runQuickAction } from './quickpay-action.ts'

type WindowOutcome = { readonly payment: Payment; readonly error: WindowError | null }
type WindowError = { readonly error_code: string | null; readonly error_msg: string }

/** Makes the payment window of one merchant account. */
export function createPaymentWindow(context: SimulatorContext): PaymentWindow {
  const { state, origin } = context
  const webhooks = createWebhookTiming(context)
  return {
    channels: (userCode) => browserChannels(context, userCode),
    open: (request) => openPayment(context, request),
    view: (impUid) => {
      const payment = state.payments.get(impUid)
      return payment === undefined ? null : viewOf(payment)
    },
    approve: async (impUid, choice) =>
      toResult(await completeApproval(context, webhooks, paymentOf(state, impUid), choice), origin),
    decline: async (impUid, refusal) => {
      const payment = paymentOf(state, impUid)
      return toResult(
        isOpen(payment) ? refuse(context, payment, refusal) : finishedOutcome(payment),
        origin,
      )
    },
    cancel: async (impUid) => toResult(cancelOpen(context, paymentOf(state, impUid)), origin),
    returned: (impUid) => webhooks.returned(impUid),
  }
}

/** Sends the webhooks of windows before, with or after the browser's return. */
interface WebhookTiming {
  /** Runs `beforehand` at the moment of the sending, and at that moment also when nothing is sent. */
  send(payment: Payment, beforehand?: () => void): Promise<void>
  /** Sends the webhook that waited for the browser to receive its result. */
  returned(impUid: string): void
}

function createWebhookTiming(context: SimulatorContext): WebhookTiming {
  const { state, clock } = context
  const afterReturn = new Map<string, () => Promise<void>>()
  return {
    send: async (payment, beforehand) => {
      const body = webhookOf(payment)
      const { timing, delayMs } = payment.webhook
      const deliver = async () => {
        beforehand?.()
        if (timing !== 'never') await deliverWebhook(context, payment, body)
      }
      switch (timing) {
        case 'before':
          return deliver()
        case 'with':
        case 'never':
          return clock.after(delayMs, deliver)
        case 'after':
          afterReturn.set(payment.impUid, deliver)
      }
    },
    returned: (impUid) => {
      const deliver = afterReturn.get(impUid)
      if (deliver === undefined) return
      afterReturn.delete(impUid)
      clock.after(paymentOf(state, impUid).webhook.delayMs, deliver)
    },
  }
}

async function completeApproval(
  context: SimulatorContext,
  webhooks: WebhookTiming,
  opened: Payment,
  choice: ApproveChoice,
): Promise<WindowOutcome> {
  const { state } = context
  const failReason = await confirmWithMerchant(context, approvable(context, opened))
  const current = paymentOf(state, opened.impUid)
  if (!isOpen(current)) return finishedOutcome(current)
  if (failReason !== null) {
    return refuse(context, current, { error_code: null, error_msg: failReason })
  }

  const withPlan = { ...current, webhook: { ...current.webhook, ...choice.webhook } }
  if (runQuickAction(context, withPlan)) return { payment: withPlan, error: null }
  const isAccount = withPlan.payMethod === 'vbank' || choice.vbank !== undefined
  const approval = newApproval(context, withPlan, choice)
  if (isPolled(withPlan) && !isAccount) {
    approveAtNextPoll(context, savePayment(state, withPlan).impUid, approval)
    return { payment: withPlan, error: null }
  }
  const transition = isAccount
    ? issueAccount(context, withPlan, choice, approval.pgTid)
    : approve(approvable(context, withPlan), approval)
  if (!transition.ok) return finishedOutcome(current)
  await finishApproval(context, webhooks, savePayment(state, transition.payment))
  return { payment: transition.payment, error: null }
}

function issueAccount(
  context: SimulatorContext,
  payment: Payment,
  { vbank }: ApproveChoice,
  pgTid: string,
): PaymentTransition {
  return issue(withDeliveryFees(context, payment), newAccount(context, payment, vbank), pgTid)
}

/** Issues the billing key the window was opened for, and sends the webhook unless the PG sends none for a key. */
async function finishApproval(
  context: SimulatorContext,
  webhooks: WebhookTiming,
  payment: Payment,
): Promise<void> {
  if (!isKeyIssue(payment)) return webhooks.send(payment)
  const issueKey = () => {
    issueByWindow(context, payment, payment.customerUid)
  }
  if (isIssuedWithWebhook(payment)) return webhooks.send(payment, issueKey)
  issueKey()
  if (sendsIssueWebhook(payment, context.billing)) return webhooks.send(payment)
}

function cancelOpen(context: SimulatorContext, payment: Payment): WindowOutcome {
  if (!isOpen(payment)) return finishedOutcome(payment)
  const error = abandonedError(payment.channel)
  const isRecorded = ['html5_inicis', 'inicis'].includes(payment.channel.pg_provider)
  return isRecorded ? refuse(context, payment, error) : { payment, error }
}

function refuse(
  { state, clock }: SimulatorContext,
  payment: Payment,
  error: WindowError,
): WindowOutcome {
  const failed = fail(payment, error.error_msg, clock.seconds())
  return { payment: failed.ok ? savePayment(state, failed.payment) : payment, error }
}

function paymentOf(state: SimulatorState, impUid: string): Payment {
  const payment = state.payments.get(impUid)
  if (payment === undefined) throw new TypeError(`Cannot find payment ${impUid}: none was opened`)
  return payment
}

function isOpen({ status, account }: Payment): boolean {
  return status === 'ready' && account === null
}

// A window may be submitted twice (a double click, a page the buyer went back to): the first result stands.
function finishedOutcome(payment: Payment): WindowOutcome {
  if (payment.status !== 'failed') return { payment, error: null }
  return { payment, error: { error_code: null, error_msg: payment.failReason ?? '' } }
}

function abandonedError({ module, pg_provider }: Channel): WindowError {
  if (module === 'new') {
    return { error_code: 'F400', error_msg: '사용자가 결제를 취소하였습니다.' }
  }
  const error_msg = ['html5_inicis', 'inicis'].includes(pg_provider)
    ? '사용자가 결제를 취소하셨습니다'
    : '[결제포기] 사용자가 결제를 취소하셨습니다'
  return { error_code: null, error_msg }
}

function toResult({ payment, error }: WindowOutcome, origin: string): WindowResult {
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    ok: error === null,
    error_code: error?.error_code ?? null,
    error_msg: error?.error_msg ?? null,
    paid_amount: toAmount(payment.amountMinor, payment.currency),
    payment: serializePayment(payment, origin),
    ...(payment.quick === null ? {} : { kcp_action: payment.quick.action }),
  }
}

function viewOf(payment: Payment): WindowView {
  const { account, channel } = payment
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    name: payment.name,
    amount: toAmount(shownMinor(payment), payment.currency),
    discount: toAmount(payment.promotion?.discountMinor ?? 0, payment.currency),
    currency: payment.currency,
    pay_method: payment.payMethod,
    pg_provider: channel.pg_provider,
    module: channel.module,
    status: payment.status,
    language: payment.language,
    vbank: account && {
      num: account.num,
      name: account.name,
      holder: account.holder,
      due: account.dueAt,
    },
    m_redirect_url: payment.redirectUrl,
    webhook: payment.webhook,
  }
}
