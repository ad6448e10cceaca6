import { html } from 'hono/html'
import type { Delivery, DeliveryAnswer } from '../domain/records.ts'
import type { Words } from './console-messages.ts'
import type { Html } from './html.ts'

const mostShown = 100

/** What was sent to the merchant and what came back, newest first. */
export function deliveryTable(deliveries: readonly Delivery[], say: Words): Html {
  if (deliveries.length === 0) return html`<p class="quiet">${say.noDeliveries}</p>`
  const shown = deliveries.toReversed().slice(0, mostShown)
  return html`<table>
<thead><tr><th scope="col">${say.sent}</th><th scope="col">${say.kind}</th><th scope="col">${say.address}</th><th scope="col">${say.body}</th><th scope="col">${say.answer}</th></tr></thead>
<tbody>${shown.map((delivery) => row(delivery, say))}</tbody>
</table>`
}

function row({ at, kind, attempt, url, body, answer }: Delivery, say: Words): Html {
  const sentAt = new Date(at * 1000).toISOString()
  return html`<tr>
<td><time datetime="${sentAt}">${sentAt.slice(11, 19)}</time></td>
<td class="kind">${say.kinds[kind]}<small>${say.attempt} ${attempt}</small></td>
<td><code>${url}</code></td>
<td><code>${body}</code></td>
<td>${answerText(answer, say)}</td>
</tr>`
}

function answerText(answer: DeliveryAnswer | null, say: Words): Html {
  if (answer === null) return html`<span class="badge">${say.waiting}</span>`
  if ('error' in answer) return html`<span class="badge failed">${say[answer.error]}</span>`
  const look = answer.status < 300 ? 'paid' : 'failed'
  return html`<span class="badge ${look}">${answer.status}</span>`
}
