import { html } from 'hono/html'
import type { BillingKey } from '../../domain/billing/billing-key.ts'
import { laterBehaviours } from '../../domain/billing/test-values.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'

const maxRows = 100

/** The billing keys, newest first, each with the form that changes what its card does from now on. */
export function keyTable(
  keys: readonly BillingKey[],
  messages: ConsoleMessages,
  language: Language,
): Html {
  if (keys.length === 0) return html`<p class="quiet">${messages.noKeys}</p>`
  const shown = keys.toReversed().slice(0, maxRows)
  return html`<table>
<thead><tr><th scope="col">${messages.key}</th><th scope="col">${messages.card}</th><th scope="col">${messages.cardState}</th></tr></thead>
<tbody>${shown.map((key) => keyRow(key, messages, language))}</tbody>
</table>`
}

function keyRow(key: BillingKey, messages: ConsoleMessages, language: Language): Html {
  const { customerUid, customerId, issued } = key
  const [{ channel, card, payMethod, behaviour }] = issued
  const action = `/console/billing-keys/${encodeURIComponent(customerUid)}?lang=${language}`
  const options = laterBehaviours.map(
    (each) =>
      html`<option value="${each}" ${each === behaviour ? 'selected' : ''}>${messages.cardStates[each]}</option>`,
  )
  return html`<tr data-key="key-${customerUid}" data-customer-uid="${customerUid}">
<td><code>${customerUid}</code>${customerId === null ? '' : html`<small>${customerId}</small>`}</td>
<td>${card?.name ?? payMethod}<small>${card?.number ?? ''}</small><small>${channel.pg_provider}${channel.sandbox ? ` · ${messages.sandbox}` : ''}</small></td>
<td><form class="inline" method="post" action="${action}"><label><span class="hidden">${messages.cardState}</span><select name="card">${options}</select></label><button>${messages.save}</button></form></td>
</tr>`
}
