import { html } from 'hono/html'
import type { WebhookSettings } from '../../context.ts'
import type { WebhookPlan } from '../../domain/channel/channel.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'

const timings: readonly WebhookPlan['timing'][] = ['before', 'with', 'after', 'never']

/** The form that changes where, when and how webhooks are sent. */
export function webhookForm(
  settings: WebhookSettings,
  messages: ConsoleMessages,
  language: Language,
): Html {
  const { url, timing, contentType, delayMs, times, resend } = settings
  const option = (value: string, label: string, isChosen: boolean) =>
    html`<option value="${value}" ${isChosen ? 'selected' : ''}>${label}</option>`
  return html`<form method="post" action="/console/webhooks?lang=${language}">
<div class="fields">
<label class="wide">${messages.url}<input type="url" name="url" value="${url ?? ''}" placeholder="http://localhost:8787/payments/webhook"></label>
<label>${messages.timing}<select name="timing">${timings.map((each) => option(each, messages[each], each === timing))}</select></label>
<label>${messages.contentType}<select name="content_type">
${option('json', 'application/json', contentType === 'json')}
${option('form', 'application/x-www-form-urlencoded', contentType === 'form')}</select></label>
<label>${messages.delay}<input type="number" name="delay_ms" min="0" value="${delayMs}"></label>
<label>${messages.times}<input type="number" name="times" min="1" max="20" value="${times}"></label>
<label class="wide"><input type="checkbox" name="resend" value="true" ${resend ? 'checked' : ''}>${messages.resendPolicy}</label>
</div>
<div class="buttons"><button class="primary">${messages.save}</button>
<button formaction="/console/webhooks/test?lang=${language}" formnovalidate ${url === null ? 'disabled' : ''}>${messages.testWebhook}</button></div>
</form>`
}
