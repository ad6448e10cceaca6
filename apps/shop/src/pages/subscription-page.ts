import { html } from 'hono/html'
import { plans } from '../catalog/plans.ts'
import { type Language, messagesOf } from '../locales/language.ts'
import type { Messages } from '../locales/messages.ts'
import { type Markup, page } from './layout.ts'

type Action = 'card' | 'cancel' | 'subscribe' | 'shop'

/** What the page shows for each status, as `subscription.js` names it. */
const views: readonly {
  readonly name: string
  readonly tone: 'wait' | 'good' | 'bad'
  readonly title: keyof Messages
  readonly text: keyof Messages
  readonly actions: readonly Action[]
}[] = [
  { name: 'checking', tone: 'wait', title: 'subChecking', text: 'checkingText', actions: [] },
  {
    name: 'none',
    tone: 'wait',
    title: 'subNone',
    text: 'subNoneText',
    actions: ['subscribe', 'shop'],
  },
  { name: 'card_pending', tone: 'wait', title: 'subCard', text: 'subCardText', actions: [] },
  {
    name: 'card_refused',
    tone: 'bad',
    title: 'subCardRefused',
    text: 'subCardRefusedText',
    actions: ['card', 'shop'],
  },
  { name: 'charging', tone: 'wait', title: 'subCharging', text: 'subChargingText', actions: [] },
  {
    name: 'active',
    tone: 'good',
    title: 'subActive',
    text: 'subActiveText',
    actions: ['card', 'cancel'],
  },
  {
    name: 'past_due',
    tone: 'bad',
    title: 'subPastDue',
    text: 'subPastDueText',
    actions: ['card', 'cancel'],
  },
  { name: 'ending', tone: 'good', title: 'subEnding', text: 'subEndingText', actions: ['shop'] },
  {
    name: 'over',
    tone: 'wait',
    title: 'subOver',
    text: 'subOverText',
    actions: ['subscribe', 'shop'],
  },
  {
    name: 'unreachable',
    tone: 'wait',
    title: 'unreachable',
    text: 'subUnreachableText',
    actions: [],
  },
]

/** The states of a charge, with the class of its label. */
const attemptLabels: readonly (readonly [state: string, label: keyof Messages, tone: string])[] = [
  ['open', 'labelPending', 'pending'],
  ['booked', 'labelSuccess', 'success'],
  ['failed', 'labelFailed', 'failed'],
  ['refunding', 'labelCancelled', 'cancelled'],
  ['refunded', 'labelCancelled', 'cancelled'],
]

/** The visitor's subscription: its state, what was charged and what will be. */
export function subscriptionPage(language: Language, address: URL): Markup {
  const messages = messagesOf(language)
  return page({
    language,
    address,
    title: messages.subscription,
    scripts: html`<script type="module" src="/assets/subscription.js"></script>`,
    body: html`<div data-subscription data-confirm="${messages.subCancelConfirm}">
      <p class="visually-hidden" role="status" data-announce></p>
      ${views.map((view) => section(view, language))}
      <section class="centred-wide" data-history hidden aria-labelledby="upcoming">
        <h2 id="upcoming" data-upcoming-title>${messages.subUpcoming}</h2>
        <ul class="orders" data-upcoming></ul>
        <h2>${messages.subAttempts}</h2>
        <ul class="orders" data-attempts></ul>
      </section>
      <template data-upcoming-row>
        <li class="panel order">
          <strong data-field="when"></strong>
          <span class="price" data-field="amount"></span>
        </li>
      </template>
      <template data-attempt-row>
        <li class="panel order">
          <div>
            <strong data-field="period"></strong>
            <small data-field="order"></small>
            <small data-field="error"></small>
          </div>
          <div>
            <span class="price" data-field="amount"></span>
            <small data-field="when"></small>
          </div>
          <p class="status">
            ${attemptLabels.map(
              ([
                state,
                label,
                tone,
              ]) => html`<span class="label ${tone}" data-label="${state}" hidden
                >${messages[label]}</span
              >`,
            )}
          </p>
        </li>
      </template>
    </div>`,
  })
}

function section(
  { name, tone, title, text, actions }: (typeof views)[number],
  language: Language,
): Markup {
  const messages = messagesOf(language)
  return html`<section
    class="panel centred result ${tone}"
    data-view="${name}"
    ${name === 'checking' ? html`aria-busy="true"` : 'hidden'}
  >
    <span class="result-icon" aria-hidden="true"></span>
    <h1>${messages[title]}</h1>
    <p>${messages[text]}</p>
    ${detailsOf(name, language)}
    <p class="actions">${actions.map((action, index) => actionOf(action, language, index === 0))}</p>
  </section>`
}

function detailsOf(view: string, language: Language): Markup | '' {
  const messages = messagesOf(language)
  const fields: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    card_refused: [[messages.failedReason, 'error']],
    active: [
      [messages.product, 'name'],
      [messages.monthly, 'price'],
      [messages.card, 'card'],
      [messages.subNext, 'next'],
    ],
    past_due: [
      [messages.product, 'name'],
      [messages.monthly, 'price'],
      [messages.card, 'card'],
      [messages.failedReason, 'error'],
      [messages.subRetry, 'next'],
    ],
    ending: [
      [messages.product, 'name'],
      [messages.subUntil, 'until'],
    ],
  }
  const shown = fields[view]
  if (shown === undefined) return ''
  return html`<dl>
    ${shown.map(
      ([label, field]) => html`<div>
        <dt>${label}</dt>
        <dd data-field="${field}"></dd>
      </div>`,
    )}
  </dl>`
}

function actionOf(action: Action, language: Language, isFirst: boolean): Markup {
  const messages = messagesOf(language)
  const className = isFirst ? '' : 'secondary outline'
  const subscribe = `/subscribe/${plans[0]?.id ?? ''}`
  switch (action) {
    case 'card':
      return html`<a role="button" class="${className}" href="${subscribe}">${messages.subNewCard}</a>`
    case 'cancel':
      return html`<button type="button" class="${className}" data-cancel>${messages.subCancel}</button>`
    case 'subscribe':
      return html`<a role="button" class="${className}" href="${subscribe}">${messages.subscribe}</a>`
    case 'shop':
      return html`<a role="button" class="${className}" href="/">${messages.keepShopping}</a>`
  }
}
