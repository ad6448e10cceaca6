import type { World } from '../../context.ts'
import { isHeralded, takenAtIssue } from '../../domain/billing/billing-key.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { toAmount } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { approve, fail, issue } from '../../domain/payment/payment-lifecycle.ts'
import type { ApproveChoice, Desk, WindowResult, WindowView } from '../../domain/payment/window.ts'
import { keep } from '../../state.ts'
import { askMerchant } from '../../webhooks/confirm.ts'
import { deliver, type WebhookBody, webhookOf } from '../../webhooks/deliver.ts'
import { presentPayment } from '../../wire/serialize-payment.ts'
import { issueByWindow } from '../billing/issue-billing-key.ts'
import { withDelivery } from '../naver/naver-orders.ts'
import { hearAtNextPoll, isPolled } from '../naver/naver-poll.ts'
import { newAccount, newApproval } from './approval.ts'
import { channelsOf, openWindow } from './open-payment.ts'
import { didQuickDeed } from './quickpay-action.ts'

type Step = { readonly payment: Payment; readonly error: WindowError | null }
type WindowError = { readonly error_code: string | null; readonly error_msg: string }

/** Seats the payment window in front of a simulated world. */
export function createDesk(world: World): Desk {
  const { ledger, clock } = world
  const waiting = new Map<string, WebhookBody>()

  const paymentOf = (impUid: string): Payment => {
    const payment = ledger.payments.get(impUid)
    if (payment === undefined) throw new TypeError(`Cannot find payment ${impUid}: none was opened`)
    return payment
  }

  const settleWith = ({ payment, error }: Step): WindowResult => resultOf(payment, error)

  const refuse = (payment: Payment, error: WindowError): Step => {
    const failed = fail(payment, error.error_msg, clock.seconds())
    return { payment: failed.ok ? keep(ledger, failed.payment) : payment, error }
  }

  const sendAsPlanned = async (payment: Payment): Promise<void> => {
    const body = webhookOf(payment)
    const { timing, delayMs } = payment.webhook
    switch (timing) {
      case 'before':
        return deliver(world, payment, body)
      case 'with':
        return clock.after(delayMs, () => deliver(world, payment, body))
      case 'after':
        waiting.set(payment.impUid, body)
        return
      case 'never':
    }
  }

  const tell = async (payment: Payment): Promise<void> => {
    if (payment.usage === 'issue' && payment.customerUid !== null && payment.account === null) {
      issueByWindow(world, payment, payment.customerUid)
      if (!isHeralded(payment)) return
    }
    return sendAsPlanned(payment)
  }

  const complete = async (opened: Payment, choice: ApproveChoice): Promise<Step> => {
    const objection = await askMerchant(world, opened)
    const current = paymentOf(opened.impUid)
    if (current.status !== 'ready' || current.account !== null) return finished(current)
    if (objection !== null) return refuse(current, { error_code: null, error_msg: objection })

    const planned = { ...current, webhook: { ...current.webhook, ...choice.webhook } }
    if (didQuickDeed(world, planned)) return { payment: planned, error: null }
    const isAccount = planned.payMethod === 'vbank' || choice.vbank !== undefined
    const approval = newApproval(world, planned, choice)
    if (isPolled(planned) && !isAccount) {
      hearAtNextPoll(world, keep(ledger, planned).impUid, approval)
      return { payment: planned, error: null }
    }
    const done = isAccount
      ? issue(
          withDelivery(world, planned),
          newAccount(world, planned, choice.vbank),
          approval.pgTid,
        )
      : approve(asKeyIssue(planned), approval)
    if (!done.ok) return finished(current)
    await tell(keep(ledger, done.payment))
    return { payment: done.payment, error: null }
  }

  return {
    channels: (userCode) => channelsOf(world, userCode),
    open: (request) => openWindow(world, request),
    view: (impUid) => {
      const payment = ledger.payments.get(impUid)
      return payment === undefined ? null : viewOf(payment)
    },
    approve: async (impUid, choice) => settleWith(await complete(paymentOf(impUid), choice)),
    decline: async (impUid, refusal) => {
      const payment = paymentOf(impUid)
      return settleWith(isOpen(payment) ? refuse(payment, refusal) : finished(payment))
    },
    cancel: async (impUid) => {
      const payment = paymentOf(impUid)
      if (!isOpen(payment)) return settleWith(finished(payment))
      const error = abandoned(payment.channel)
      const isRecorded = ['html5_inicis', 'inicis'].includes(payment.channel.pg_provider)
      return settleWith(isRecorded ? refuse(payment, error) : { payment, error })
    },
    returned: (impUid) => {
      const body = waiting.get(impUid)
      if (body === undefined) return
      waiting.delete(impUid)
      const payment = paymentOf(impUid)
      clock.after(payment.webhook.delayMs, () => deliver(world, payment, body))
    },
  }
}

function isOpen({ status, account }: Payment): boolean {
  return status === 'ready' && account === null
}

function asKeyIssue(payment: Payment): Payment {
  return payment.usage === 'issue' ? { ...payment, amountMinor: takenAtIssue(payment) } : payment
}

// A window may be answered twice (a double click, a page gone back to): the first answer stands.
function finished(payment: Payment): Step {
  if (payment.status !== 'failed') return { payment, error: null }
  return { payment, error: { error_code: null, error_msg: payment.failReason ?? '' } }
}

function abandoned({ module, pg_provider }: Channel): WindowError {
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
    payment: presentPayment(payment),
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
