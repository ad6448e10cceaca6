import type { SimulatorContext } from '../../context.ts'
import { amountTakenAtIssue, sendsIssueWebhook } from '../../domain/billing/billing-key.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { toAmount } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { approve, fail, issue } from '../../domain/payment/payment-lifecycle.ts'
import type {
  ApproveChoice,
  PaymentWindow,
  WindowResult,
  WindowView,
} from '../../domain/payment/window.ts'
import { savePayment } from '../../state.ts'
import { confirmWithMerchant } from '../../webhooks/confirm.ts'
import { deliverWebhook, type WebhookBody, webhookOf } from '../../webhooks/deliver.ts'
import { serializePayment } from '../../wire/serialize-payment.ts'
import { issueByWindow } from '../billing/issue-billing-key.ts'
import { withDeliveryFees } from '../naver/naver-orders.ts'
import { approveAtNextPoll, isPolled } from '../naver/naver-poll.ts'
import { newAccount, newApproval } from './approval.ts'
import { browserChannels, openPayment } from './open-payment.ts'
import { runQuickAction } from './quickpay-action.ts'

type WindowOutcome = { readonly payment: Payment; readonly error: WindowError | null }
type WindowError = { readonly error_code: string | null; readonly error_msg: string }

/** Seats the payment window in front of a simulated world. */
export function createPaymentWindow(context: SimulatorContext): PaymentWindow {
  const { state, clock } = context
  const webhooksAfterReturn = new Map<string, WebhookBody>()

  const paymentOf = (impUid: string): Payment => {
    const payment = state.payments.get(impUid)
    if (payment === undefined) throw new TypeError(`Cannot find payment ${impUid}: none was opened`)
    return payment
  }

  const toResult = ({ payment, error }: WindowOutcome): WindowResult => resultOf(payment, error)

  const refuse = (payment: Payment, error: WindowError): WindowOutcome => {
    const failed = fail(payment, error.error_msg, clock.seconds())
    return { payment: failed.ok ? savePayment(state, failed.payment) : payment, error }
  }

  const sendAsPlanned = async (payment: Payment): Promise<void> => {
    const body = webhookOf(payment)
    const { timing, delayMs } = payment.webhook
    switch (timing) {
      case 'before':
        return deliverWebhook(context, payment, body)
      case 'with':
        return clock.after(delayMs, () => deliverWebhook(context, payment, body))
      case 'after':
        webhooksAfterReturn.set(payment.impUid, body)
        return
      case 'never':
    }
  }

  const sendWebhook = async (payment: Payment): Promise<void> => {
    if (payment.usage === 'issue' && payment.customerUid !== null && payment.account === null) {
      issueByWindow(context, payment, payment.customerUid)
      if (!sendsIssueWebhook(payment)) return
    }
    return sendAsPlanned(payment)
  }

  const complete = async (opened: Payment, choice: ApproveChoice): Promise<WindowOutcome> => {
    const failReason = await confirmWithMerchant(context, opened)
    const current = paymentOf(opened.impUid)
    if (current.status !== 'ready' || current.account !== null) return finishedOutcome(current)
    if (failReason !== null) return refuse(current, { error_code: null, error_msg: failReason })

    const withPlan = { ...current, webhook: { ...current.webhook, ...choice.webhook } }
    if (runQuickAction(context, withPlan)) return { payment: withPlan, error: null }
    const isAccount = withPlan.payMethod === 'vbank' || choice.vbank !== undefined
    const approval = newApproval(context, withPlan, choice)
    if (isPolled(withPlan) && !isAccount) {
      approveAtNextPoll(context, savePayment(state, withPlan).impUid, approval)
      return { payment: withPlan, error: null }
    }
    const transition = isAccount
      ? issue(
          withDeliveryFees(context, withPlan),
          newAccount(context, withPlan, choice.vbank),
          approval.pgTid,
        )
      : approve(asKeyIssue(withPlan), approval)
    if (!transition.ok) return finishedOutcome(current)
    await sendWebhook(savePayment(state, transition.payment))
    return { payment: transition.payment, error: null }
  }

  return {
    channels: (userCode) => browserChannels(context, userCode),
    open: (request) => openPayment(context, request),
    view: (impUid) => {
      const payment = state.payments.get(impUid)
      return payment === undefined ? null : viewOf(payment)
    },
    approve: async (impUid, choice) => toResult(await complete(paymentOf(impUid), choice)),
    decline: async (impUid, refusal) => {
      const payment = paymentOf(impUid)
      return toResult(isOpen(payment) ? refuse(payment, refusal) : finishedOutcome(payment))
    },
    cancel: async (impUid) => {
      const payment = paymentOf(impUid)
      if (!isOpen(payment)) return toResult(finishedOutcome(payment))
      const error = abandonedError(payment.channel)
      const isRecorded = ['html5_inicis', 'inicis'].includes(payment.channel.pg_provider)
      return toResult(isRecorded ? refuse(payment, error) : { payment, error })
    },
    returned: (impUid) => {
      const body = webhooksAfterReturn.get(impUid)
      if (body === undefined) return
      webhooksAfterReturn.delete(impUid)
      const payment = paymentOf(impUid)
      clock.after(payment.webhook.delayMs, () => deliverWebhook(context, payment, body))
    },
  }
}

function isOpen({ status, account }: Payment): boolean {
  return status === 'ready' && account === null
}

function asKeyIssue(payment: Payment): Payment {
  return payment.usage === 'issue'
    ? { ...payment, amountMinor: amountTakenAtIssue(payment) }
    : payment
}

// A window may be answered twice (a double click, a page gone back to): the first answer stands.
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

function resultOf(payment: Payment, error: WindowError | null): WindowResult {
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    ok: error === null,
    error_code: error?.error_code ?? null,
    error_msg: error?.error_msg ?? null,
    payment: serializePayment(payment),
    ...(payment.quick === null ? {} : { kcp_action: payment.quick.action }),
  }
}

function viewOf(payment: Payment): WindowView {
  const { account, channel } = payment
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    name: payment.name,
    amount: toAmount(payment.amountMinor, payment.currency),
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
