import { html } from 'hono/html'
import type { Delivery, DeliveryResponse } from '../../domain/records.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'
import { toKoreanTime } from '../korean-time.ts'

const maxRows = 100
/** How much of a response is shown. */
const maxShown = 2000

/** Where a table of messages stands. */
export interface DeliveryPlace {
  readonly language: Language
  /** The payment on whose page it stands; null in the console's list of all. */
  readonly paymentId: string | null
}

/** The messages sent to the merchant with their responses, newest first, each with the button that sends it again. */
export function deliveryTable(
  deliveries: readonly Delivery[],
  messages: ConsoleMessages,
  place: DeliveryPlace,
): Html {
  if (deliveries.length === 0) return html`<p class="quiet">${messages.noDeliveries}</p>`
  const shown = deliveries.toReversed().slice(0, maxRows)
  return html`<table>
<thead><tr><th scope="col">${messages.sent}</th><th scope="col">${messages.kind}</th><th scope="col">${messages.address}</th><th scope="col">${messages.body}</th><th scope="col">${messages.response}</th><th scope="col"><span class="hidden">${messages.actions}</span></th></tr></thead>
<tbody>${shown.map((delivery) => row(delivery, messages, place))}</tbody>
</table>`
}

function row(
  { id, at, kind, attempt, url, imp_uid, body, response }: Delivery,
  messages: ConsoleMessages,
  { language, paymentId }: DeliveryPlace,
): Html {
  const origin = paymentId === null ? '' : `&payment=${encodeURIComponent(paymentId)}`
  const sentAt = new Date(at * 1000)
  const { date, time } = toKoreanTime(sentAt, language)
  return html`<tr data-key="delivery-${id}">
<td><time datetime="${sentAt.toISOString()}">${time}<small>${date}</small></time></td>
<td class="kind">${messages.kinds[kind]} <small>#${id} · ${messages.attempt} ${attempt}</small>${paymentId !== null || kind === 'test' ? '' : html`<small><a href="/console/payments/${encodeURIComponent(imp_uid)}?lang=${language}">${imp_uid}</a></small>`}</td>
<td><code>${url}</code></td>
<td><code>${body}</code></td>
<td>${responseText(response, messages)}${paymentId === null || response === null || !('body' in response) || response.body === '' ? '' : html`<code class="answer">${response.body.slice(0, maxShown)}</code>`}</td>
<td>${kind === 'confirm' ? '' : html`<form class="inline" method="post" action="/console/deliveries/${id}/resend?lang=${language}${origin}"><button aria-label="${messages.resendThis(id)}">${messages.resendOne}</button></form>`}</td>
</tr>`
}

function responseText(response: DeliveryResponse | null, messages: ConsoleMessages): Html {
  if (response === null) return html`<span class="badge">${messages.waiting}</span>`
  if ('error' in response)
    return html`<span class="badge failed">${messages[response.error]}</span>`
  const badgeClass = response.status < 300 ? 'paid' : 'failed'
  return html`<span class="badge ${badgeClass}">${response.status}</span>`
}
