import { html } from 'hono/html'
import { toAmount } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'
import { moneyText } from './payment-text.ts'

/** Where the browser goes after an action. */
export type Origin = 'list' | 'payment'

/** The actions that are possible now. A cancel cannot be undone, so it opens first and is confirmed then. */
export function paymentActions(
  payment: Payment,
  messages: ConsoleMessages,
  { language, origin }: { language: Language; origin: Origin },
): Html {
  const { status, account, impUid, currency } = payment
  const left = balanceOf(payment)
  const form = (action: string, content: Html) => html`<form class="inline" method="post"
action="/console/payments/${encodeURIComponent(impUid)}/${action}?lang=${language}&amp;from=${origin}">${content}</form>`
  const isRefundable = (status === 'paid' || status === 'cancelled') && left > 0
  return html`${status === 'ready' && account !== null ? form('deposit', html`<button class="primary">${messages.deposit}</button>`) : ''}
${status === 'failed' ? form('approve-late', html`<button>${messages.approveLate}</button>`) : ''}
${form('resend', html`<button>${messages.resend}</button>`)}
${
  isRefundable
    ? html`<details class="confirm" data-keep="cancel-${impUid}"><summary>${messages.cancel}</summary>${form(
        'cancel',
        html`<p>${messages.cancelQuestion(moneyText(left, currency, language))}</p>
<label>${messages.cancelAmount}<input type="text" inputmode="decimal" name="amount" placeholder="${toAmount(left, currency)}"></label>
<button class="danger">${messages.cancelConfirm}</button>`,
      )}</details>`
    : ''
}`
}
