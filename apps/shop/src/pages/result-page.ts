import { html } from 'hono/html'
import { type Language, messagesOf } from '../locales/language.ts'
import type { Messages } from '../locales/messages.ts'
import { type Markup, page } from './layout.ts'

/**
 * The last segment of the URLs a buyer returns to. It proves nothing: the page shows the status that
 * the payment server returns.
 */
export const outcomes = ['success', 'vbank', 'failed', 'pending', 'cancelled'] as const

interface ResultView {
  readonly name: string
  readonly tone: 'good' | 'wait' | 'bad'
  readonly title: keyof Messages
  readonly text: keyof Messages
  readonly details?: (language: Language) => Markup
  readonly actions: readonly Action[]
}

type Action = 'receipt' | 'again' | 'orderAgain' | 'check' | 'orders' | 'shop'

const views: readonly ResultView[] = [
  { name: 'checking', tone: 'wait', title: 'checking', text: 'checkingText', actions: [] },
  {
    name: 'success',
    tone: 'good',
    title: 'paid',
    text: 'paidText',
    details: paidDetails,
    actions: ['receipt', 'orders', 'shop'],
  },
  {
    name: 'vbank',
    tone: 'wait',
    title: 'issued',
    text: 'issuedText',
    details: accountDetails,
    actions: ['check', 'orders'],
  },
  {
    name: 'failed',
    tone: 'bad',
    title: 'failed',
    text: 'failedText',
    details: failureDetails,
    actions: ['again', 'orders'],
  },
  {
    name: 'left',
    tone: 'wait',
    title: 'left',
    text: 'leftText',
    details: orderDetails,
    actions: ['again', 'orders'],
  },
  {
    name: 'expired',
    tone: 'bad',
    title: 'expired',
    text: 'expiredText',
    details: expiryDetails,
    actions: ['orders', 'orderAgain'],
  },
  {
    name: 'cancelled',
    tone: 'bad',
    title: 'cancelled',
    text: 'cancelledText',
    details: cancelDetails,
    actions: ['receipt', 'orders', 'shop'],
  },
  {
    name: 'partly',
    tone: 'good',
    title: 'partlyCancelled',
    text: 'cancelledText',
    details: cancelDetails,
    actions: ['receipt', 'orders', 'shop'],
  },
  {
    name: 'pending',
    tone: 'wait',
    title: 'pending',
    text: 'pendingText',
    details: orderDetails,
    actions: ['check', 'orders'],
  },
  {
    name: 'unpaid',
    tone: 'wait',
    title: 'unpaid',
    text: 'unpaidText',
    details: orderDetails,
    actions: ['check', 'orders', 'shop'],
  },
  {
    name: 'forgery',
    tone: 'wait',
    title: 'forgery',
    text: 'forgeryText',
    details: orderDetails,
    actions: ['check', 'orders', 'shop'],
  },
  {
    name: 'unknown',
    tone: 'wait',
    title: 'unknown',
    text: 'unknownText',
    actions: ['orders', 'shop'],
  },
  {
    name: 'unreachable',
    tone: 'wait',
    title: 'unreachable',
    text: 'unreachableText',
    details: orderDetails,
    actions: ['check', 'orders'],
  },
]

export function resultPage(
  language: Language,
  address: URL,
  outcome: string,
  workerUrl: string,
): Markup {
  const messages = messagesOf(language)
  return page({
    language,
    address,
    title: messages.resultTitle,
    scripts: html`<script type="module" src="/assets/result.js"></script>`,
    body: html`<div data-result data-outcome="${outcome}" data-worker-url="${workerUrl}">
      <p class="visually-hidden" role="status" data-announce></p>
      ${views.map((view) => section(view, language))}
    </div>`,
  })
}

function section(view: ResultView, language: Language): Markup {
  const messages = messagesOf(language)
  return html`<section
    class="panel centred result ${view.tone}"
    data-view="${view.name}"
    ${view.name === 'checking' ? html`aria-busy="true"` : 'hidden'}
  >
    <span class="result-icon" aria-hidden="true"></span>
    <h1>${messages[view.title]}</h1>
    <p>${messages[view.text]}</p>
    ${view.details?.(language) ?? ''}
    <p class="actions">${view.actions.map((name, index) => action(name, language, index === 0))}</p>
  </section>`
}

function action(name: Action, language: Language, first: boolean): Markup {
  const messages = messagesOf(language)
  const className = first ? '' : 'secondary outline'
  switch (name) {
    case 'receipt':
      return html`<a role="button" data-link="receipt" target="_blank" rel="noopener noreferrer" hidden
        >${messages.receipt}</a
      >`
    case 'again':
      return html`<a role="button" class="${className}" data-link="again" href="/">${messages.tryAgain}</a>`
    case 'orderAgain':
      return html`<a role="button" class="${className}" data-link="again" href="/">${messages.orderAgain}</a>`
    case 'check':
      return html`<button type="button" class="${className}" data-check>${messages.checkNow}</button>`
    case 'orders':
      return html`<a role="button" class="${className}" href="/orders">${messages.orders}</a>`
    case 'shop':
      return html`<a role="button" class="${className}" href="/">${messages.keepShopping}</a>`
  }
}

function field(label: string, name: string): Markup {
  return html`<div>
    <dt>${label}</dt>
    <dd data-field="${name}"></dd>
  </div>`
}

function orderDetails(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dl>
    ${field(messages.product, 'name')} ${field(messages.amount, 'amount')}
    ${field(messages.orderNumber, 'order')}
  </dl>`
}

function paidDetails(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dl>
    ${field(messages.product, 'name')} ${field(messages.amount, 'amount')}
    ${field(messages.paidAt, 'paid')} ${field(messages.orderNumber, 'order')}
  </dl>`
}

function accountDetails(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dl class="account">
    ${field(messages.bank, 'bank')}
    <div>
      <dt>${messages.account}</dt>
      <dd>
        <span data-field="number"></span>
        <button type="button" class="copy secondary outline" data-copy data-copied="${messages.copied}">
          ${messages.copy}
        </button>
      </dd>
    </div>
    ${field(messages.holder, 'holder')} ${field(messages.amount, 'amount')}
    ${field(`${messages.due} (${messages.koreaTime})`, 'due')} ${field(messages.product, 'name')}
    ${field(messages.orderNumber, 'order')}
  </dl>`
}

function failureDetails(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dl>
    ${field(messages.failedReason, 'error')} ${field(messages.product, 'name')}
    ${field(messages.amount, 'amount')} ${field(messages.orderNumber, 'order')}
  </dl>`
}

function expiryDetails(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dl>
    ${field(`${messages.due} (${messages.koreaTime})`, 'due')} ${field(messages.product, 'name')}
    ${field(messages.amount, 'amount')} ${field(messages.orderNumber, 'order')}
  </dl>`
}

function cancelDetails(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dl>
    ${field(messages.product, 'name')} ${field(messages.amount, 'amount')}
    ${field(messages.cancelledAmount, 'cancelled')} ${field(messages.orderNumber, 'order')}
  </dl>`
}
