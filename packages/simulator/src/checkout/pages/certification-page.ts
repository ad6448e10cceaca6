import { html } from 'hono/html'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { type CertificationEnding, certificationMessages } from './certification-messages.ts'
import { toPgName } from './display-text.ts'
import { layout } from './layout.ts'

/** The values the verification window starts with. */
export interface CertificationView {
  readonly impUid: string
  readonly pgProvider: string
  readonly company: string
  readonly name: string
  readonly phone: string
  readonly carrier: string
}

/** Carriers by their codes in REST results, with their display names. */
const carriers: readonly (readonly [string, string])[] = [
  ['SKT', 'SKT'],
  ['KT', 'KT'],
  ['LGT', 'LG U+'],
  ['SKT_MVNO', 'SKT 알뜰폰'],
  ['KT_MVNO', 'KT 알뜰폰'],
  ['LGT_MVNO', 'LG U+ 알뜰폰'],
]

/** The window in which a buyer proves their identity. */
export function certificationPage(
  view: CertificationView,
  language: Language,
  isRetry: boolean,
): Html {
  const messages = certificationMessages[language]
  const pg = toPgName(view.pgProvider, language)
  const path = `/certificates/window/${encodeURIComponent(view.impUid)}`
  const options = carriers.map(
    ([code, label]) =>
      html`<option value="${code}" ${code === view.carrier ? 'selected' : ''}>${label}</option>`,
  )
  return layout(
    language,
    `${pg} · ${messages.title}`,
    html`<main data-imp-uid="${view.impUid}">
<header>
<h1 tabindex="-1"><span class="brand">${pg}</span> ${messages.title}</h1>
<form method="post" action="${path}"><button name="action" value="cancel" data-action="close" class="close" aria-label="${messages.close}"><span aria-hidden="true">✕</span></button></form>
</header>
<form method="post" action="${path}" class="pay">
${view.company === '' ? '' : html`<dl><div><dt>${messages.company}</dt><dd>${view.company}</dd></div></dl>`}
${isRetry ? html`<p class="note" role="alert">${messages.incomplete}</p>` : ''}
<div class="field"><label for="name">${messages.name}</label><input id="name" name="name" value="${view.name}" autocomplete="name" required></div>
<div class="field"><label for="birthday">${messages.birthday}</label><input id="birthday" name="birthday" type="date" value="1990-01-01" autocomplete="bday" required></div>
<div class="fields">
<div class="field"><label for="gender">${messages.gender}</label><select id="gender" name="gender"><option value="male">${messages.male}</option><option value="female">${messages.female}</option></select></div>
<div class="field"><label for="carrier">${messages.carrier}</label><select id="carrier" name="carrier">${options}</select></div>
</div>
<div class="field"><label for="phone">${messages.phone}</label><input id="phone" name="phone" type="tel" value="${view.phone}" autocomplete="tel" required></div>
<p class="note"><label><input name="foreigner" value="true" type="checkbox" class="tick"> ${messages.foreigner}</label></p>
<div class="buttons">
<button name="action" value="certify" data-action="certify" class="primary">${messages.certify}</button>
<button name="action" value="cancel" data-action="cancel" formnovalidate>${messages.cancel}</button>
</div>
<section class="simulator" aria-labelledby="simulator">
<h2 id="simulator">${messages.simulator}</h2>
<p class="note">${messages.simulatorNote}</p>
<button name="action" value="fail" data-action="fail" formnovalidate>${messages.fail}</button>
</section>
</form>
</main>`,
  )
}

/** The last page of a verification window; `callbackMessage` is posted to the page that opened it. */
export function certificationEndPage(
  language: Language,
  ending: CertificationEnding,
  callbackMessage: { message: string; origin: string } | null,
): Html {
  const messages = certificationMessages[language]
  const sent = callbackMessage
    ? html`data-message="${callbackMessage.message}" data-origin="${callbackMessage.origin}"`
    : ''
  return layout(
    language,
    messages.done[ending],
    html`<main class="end" data-outcome="${ending}" ${sent}>
<h1 tabindex="-1">${messages.done[ending]}</h1>
<p>${messages.leaveNote}</p>
</main>`,
  )
}
