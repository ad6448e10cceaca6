import { html } from 'hono/html'
import type { World } from '../context.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Payment } from '../domain/payment/payment.ts'
import { balanceOf } from '../domain/payment/refund.ts'
import { type Language, type Words, words } from './console-messages.ts'
import { deliveryTable } from './delivery-table.ts'
import type { Html } from './html.ts'
import { webhookForm } from './webhook-form.ts'

const mostShown = 100

/** The console: payments and what may happen to them, webhook settings, the delivery log. */
export function consolePage(world: World, language: Language, notice: string | null): Html {
  const say = words[language]
  const shown = [...world.ledger.payments.values()].toReversed().slice(0, mostShown)
  const other = language === 'ko' ? 'en' : 'ko'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<link rel="stylesheet" href="/console/style.css">
</head>
<body><main>
<header>
<h1>${say.title}</h1>
<nav><a href="/?lang=${language}">${say.refresh}</a><a href="/?lang=${other}" lang="${other}">${say.other}</a></nav>
<p class="lead">${say.lead}</p>
</header>
${notice === null ? '' : html`<p role="alert">${say.notDone}: <code>${notice}</code></p>`}
<section aria-labelledby="payments"><h2 id="payments">${say.payments}</h2>
${shown.length === 0 ? html`<p class="quiet">${say.noPayments}</p>` : paymentTable(shown, say, language)}
</section>
<section aria-labelledby="webhooks"><h2 id="webhooks">${say.webhooks}</h2>
${webhookForm(world.webhook, say, language)}
</section>
<section aria-labelledby="deliveries"><h2 id="deliveries">${say.deliveries}</h2>
${deliveryTable(world.ledger.deliveries, say)}
</section>
</main></body>
</html>`
}

function paymentTable(payments: readonly Payment[], say: Words, language: Language): Html {
  return html`<table>
<thead><tr><th scope="col">${say.order}</th><th scope="col">${say.amount}</th><th scope="col">${say.status}</th><th scope="col">${say.actions}</th></tr></thead>
<tbody>${payments.map((payment) => paymentRow(payment, say, language))}</tbody>
</table>`
}

function paymentRow(payment: Payment, say: Words, language: Language): Html {
  const { account, currency } = payment
  const cancelledMinor = payment.amountMinor - balanceOf(payment)
  return html`<tr data-imp-uid="${payment.impUid}">
<td><strong>${payment.merchantUid}</strong><small>${payment.name}</small><code>${payment.impUid}</code></td>
<td class="money">${money(payment.amountMinor, currency, language)}
${cancelledMinor === 0 ? '' : html`<small>${say.cancelled} ${money(cancelledMinor, currency, language)}</small>`}</td>
<td>${badge(payment, say)}<small>${payment.channel.pg_provider} · ${payment.payMethod}${payment.channel.sandbox ? ` · ${say.sandbox}` : ''}</small>
${account === null ? '' : html`<small>${say.account}: ${account.name} ${account.num}</small>`}
${payment.failReason === null ? '' : html`<small>${payment.failReason}</small>`}</td>
<td>${actions(payment, say, language)}</td>
</tr>`
}

function badge(payment: Payment, say: Words): Html {
  const { status, account } = payment
  if (status === 'ready' && account !== null) {
    return html`<span class="badge issued">${say.issued}</span>`
  }
  const left = balanceOf(payment)
  if (left > 0 && left < payment.amountMinor) {
    return html`<span class="badge partly">${say.partly}</span>`
  }
  return html`<span class="badge ${status}">${say.statuses[status]}</span>`
}

function actions(payment: Payment, say: Words, language: Language): Html {
  const { status, account, impUid } = payment
  const form = (deed: string, content: Html) => html`<form class="inline" method="post"
action="/console/payments/${encodeURIComponent(impUid)}/${deed}?lang=${language}">${content}</form>`
  const isRefundable = (status === 'paid' || status === 'cancelled') && balanceOf(payment) > 0
  return html`${status === 'ready' && account !== null ? form('deposit', html`<button class="primary">${say.deposit}</button>`) : ''}
${
  isRefundable
    ? form(
        'cancel',
        html`<label><span class="hidden">${say.cancelAmount}</span><input type="text" inputmode="decimal" name="amount" placeholder="${toAmount(balanceOf(payment), payment.currency)}"></label><button>${say.cancel}</button>`,
      )
    : ''
}
${status === 'failed' ? form('approve-late', html`<button>${say.approveLate}</button>`) : ''}
${form('resend', html`<button>${say.resend}</button>`)}`
}

function money(minor: number, currency: string, language: Language): string {
  const amount = toAmount(minor, currency)
  return `${amount.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US')} ${currency}`
}
