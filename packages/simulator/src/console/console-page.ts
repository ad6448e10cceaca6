import { html } from 'hono/html'
import type { SimulatorContext } from '../context.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Payment } from '../domain/payment/payment.ts'
import { balanceOf } from '../domain/payment/refund.ts'
import type { Html } from '../runtime/html.ts'
import type { Language } from '../runtime/language.ts'
import { clockForm } from './clock-form.ts'
import { type ConsoleMessages, consoleMessages } from './console-messages.ts'
import { deliveryTable } from './delivery-table.ts'
import { keyTable } from './key-table.ts'
import { webhookForm } from './webhook-form.ts'

const maxRows = 100

/** The console page: payments with their actions, billing keys, webhook settings, the delivery log. */
export function consolePage(
  context: SimulatorContext,
  language: Language,
  error: string | null,
): Html {
  const messages = consoleMessages[language]
  const shown = [...context.state.payments.values()].toReversed().slice(0, maxRows)
  const other = language === 'ko' ? 'en' : 'ko'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${messages.title}</title>
<link rel="stylesheet" href="/console/style.css">
</head>
<body><main>
<header>
<h1>${messages.title}</h1>
<nav><a href="/?lang=${language}">${messages.refresh}</a><a href="/?lang=${other}" lang="${other}">${messages.other}</a></nav>
<p class="lead">${messages.lead}</p>
</header>
${error === null ? '' : html`<p role="alert">${messages.notDone}: <code>${error}</code></p>`}
<section aria-labelledby="clock"><h2 id="clock">${messages.clock}</h2>
${clockForm(context, messages, language)}
</section>
<section aria-labelledby="payments"><h2 id="payments">${messages.payments}</h2>
${shown.length === 0 ? html`<p class="quiet">${messages.noPayments}</p>` : paymentTable(shown, messages, language)}
</section>
<section aria-labelledby="keys"><h2 id="keys">${messages.keys}</h2>
${keyTable([...context.state.billingKeys.values()], messages, language)}
</section>
<section aria-labelledby="webhooks"><h2 id="webhooks">${messages.webhooks}</h2>
${webhookForm(context.webhook, messages, language)}
</section>
<section aria-labelledby="deliveries"><h2 id="deliveries">${messages.deliveries}</h2>
${deliveryTable(context.state.deliveries, messages, language)}
</section>
</main></body>
</html>`
}

function paymentTable(
  payments: readonly Payment[],
  messages: ConsoleMessages,
  language: Language,
): Html {
  return html`<table>
<thead><tr><th scope="col">${messages.order}</th><th scope="col">${messages.amount}</th><th scope="col">${messages.status}</th><th scope="col">${messages.actions}</th></tr></thead>
<tbody>${payments.map((payment) => paymentRow(payment, messages, language))}</tbody>
</table>`
}

function paymentRow(payment: Payment, messages: ConsoleMessages, language: Language): Html {
  const { account, currency } = payment
  const cancelledMinor = payment.amountMinor - balanceOf(payment)
  return html`<tr data-imp-uid="${payment.impUid}">
<td><strong>${payment.merchantUid}</strong><small>${payment.name}</small><code>${payment.impUid}</code></td>
<td class="money">${money(payment.amountMinor, currency, language)}
${cancelledMinor === 0 ? '' : html`<small>${messages.cancelled} ${money(cancelledMinor, currency, language)}</small>`}</td>
<td>${badge(payment, messages)}<small>${payment.channel.pg_provider} · ${payment.payMethod}${payment.channel.sandbox ? ` · ${messages.sandbox}` : ''}</small>
${account === null ? '' : html`<small>${messages.account}: ${account.name} ${account.num}</small>`}
${payment.failReason === null ? '' : html`<small>${payment.failReason}</small>`}</td>
<td>${actions(payment, messages, language)}</td>
</tr>`
}

function badge(payment: Payment, messages: ConsoleMessages): Html {
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

function actions(payment: Payment, messages: ConsoleMessages, language: Language): Html {
  const { status, account, impUid } = payment
  const form = (action: string, content: Html) => html`<form class="inline" method="post"
action="/console/payments/${encodeURIComponent(impUid)}/${action}?lang=${language}">${content}</form>`
  const isRefundable = (status === 'paid' || status === 'cancelled') && balanceOf(payment) > 0
  return html`${status === 'ready' && account !== null ? form('deposit', html`<button class="primary">${messages.deposit}</button>`) : ''}
${
  isRefundable
    ? form(
        'cancel',
        html`<label><span class="hidden">${messages.cancelAmount}</span><input type="text" inputmode="decimal" name="amount" placeholder="${toAmount(balanceOf(payment), payment.currency)}"></label><button>${messages.cancel}</button>`,
      )
    : ''
}
${status === 'failed' ? form('approve-late', html`<button>${messages.approveLate}</button>`) : ''}
${form('resend', html`<button>${messages.resend}</button>`)}`
}

function money(minor: number, currency: string, language: Language): string {
  const amount = toAmount(minor, currency)
  return `${amount.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US')} ${currency}`
}
