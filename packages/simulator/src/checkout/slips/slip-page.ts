import { html } from 'hono/html'
import type { Html } from '../../runtime/html.ts'
import { htmlDocument } from '../../runtime/html-document.ts'
import type { Language } from '../../runtime/language.ts'
import type { FoundSlip } from './slip.ts'
import { slipMessages } from './slip-messages.ts'
import { viewOfSlip } from './slip-view.ts'

/** The slip of a payment, of a cancel or of a cash receipt. */
export function slipPage(found: FoundSlip, language: Language): Html {
  const { title, status, total, rows, cancels, hiddenCancels, tid, paymentTid } = viewOfSlip(
    found,
    language,
  )
  const messages = slipMessages[language]
  const other = language === 'ko' ? 'en' : 'ko'
  const linkTo = (slipTid: string, to: Language) =>
    `/slips?${new URLSearchParams({ tid: slipTid, lang: to })}`
  return document(
    language,
    `${title} · ${total.text}`,
    html`<main>
<header><h1>${title}</h1><span class="status ${status}">${messages.statuses[status]}</span></header>
<p class="total"><span>${total.label}</span> <strong>${total.text}</strong></p>
<dl>${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${
  cancels.length === 0
    ? ''
    : html`<section aria-labelledby="cancels"><h2 id="cancels">${messages.cancels}</h2>
<ul>${cancels.map((cancel) => html`<li><span>${cancel.at}</span><strong>− ${cancel.amount}</strong><a href="${linkTo(cancel.tid, language)}">${messages.cancelSlip}</a></li>`)}</ul>
${hiddenCancels === 0 ? '' : html`<p class="note">${messages.more(hiddenCancels)}</p>`}</section>`
}
<p class="note">${messages.note}</p>
<nav><button type="button" data-print hidden>${messages.print}</button>${paymentTid === null ? '' : html`<a href="${linkTo(paymentTid, language)}">${messages.paymentSlip}</a>`}<a href="${linkTo(tid, other)}" lang="${other}">${messages.other}</a></nav>
</main>`,
  )
}

/** The page of a number that no slip has. */
export function noSlipPage(language: Language): Html {
  const { unknown, unknownText } = slipMessages[language]
  return document(language, unknown, html`<main><h1>${unknown}</h1><p>${unknownText}</p></main>`)
}

function document(language: Language, title: string, body: Html): Html {
  const loads = html`<link rel="icon" href="data:,">
<link rel="stylesheet" href="/slips/style.css">
<script src="/slips/print.js" defer></script>`
  return htmlDocument(language, title, loads, body)
}
