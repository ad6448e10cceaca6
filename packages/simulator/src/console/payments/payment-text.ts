import { html } from 'hono/html'
import { toAmount } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'

/** The payment's status in the provider's words, with what they leave out: an issued account, a part that is left. */
export function statusBadge(payment: Payment, messages: ConsoleMessages): Html {
  const { status, account } = payment
  if (status === 'ready' && account !== null) {
    return html`<span class="badge issued">${messages.issued}</span>`
  }
  const left = balanceOf(payment)
  if (left > 0 && left < payment.amountMinor) {
    return html`<span class="badge partly">${messages.partly}</span>`
  }
  return html`<span class="badge ${status}">${messages.statuses[status]}</span>`
}

/** An amount with its currency, grouped as the language does. */
export function moneyText(minor: number, currency: string, language: Language): string {
  const amount = toAmount(minor, currency)
  return `${amount.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US')} ${currency}`
}
