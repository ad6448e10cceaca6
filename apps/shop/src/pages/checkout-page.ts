import { html } from 'hono/html'
import { picture } from '../catalog/illustrations.ts'
import { times, toPriceText, toWireAmount } from '../catalog/price.ts'
import { maxQuantity, type Product } from '../catalog/products.ts'
import type { ShopConfig } from '../config.ts'
import { type Language, messagesOf } from '../locales/language.ts'
import { ageCheck } from './age-check.ts'
import { type Markup, page } from './layout.ts'

export interface CheckoutView {
  readonly language: Language
  readonly address: URL
  readonly product: Product
  readonly config: Pick<ShopConfig, 'workerUrl' | 'simulatorUrl' | 'userCode'>
}

export function checkoutPage(view: CheckoutView): Markup {
  const { language, address, product, config } = view
  const messages = messagesOf(language)
  return page({
    language,
    address,
    title: messages.checkout,
    scripts: html`<script defer src="${config.simulatorUrl}/v1/iamport.js"></script>
      <script defer src="/assets/jquery.js"></script>
      <script defer src="/assets/axios.js"></script>
      <script type="module" src="/assets/checkout.js"></script>
      ${product.minimumAge === undefined ? '' : html`<script type="module" src="/assets/age-check.js"></script>`}`,
    body: html`<h1>${messages.checkout}</h1>
      <p class="notice" data-recent-order hidden>
        ${messages.recentOrder} <a href="/orders" data-recent-order-link>${messages.seeOrder}</a>
      </p>
      <form
        class="checkout"
        data-checkout
        data-product="${product.id}"
        data-worker-url="${config.workerUrl}"
        data-user-code="${config.userCode}"
        data-currency="${product.price.currency}"
        data-error-offline="${messages.errorOffline}"
        data-error-script="${messages.errorScript}"
        data-error-refused="${messages.errorRefused}"
        data-error-storage="${messages.errorStorage}"
      >
        <div class="checkout-fields">
          ${product.minimumAge === undefined ? '' : ageCheck(product.id, product.minimumAge, language)}
          ${buyerFields(language)} ${methodFields(view)} ${developerOptions(language)}
        </div>
        <aside class="panel summary" aria-label="${messages.summary}">${summary(view)}</aside>
      </form>
      ${openOrderDialog(language)}`,
  })
}

/** Shown before a second order of the same basket: both could be paid. */
function openOrderDialog(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<dialog data-open-order aria-labelledby="open-order">
    <article>
      <h2 id="open-order">${messages.openOrderTitle}</h2>
      <p data-open-text="pending">${messages.openOrderText}</p>
      <p data-open-text="vbank" hidden>${messages.openOrderAccountText}</p>
      <dl>
        <div>
          <dt>${messages.openOrderState}</dt>
          <dd>
            <span data-open-text="pending">${messages.labelPending}</span>
            <span data-open-text="vbank" hidden>${messages.labelVbank}</span>
          </dd>
        </div>
        <div>
          <dt>${messages.product}</dt>
          <dd data-field="name"></dd>
        </div>
        <div>
          <dt>${messages.amount}</dt>
          <dd data-field="amount"></dd>
        </div>
        <div>
          <dt>${messages.orderNumber}</dt>
          <dd data-field="order"></dd>
        </div>
      </dl>
      <p class="actions">
        <button type="button" value="see">${messages.openOrderSee}</button>
        <button type="button" class="secondary outline" value="continue">${messages.openOrderContinue}</button>
        <button type="button" class="secondary outline" value="another">${messages.openOrderAnother}</button>
        <button type="button" class="secondary outline" value="close">${messages.openOrderClose}</button>
      </p>
    </article>
  </dialog>`
}

/** Name, email and phone of the buyer. */
export function buyerFields(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<fieldset class="panel">
    <legend>${messages.buyer}</legend>
    <label
      >${messages.buyerName}
      <input name="buyer_name" autocomplete="name" required maxlength="40" />
    </label>
    <div class="pair">
      <label
        >${messages.buyerEmail}
        <input name="buyer_email" type="email" autocomplete="email" required maxlength="80" />
      </label>
      <label
        >${messages.buyerPhone}
        <input
          name="buyer_tel"
          type="tel"
          autocomplete="tel"
          required
          pattern="[0-9+\\- ]{7,20}"
          title="${messages.phoneHint}"
          placeholder="010-1234-5678"
        />
      </label>
    </div>
  </fieldset>`
}

interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

function choices(name: string, legend: string, offered: readonly Choice[], intro?: string): Markup {
  return html`<fieldset class="panel">
    <legend>${legend}</legend>
    ${intro === undefined ? '' : html`<p class="hint">${intro}</p>`}
    <div class="choices">
      ${offered.map(
        ({ value, label, hint }, index) => html`<label class="choice">
          <input type="radio" name="${name}" value="${value}" ${index === 0 ? 'checked' : ''} />
          <span><strong>${label}</strong>${hint === undefined ? '' : html`<small>${hint}</small>`}</span>
        </label>`,
      )}
    </div>
  </fieldset>`
}

function methodFields({ language, product }: CheckoutView): Markup {
  const messages = messagesOf(language)
  const card = { value: 'card', label: messages.card, hint: messages.cardHint }
  const vbank = { value: 'vbank', label: messages.vbank, hint: messages.vbankHint }
  // Korean banks issue accounts for won only.
  return choices(
    'pay_method',
    messages.method,
    product.price.currency === 'KRW' ? [card, vbank] : [card],
  )
}

/** The choice between an old module and a new one. */
export function providerFields(language: Language): Markup {
  const messages = messagesOf(language)
  return choices('pg', messages.provider, [
    { value: 'html5_inicis', label: messages.inicis, hint: messages.inicisHint },
    { value: 'tosspayments', label: messages.toss, hint: messages.tossHint },
  ])
}

/** What no real shop asks its buyers. */
function developerOptions(language: Language): Markup {
  const messages = messagesOf(language)
  return html`<details class="panel developer" data-developer>
    <summary>${messages.developerOptions} <small>${messages.developerHint}</small></summary>
    ${providerFields(language)} ${clientFields(language)}
  </details>`
}

function clientFields(language: Language): Markup {
  const messages = messagesOf(language)
  const offered = [
    { value: 'jquery', label: 'jQuery' },
    { value: 'axios', label: 'axios' },
    { value: 'fetch', label: 'fetch' },
    { value: 'quayside', label: '@quayside/browser' },
  ]
  return choices('client', messages.client, offered, messages.clientHint)
}

function summary({ language, product }: CheckoutView): Markup {
  const messages = messagesOf(language)
  const quantities = Array.from({ length: maxQuantity }, (_, index) => index + 1)
  return html`<h2>${messages.summary}</h2>
    ${picture(product.picture)}
    <p class="summary-name">
      <strong>${product.name[language]}</strong><small>${product.detail[language]}</small>
    </p>
    <label
      >${messages.quantity}
      <select name="quantity">
        ${quantities.map((quantity) => {
          const total = times(product.price, quantity)
          return html`<option
            value="${quantity}"
            data-amount="${toWireAmount(total)}"
            data-total="${toPriceText(total, language)}"
          >
            ${quantity}
          </option>`
        })}
      </select>
    </label>
    <div class="pay-bar">
      <p class="total">
        <span>${messages.total}</span>
        <output name="total">${toPriceText(product.price, language)}</output>
      </p>
      <div role="alert" data-error hidden>
        <strong>${messages.errorTitle}</strong>
        <span data-error-text></span>
      </div>
      <p class="hint" role="status">
        <span data-left hidden>${messages.left}. ${messages.leftText}</span>
        <span data-window-open hidden
          >${messages.windowOpen} <a href="/result/pending">${messages.seeResult}</a></span
        >
      </p>
      <button type="submit" data-pay data-busy="${messages.paying}" autocomplete="off" disabled>${messages.pay}</button>
    </div>
    <p class="hint">${messages.secure}</p>`
}
