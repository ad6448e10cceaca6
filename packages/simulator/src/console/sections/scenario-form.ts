import { html } from 'hono/html'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { scenarioNames } from '../../services/scenarios.ts'
import type { ConsoleMessages } from '../console-messages.ts'

/** The form that plays a course of a payment without a window. */
export function scenarioForm(messages: ConsoleMessages, language: Language): Html {
  return html`<form method="post" action="/console/scenarios?lang=${language}">
<div class="fields">
<label class="wide">${messages.scenario}<select name="scenario">${scenarioNames.map((name) => html`<option value="${name}">${messages.scenarios[name]}</option>`)}</select></label>
<label>${messages.scenarioOrder}<input type="text" name="merchant_uid" maxlength="40"></label>
<label>${messages.scenarioAmount}<input type="text" inputmode="decimal" name="amount" placeholder="1000"></label>
</div>
<div class="buttons"><button class="primary">${messages.play}</button></div>
</form>`
}
