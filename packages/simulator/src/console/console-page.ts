import { html } from 'hono/html'
import type { SimulatorContext } from '../context.ts'
import type { Html } from '../runtime/html.ts'
import type { Language } from '../runtime/language.ts'
import { consoleLayout } from './console-layout.ts'
import { consoleMessages } from './console-messages.ts'
import { type PaymentSearch, paymentSection } from './payments/payment-table.ts'
import { clockForm } from './sections/clock-form.ts'
import { deliveryTable } from './sections/delivery-table.ts'
import { faultForm } from './sections/fault-form.ts'
import { keyTable } from './sections/key-table.ts'
import { scenarioForm } from './sections/scenario-form.ts'
import { scheduleTable } from './sections/schedule-table.ts'
import { webhookForm } from './sections/webhook-form.ts'

/** The console page: payments, deliveries, billing keys and schedules, the clock, scenarios, faults and settings. */
export function consolePage(
  context: SimulatorContext,
  search: PaymentSearch,
  { language, error }: { language: Language; error: string | null },
): Html {
  const messages = consoleMessages[language]
  const { payments, billingKeys, schedules, deliveries } = context.state
  const section = (id: string, title: string, content: Html) =>
    html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`
  const rows = (content: Html) => html`<div data-rows>${content}</div>`
  return consoleLayout({
    language,
    title: messages.title,
    path: '/',
    query: search.text === '' ? {} : { q: search.text },
    error,
    body: html`${sectionLinks(language)}
${section('clock', messages.clock, clockForm(context, messages, language))}
${section('payments', messages.payments, paymentSection([...payments.values()], search, { messages, language }))}
${section('deliveries', messages.deliveries, rows(deliveryTable(deliveries, messages, { language, paymentId: null })))}
${section('keys', messages.keys, rows(keyTable([...billingKeys.values()], messages, language)))}
${section('schedules', messages.schedules, rows(scheduleTable([...schedules.values()], messages, language)))}
${section('scenarios', messages.scenarioTitle, scenarioForm(messages, language))}
${section('faults', messages.faults, faultForm(context, messages, language))}
${section('webhooks', messages.webhooks, webhookForm(context.webhook, messages, language))}`,
  })
}

/** With many payments and messages, what is below them is far away. */
function sectionLinks(language: Language): Html {
  const messages = consoleMessages[language]
  const links = [
    ['clock', messages.clock],
    ['payments', messages.payments],
    ['deliveries', messages.deliveries],
    ['keys', messages.keys],
    ['schedules', messages.schedules],
    ['scenarios', messages.scenarioTitle],
    ['faults', messages.faults],
    ['webhooks', messages.webhooks],
  ] as const
  return html`<nav class="sections" aria-label="${messages.sections}">${links.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>`
}
