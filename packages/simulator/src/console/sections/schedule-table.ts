import { html } from 'hono/html'
import type { Schedule } from '../../domain/billing/schedule.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'
import { toKoreanTime } from '../korean-time.ts'
import { moneyText } from '../payments/payment-text.ts'

const maxRows = 100

/** The scheduled charges: those that wait, the next one first, then those that ran or were revoked, the last one first. */
export function scheduleTable(
  schedules: readonly Schedule[],
  messages: ConsoleMessages,
  language: Language,
): Html {
  if (schedules.length === 0) return html`<p class="quiet">${messages.noSchedules}</p>`
  const waiting = schedules.filter(({ status }) => status === 'scheduled')
  const done = schedules.filter(({ status }) => status !== 'scheduled')
  const shown = [
    ...waiting.toSorted((a, b) => a.scheduleAt - b.scheduleAt),
    ...done.toSorted((a, b) => b.scheduleAt - a.scheduleAt),
  ].slice(0, maxRows)
  return html`<table>
<thead><tr><th scope="col">${messages.order}</th><th scope="col">${messages.amount}</th><th scope="col">${messages.scheduledAt}</th><th scope="col">${messages.status}</th></tr></thead>
<tbody>${shown.map((schedule) => row(schedule, messages, language))}</tbody>
</table>`
}

function row(schedule: Schedule, messages: ConsoleMessages, language: Language): Html {
  const { order, customerUid, scheduleAt, status, impUid } = schedule
  const at = new Date(scheduleAt * 1000)
  const isShown = !Number.isNaN(at.getTime())
  const { date, time } = isShown
    ? toKoreanTime(at, language)
    : { date: String(scheduleAt), time: '' }
  return html`<tr data-key="schedule-${order.merchantUid}">
<td><strong>${order.merchantUid}</strong><small>${order.name}</small><code>${customerUid}</code></td>
<td class="money">${moneyText(order.amountMinor, order.currency, language)}</td>
<td><time ${isShown ? html`datetime="${at.toISOString()}"` : ''}>${time}<small>${date}</small></time></td>
<td><span class="badge ${status}">${messages.scheduleStatuses[status]}</span>
${impUid === null ? '' : html`<small><a href="/console/payments/${encodeURIComponent(impUid)}?lang=${language}">${impUid}</a></small>`}</td>
</tr>`
}
