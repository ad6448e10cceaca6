import { html } from 'hono/html'
import type { SimulatorContext } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import { hasSlip } from '../../domain/slip.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { serializePayment } from '../../wire/serialize-payment.ts'
import { consoleLayout } from '../console-layout.ts'
import { consoleMessages } from '../console-messages.ts'
import { toKoreanTime } from '../korean-time.ts'
import { deliveryTable } from '../sections/delivery-table.ts'
import { paymentActions } from './payment-actions.ts'
import { moneyText, statusBadge } from './payment-text.ts'

/** One payment: what it is, what can be done with it, the messages about it, and the record that the API returns. */
export function paymentPage(
  { state, origin }: SimulatorContext,
  payment: Payment,
  { language, error }: { language: Language; error: string | null },
): Html {
  const messages = consoleMessages[language]
  const deliveries = state.deliveries.filter(({ imp_uid }) => imp_uid === payment.impUid)
  const record = JSON.stringify(serializePayment(payment, origin), null, 2)
  return consoleLayout({
    language,
    title: `${payment.merchantUid} · ${messages.title}`,
    path: `/console/payments/${encodeURIComponent(payment.impUid)}`,
    error,
    body: html`<section aria-labelledby="payment"><h2 id="payment">${payment.merchantUid}</h2>
<div data-key="facts">${facts(payment, language)}</div>
<div class="actions" data-key="actions">${paymentActions(payment, messages, { language, origin: 'payment' })}</div>
</section>
<section aria-labelledby="deliveries"><h2 id="deliveries">${messages.deliveries}</h2>
<div data-rows>${deliveryTable(deliveries, messages, { language, paymentId: payment.impUid })}</div>
</section>
<section aria-labelledby="record"><h2 id="record">${messages.record}</h2>
<p class="quiet">${messages.recordHint} <code>GET /payments/${payment.impUid}</code></p>
<pre data-key="record" tabindex="0" aria-labelledby="record">${record}</pre>
</section>`,
  })
}

function facts(payment: Payment, language: Language): Html {
  const messages = consoleMessages[language]
  const { amountMinor, currency, account, channel, buyer, failReason, startedAt } = payment
  const started = toKoreanTime(new Date(startedAt * 1000), language)
  const rows: readonly (readonly [string, Html | string | null])[] = [
    [messages.status, statusBadge(payment, messages)],
    [messages.amount, moneyText(amountMinor, currency, language)],
    [
      messages.left,
      moneyText(
        payment.status === 'paid' || payment.status === 'cancelled' ? balanceOf(payment) : 0,
        currency,
        language,
      ),
    ],
    ['imp_uid', payment.impUid],
    [messages.product, payment.name],
    [
      messages.channel,
      `${channel.pg_provider} · ${payment.payMethod}${channel.sandbox ? ` · ${messages.sandbox}` : ''}`,
    ],
    [
      messages.buyer,
      [buyer.name, buyer.tel, buyer.email].filter((text) => text !== '').join(' · '),
    ],
    [messages.account, account === null ? null : `${account.name} ${account.num}`],
    [messages.failReason, failReason],
    [messages.started, `${started.date} ${started.time}`],
    [messages.slip, slipLink(payment, language)],
  ]
  return html`<dl class="facts">${rows.map(([name, value]) =>
    value === null || value === '' ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`
}

function slipLink(payment: Payment, language: Language): Html | null {
  if (!hasSlip(payment)) return null
  const query = new URLSearchParams({ tid: payment.pgTid ?? '', lang: language })
  return html`<a href="/slips?${query}">${consoleMessages[language].openSlip}</a>`
}
