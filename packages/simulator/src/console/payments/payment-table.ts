import { html } from 'hono/html'
import type { Payment } from '../../domain/payment/payment.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'
import { paymentActions } from './payment-actions.ts'
import { moneyText, statusBadge } from './payment-text.ts'

const pageRows = 50

/** What the list of payments is asked for. */
export interface PaymentSearch {
  readonly text: string
  /** From 1 on. */
  readonly page: number
}

/** The payments that a search finds, newest first, in pages, with the form of the search. */
export function paymentSection(
  payments: readonly Payment[],
  search: PaymentSearch,
  { messages, language }: { messages: ConsoleMessages; language: Language },
): Html {
  const found = payments.filter((payment) => matches(payment, search.text)).toReversed()
  const from = (search.page - 1) * pageRows
  const shown = found.slice(from, from + pageRows)
  const linkTo = (page: number) =>
    `/?${new URLSearchParams({ lang: language, q: search.text, page: String(page) })}#payments`
  return html`<form class="search" role="search" method="get" action="/">
<input type="hidden" name="lang" value="${language}">
<label><span class="hidden">${messages.search}</span><input type="search" name="q" value="${search.text}" placeholder="${messages.searchHint}"></label>
<button>${messages.search}</button></form>
<div data-rows>${shown.length === 0 ? html`<p class="quiet">${search.text === '' ? messages.noPayments : messages.nothingFound}</p>` : paymentTable(shown, messages, language)}
${
  found.length > pageRows
    ? html`<nav class="pages">${search.page > 1 ? html`<a href="${linkTo(search.page - 1)}">${messages.newer}</a>` : ''}
<span class="quiet">${messages.rows(from + 1, from + shown.length, found.length)}</span>
${from + shown.length < found.length ? html`<a href="${linkTo(search.page + 1)}">${messages.older}</a>` : ''}</nav>`
    : ''
}</div>`
}

function matches(payment: Payment, text: string): boolean {
  const { merchantUid, impUid, name, buyer, channel, payMethod, status } = payment
  const fields = [merchantUid, impUid, name, buyer.name, buyer.email, buyer.tel]
  const searched = [...fields, channel.pg_provider, payMethod, status].join('\n').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word))
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
  const { account, currency, impUid } = payment
  const cancelledMinor = payment.amountMinor - balanceOf(payment)
  const address = `/console/payments/${encodeURIComponent(impUid)}?lang=${language}`
  return html`<tr data-key="${impUid}" data-imp-uid="${impUid}">
<td><a class="strong" href="${address}">${payment.merchantUid}</a><small>${payment.name}</small><code>${impUid}</code></td>
<td class="money">${moneyText(payment.amountMinor, currency, language)}
${cancelledMinor === 0 ? '' : html`<small>${messages.cancelled} ${moneyText(cancelledMinor, currency, language)}</small>`}</td>
<td>${statusBadge(payment, messages)}<small>${payment.channel.pg_provider} · ${payment.payMethod}${payment.channel.sandbox ? ` · ${messages.sandbox}` : ''}</small>
${account === null ? '' : html`<small>${messages.account}: ${account.name} ${account.num}</small>`}
${payment.failReason === null ? '' : html`<small>${payment.failReason}</small>`}</td>
<td><div class="actions">${paymentActions(payment, messages, { language, origin: 'list' })}</div></td>
</tr>`
}
