import { html } from 'hono/html'
import type { WindowView } from '../../domain/payment/window.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { recordOf, recordsOf } from '../../runtime/params.ts'
import { directCardOf } from '../../services/payment/open-payment.ts'
import type { WindowSession } from '../session.ts'
import { banks, type Company, cards, declineReasons } from '../window-form.ts'
import { toAmountText, toPgName } from './display-text.ts'
import { layout } from './layout.ts'
import { type Ending, type WindowMessages, windowMessages } from './window-messages.ts'

/** The payment window: the order, the form of its pay method, and the panel that chooses the outcome. */
export function windowPage(view: WindowView, session: WindowSession, language: Language): Html {
  const messages = windowMessages[language]
  const pay = view.pay_method === 'vbank' ? messages.issue : messages.pay
  const path = `/window/pay/${encodeURIComponent(view.imp_uid)}`
  return layout(
    language,
    `${toPgName(view.pg_provider, language)} · ${messages.title}`,
    html`<main data-imp-uid="${view.imp_uid}">
<header>
<h1 tabindex="-1"><span class="brand">${toPgName(view.pg_provider, language)}</span> ${messages.title}</h1>
<form method="post" action="${path}"><button name="action" value="close" data-action="close" class="close" aria-label="${messages.close}"><span aria-hidden="true">✕</span></button></form>
</header>
${orderSummary(view, session, language)}
<form method="post" action="${path}" class="pay">
${paymentMethodFields(view, session, language)}
<div class="buttons">
<button name="action" value="pay" data-action="pay" class="primary">${pay}</button>
<button name="action" value="cancel" data-action="cancel">${messages.cancel}</button>
</div>
${simulatorPanel(view, messages, language)}
</form>
</main>`,
  )
}

/** The last page of a window; its message is posted to the shop's page if that page has the given origin. */
export function endPage(
  language: Language,
  ending: Ending,
  detail: string,
  callbackMessage: { message: string; origin: string } | null,
): Html {
  const messages = windowMessages[language]
  const sent = callbackMessage
    ? html`data-message="${callbackMessage.message}" data-origin="${callbackMessage.origin}"`
    : ''
  const note = ending === 'dropped' ? messages.droppedNote : messages.leaveNote
  return layout(
    language,
    messages.done[ending],
    html`<main class="end" data-outcome="${ending}" ${sent}>
<h1 tabindex="-1">${messages.done[ending]}</h1>
${detail === '' ? '' : html`<p class="detail">${detail}</p>`}
<p>${note}</p>
</main>`,
  )
}

function orderSummary(view: WindowView, session: WindowSession, language: Language): Html {
  const messages = windowMessages[language]
  const total = toAmountText(view.amount, view.currency, language)
  const discountText = toAmountText(view.discount, view.currency, language)
  const discount =
    view.discount === 0
      ? ''
      : html`<div><dt>${messages.discount}</dt><dd>− ${discountText}</dd></div>`
  return html`<section aria-label="${messages.order}" class="order">
<p class="name">${view.name}</p>
<p class="amount"><span class="hidden">${messages.amount}: </span><strong>${total}</strong></p>
<dl><div><dt>${messages.merchant}</dt><dd>${session.userCode}</dd></div><div><dt>${messages.orderNumber}</dt><dd>${view.merchant_uid}</dd></div>${discount}</dl>
</section>`
}

function paymentMethodFields(view: WindowView, session: WindowSession, language: Language): Html {
  const messages = windowMessages[language]
  if (view.pay_method === 'vbank') {
    return html`<div class="fields">${field('bank', messages.bank, html`<select id="bank" name="bank">${options(banks, language)}</select>`)}</div><p class="note">${messages.vbankNote}</p>`
  }
  if (view.pay_method !== 'card') return html`<p class="note">${messages.otherNote}</p>`
  const quotas = offeredQuotas(view, session.params).map(
    (count) =>
      html`<option value="${count}">${count === 0 ? messages.lumpSum : messages.months(count)}</option>`,
  )
  return html`<div class="fields">${field('card', messages.card, html`<select id="card" name="card">${options(offeredCards(session.params), language)}</select>`)}${field('quota', messages.quota, html`<select id="quota" name="quota">${quotas}</select>`)}</div>`
}

/** The one the shop chose directly, else all that it has not disabled. */
function offeredCards(params: WindowSession['params']): readonly Company[] {
  const direct = directCardOf(params)
  if (direct !== null) return cards.filter(({ code }) => code === direct.code)
  const rules = recordsOf(recordOf(params, 'card'), 'detail')
  const ruleFor = (code: string) =>
    rules.find(({ card_code }) => card_code === code) ??
    rules.find(({ card_code }) => card_code === '*')
  return cards.filter(({ code }) => ruleFor(code)?.['enabled'] !== false)
}

const minInstalmentKrw = 50_000
const usualQuotas = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

function offeredQuotas(view: WindowView, params: WindowSession['params']): readonly number[] {
  const direct = directCardOf(params)
  if (direct !== null && direct.quota > 0) return [direct.quota]
  const { display } = params
  if (view.currency !== 'KRW' || view.amount < minInstalmentKrw) return [0]
  const requested = display instanceof Object && 'card_quota' in display ? display.card_quota : null
  if (!Array.isArray(requested)) return [0, ...usualQuotas]
  return [0, ...requested.filter((months) => usualQuotas.includes(months))]
}

function field(id: string, label: string, control: Html): Html {
  return html`<div class="field"><label for="${id}">${label}</label>${control}</div>`
}

function options(companies: readonly Company[], language: Language): readonly Html[] {
  return companies.map(
    (company) => html`<option value="${company.code}">${company[language]}</option>`,
  )
}

function simulatorPanel(
  { webhook }: WindowView,
  messages: WindowMessages,
  language: Language,
): Html {
  const reasons = declineReasons.map(({ error_code, error_msg, en }) => {
    const text = language === 'ko' ? error_msg : `${en} · ${error_msg}`
    return html`<option value="${error_code}" data-outcome="declined">${error_code} ${text}</option>`
  })
  const timings = Object.entries(messages.timings).map(
    ([timing, text]) =>
      html`<option value="${timing}" ${timing === webhook.timing ? 'selected' : ''}>${text}</option>`,
  )
  const types = ['json', 'form'].map(
    (type) =>
      html`<option value="${type}" ${type === webhook.contentType ? 'selected' : ''}>${type.toUpperCase()}</option>`,
  )
  return html`<section class="simulator" aria-labelledby="simulator">
<h2 id="simulator">${messages.simulator}</h2>
<p class="note">${messages.simulatorNote}</p>
<div class="row">${field('refusal', messages.refusal, html`<select id="refusal" name="refusal">${reasons}</select>`)}<button name="action" value="decline" data-action="decline">${messages.decline}</button></div>
<button name="action" value="drop" data-action="drop" aria-describedby="drop-note">${messages.drop}</button>
<p class="note" id="drop-note">${messages.dropNote}</p>
<fieldset><legend>${messages.webhook}</legend>
${field('timing', messages.timing, html`<select id="timing" name="webhook_timing">${timings}</select>`)}
${field('type', messages.type, html`<select id="type" name="webhook_type">${types}</select>`)}
${field('delay', messages.delay, html`<input id="delay" name="webhook_delay_ms" type="number" min="0" max="600000" value="${webhook.delayMs}">`)}
${field('times', messages.times, html`<input id="times" name="webhook_times" type="number" min="0" max="10" value="${webhook.times}">`)}
</fieldset>
</section>`
}
