import { html } from 'hono/html'
import type { Delivery, DeliveryResponse } from '../domain/records.ts'
import type { Html } from '../runtime/html.ts'
import type { Language } from '../runtime/language.ts'
import type { ConsoleMessages } from './console-messages.ts'
import { toKoreanTime } from './korean-time.ts'

const maxRows = 100

/** The messages sent to the merchant with their responses, newest first. */
export function deliveryTable(
  deliveries: readonly Delivery[],
  messages: ConsoleMessages,
  language: Language,
): Html {
  if (deliveries.length === 0) return html`<p class="quiet">${messages.noDeliveries}</p>`
  const shown = deliveries.toReversed().slice(0, maxRows)
  return html`<table>
<thead><tr><th scope="col">${messages.sent}</th><th scope="col">${messages.kind}</th><th scope="col">${messages.address}</th><th scope="col">${messages.body}</th><th scope="col">${messages.response}</th></tr></thead>
<tbody>${shown.map((delivery) => row(delivery, messages, language))}</tbody>
</table>`
}

function row(
  { at, kind, attempt, url, body, response }: Delivery,
  messages: ConsoleMessages,
  language: Language,
): Html {
  const sentAt = new Date(at * 1000)
  const { date, time } = toKoreanTime(sentAt, language)
  return html`<tr>
<td><time datetime="${sentAt.toISOString()}">${time}<small>${date}</small></time></td>
<td class="kind">${messages.kinds[kind]}<small>${messages.attempt} ${attempt}</small></td>
<td><code>${url}</code></td>
<td><code>${body}</code></td>
<td>${responseText(response, messages)}</td>
</tr>`
}

function responseText(response: DeliveryResponse | null, messages: ConsoleMessages): Html {
  if (response === null) return html`<span class="badge">${messages.waiting}</span>`
  if ('error' in response)
    return html`<span class="badge failed">${messages[response.error]}</span>`
  const badgeClass = response.status < 300 ? 'paid' : 'failed'
  return html`<span class="badge ${badgeClass}">${response.status}</span>`
}
