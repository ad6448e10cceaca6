import { html } from 'hono/html'
import { type Language, messagesOf } from '../locales/language.ts'
import type { Messages } from '../locales/messages.ts'
import { type Markup, page } from './layout.ts'

const labels: readonly (readonly [string, keyof Messages])[] = [
  ['checking', 'labelChecking'],
  ['success', 'labelSuccess'],
  ['vbank', 'labelVbank'],
  ['failed', 'labelFailed'],
  ['expired', 'labelExpired'],
  ['cancelled', 'labelCancelled'],
  ['partly', 'labelPartly'],
  ['pending', 'labelPending'],
  ['unknown', 'labelUnknown'],
  ['unreachable', 'labelUnreachable'],
  ['forgery', 'labelPending'],
]

/** The server knows no buyer: the browser fills the list from the orders it has saved. */
export function historyPage(language: Language, address: URL, workerUrl: string): Markup {
  const messages = messagesOf(language)
  return page({
    language,
    address,
    title: messages.ordersTitle,
    scripts: html`<script type="module" src="/assets/orders.js"></script>`,
    body: html`<div data-orders data-worker-url="${workerUrl}">
      <h1>${messages.ordersTitle}</h1>
      <section class="panel centred" data-none hidden>
        <h2>${messages.ordersNone}</h2>
        <p>${messages.ordersNoneText}</p>
        <p><a role="button" href="/">${messages.keepShopping}</a></p>
      </section>
      <div data-some hidden>
        <p>${messages.ordersText}</p>
        <p class="notice" role="status" data-stale hidden>${messages.ordersStale}</p>
        <ul class="orders" data-rows></ul>
        <p>
          <button
            type="button"
            class="secondary outline"
            data-delete
            data-confirm="${messages.deleteOrdersConfirm}"
          >
            ${messages.deleteOrders}
          </button>
        </p>
      </div>
      <template data-row>
        <li class="panel order">
          <div>
            <a data-link="result"><strong data-field="name"></strong></a>
            <small data-field="order"></small>
            <small data-shipped hidden>${messages.shipped}</small>
          </div>
          <div>
            <span class="price" data-field="amount"></span>
            <small data-field="when"></small>
          </div>
          <p class="status">
            ${labels.map(
              ([name, label]) => html`<span class="label ${name}" data-label="${name}" hidden
                >${messages[label]}</span
              >`,
            )}
          </p>
        </li>
      </template>
    </div>`,
  })
}
