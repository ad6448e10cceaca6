import { html } from 'hono/html'
import type { SimulatorContext } from '../../context.ts'
import { faultNames } from '../../domain/fault.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import type { ConsoleMessages } from '../console-messages.ts'

/** The faults that are set, and the form that sets another one. */
export function faultForm(
  { faults, latencyMs }: SimulatorContext,
  messages: ConsoleMessages,
  language: Language,
): Html {
  const isSet = faults.length > 0 || latencyMs > 0
  return html`<div data-key="faults">${
    isSet
      ? html`<ul class="faults">${faults.map(
          ({ fault, path, method, remaining }) =>
            html`<li><span class="badge failed">${fault}</span> <code>${method ?? '*'} ${path}</code> <small>${remaining === null ? messages.always : messages.timesLeft(remaining)}</small></li>`,
        )}${latencyMs > 0 ? html`<li><span class="badge failed">latency</span> ${latencyMs} ms</li>` : ''}</ul>
<form class="inline" method="post" action="/console/faults/clear?lang=${language}"><button class="primary">${messages.clearFaults}</button></form>`
      : html`<p class="quiet">${messages.noFaults}</p>`
  }</div>
<form method="post" action="/console/faults?lang=${language}">
<div class="fields">
<label>${messages.fault}<select name="fault">${faultNames.map((name) => html`<option>${name}</option>`)}</select></label>
<label>${messages.faultPath}<input type="text" name="path" value="*" list="fault-paths"></label>
<datalist id="fault-paths"><option>/payments/{imp_uid}</option><option>/payments/cancel</option><option>/users/getToken</option><option>/subscribe/payments/again</option></datalist>
<label>${messages.faultTimes}<select name="times"><option>1</option><option>3</option><option>10</option><option value="always">${messages.always}</option></select></label>
</div>
<div class="buttons"><button>${messages.setFault}</button></div>
</form>`
}
