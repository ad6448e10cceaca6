import { html } from 'hono/html'
import { picture } from '../catalog/illustrations.ts'
import type { Plan } from '../catalog/plans.ts'
import { toPriceText } from '../catalog/price.ts'
import type { ShopConfig } from '../config.ts'
import { type Language, messagesOf } from '../locales/language.ts'
import { buyerFields, providerFields } from './checkout-page.ts'
import { type Markup, page } from './layout.ts'

export interface SubscribeView {
  readonly language: Language
  readonly address: URL
  readonly plan: Plan
  readonly config: Pick<ShopConfig, 'workerUrl' | 'simulatorUrl' | 'userCode'>
}

/** Registers a card and subscribes, or gives a subscription another card. */
export function subscribePage({ language, address, plan, config }: SubscribeView): Markup {
  const messages = messagesOf(language)
  return page({
    language,
    address,
    title: messages.subscribe,
    scripts: html`<script defer src="${config.simulatorUrl}/v1/iamport.js"></script>
      <script type="module" src="/assets/subscribe.js"></script>`,
    body: html`<h1>${messages.subscribe}</h1>
      <p class="notice" data-subscribed hidden>
        ${messages.alreadySubscribed} <a href="/subscription">${messages.seeSubscription}</a>
      </p>
      <form
        class="checkout"
        data-subscribe
        data-plan="${plan.id}"
        data-worker-url="${config.workerUrl}"
        data-user-code="${config.userCode}"
        data-error-offline="${messages.errorOffline}"
        data-error-script="${messages.errorScript}"
        data-error-refused="${messages.errorCardRefused}"
      >
        <div class="checkout-fields">${buyerFields(language)} ${providerFields(language)}</div>
        <aside class="panel summary" aria-label="${messages.summary}">
          <h2>${messages.summary}</h2>
          ${picture(plan.picture)}
          <p class="summary-name">
            <strong>${plan.name[language]}</strong><small>${plan.detail[language]}</small>
          </p>
          <div class="pay-bar">
            <p class="total">
              <span>${messages.monthly}</span>
              <output>${toPriceText(plan.price, language)}</output>
            </p>
            <div role="alert" data-error hidden>
              <strong>${messages.errorCardTitle}</strong>
              <span data-error-text></span>
            </div>
            <button type="submit" data-pay data-busy="${messages.paying}" autocomplete="off" disabled>${messages.subscribeNow}</button>
          </div>
          <p class="hint">${messages.subscribeHint}</p>
        </aside>
      </form>`,
  })
}
