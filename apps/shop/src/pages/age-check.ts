import { html } from 'hono/html'
import { type Language, messagesOf } from '../locales/language.ts'
import type { Markup } from './layout.ts'

/** The part of a checkout in which a buyer proves an age; `age-check.js` shows one of its statuses. */
export function ageCheck(product: string, minimumAge: number, language: Language): Markup {
  const messages = messagesOf(language)
  const withAge = (text: string) => text.replace('{age}', String(minimumAge))
  const statuses = {
    none: messages.ageNone,
    pending: messages.agePending,
    verified: messages.ageVerified,
    too_young: withAge(messages.ageTooYoung),
    refused: messages.ageRefused,
    unreachable: messages.ageUnreachable,
  }
  return html`<fieldset class="panel age-check" data-age-check="${product}">
    <legend>${messages.ageTitle}</legend>
    <p class="hint">${withAge(messages.ageText)}</p>
    <p role="status" class="age-status" data-age-status>
      ${Object.entries(statuses).map(
        ([status, text]) => html`<span data-status="${status}" hidden>${text}</span>`,
      )}
    </p>
    <button type="button" class="secondary outline" data-age-start data-busy="${messages.ageStarting}" disabled>${messages.ageStart}</button>
  </fieldset>`
}
