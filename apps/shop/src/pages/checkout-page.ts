import { html } from 'hono/html'
import { picture } from '../catalog/illustrations.ts'
import { times, toPriceText, toWireAmount } from '../catalog/price.ts'
import { maxQuantity, type Product } from '../catalog/products.ts'
import type { ShopConfig } from '../config.ts'
import { type Language, wordsOf } from '../locales/language.ts'
import { type Markup, page } from './layout.ts'

export interface CheckoutView {
  readonly language: Language
  readonly address: URL
  readonly product: Product
  readonly config: Pick<ShopConfig, 'workerUrl' | 'simulatorUrl' | 'userCode'>
}

export function checkoutPage(view: CheckoutView): Markup {
  const { language, address, product, config } = view
  const words = wordsOf(language)
  return page({
    language,
    address,
    title: words.checkout,
    scripts: html`<script defer src="${config.simulatorUrl}/v1/iamport.js"></script>
      <script defer src="/assets/jquery.js"></script>
      <script defer src="/assets/axios.js"></script>
      <script type="module" src="/assets/checkout.js"></script>`,
    body: html`<h1>${words.checkout}</h1>
      <p class="notice" data-lately hidden>
        ${words.lately} <a href="/orders" data-lately-link>${words.seeOrder}</a>
      </p>
      <form
        class="checkout"
        data-checkout
        data-product="${product.id}"
        data-worker-url="${config.workerUrl}"
        data-user-code="${config.userCode}"
        data-currency="${product.price.currency}"
        data-error-offline="${words.errorOffline}"
        data-error-script="${words.errorScript}"
        data-error-refused="${words.errorRefused}"
        data-error-storage="${words.errorStorage}"
      >
        <div class="checkout-fields">
          ${buyerFields(language)} ${methodFields(view)} ${providerFields(view)}
          ${clientFields(language)}
        </div>
        <aside class="panel summary" aria-label="${words.summary}">${summary(view)}</aside>
      </form>`,
  })
}

function buyerFields(language: Language): Markup {
  const words = wordsOf(language)
  return html`<fieldset class="panel">
    <legend>${words.buyer}</legend>
    <label
      >${words.buyerName}
      <input name="buyer_name" autocomplete="name" required maxlength="40" />
    </label>
    <div class="pair">
      <label
        >${words.buyerEmail}
        <input name="buyer_email" type="email" autocomplete="email" required maxlength="80" />
      </label>
      <label
        >${words.buyerPhone}
        <input
          name="buyer_tel"
          type="tel"
          autocomplete="tel"
          required
          pattern="[0-9+\\- ]{7,20}"
          title="${words.phoneHint}"
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
  const words = wordsOf(language)
  const card = { value: 'card', label: words.card, hint: words.cardHint }
  const vbank = { value: 'vbank', label: words.vbank, hint: words.vbankHint }
  // Korean banks issue accounts for won only.
  return choices(
    'pay_method',
    words.method,
    product.price.currency === 'KRW' ? [card, vbank] : [card],
  )
}

function providerFields({ language }: CheckoutView): Markup {
  const words = wordsOf(language)
  return choices('pg', words.provider, [
    { value: 'html5_inicis', label: words.inicis, hint: words.inicisHint },
    { value: 'tosspayments', label: words.toss, hint: words.tossHint },
  ])
}

function clientFields(language: Language): Markup {
  const words = wordsOf(language)
  const offered = [
    { value: 'jquery', label: 'jQuery' },
    { value: 'axios', label: 'axios' },
    { value: 'fetch', label: 'fetch' },
  ]
  return choices('client', words.client, offered, words.clientHint)
}

function summary({ language, product }: CheckoutView): Markup {
  const words = wordsOf(language)
  const quantities = Array.from({ length: maxQuantity }, (_, index) => index + 1)
  return html`<h2>${words.summary}</h2>
    ${picture(product.picture)}
    <p class="summary-name">
      <strong>${product.name[language]}</strong><small>${product.detail[language]}</small>
    </p>
    <label
      >${words.quantity}
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
    <p class="total">
      <span>${words.total}</span>
      <output name="total">${toPriceText(product.price, language)}</output>
    </p>
    <div role="alert" data-error hidden>
      <strong>${words.errorTitle}</strong>
      <span data-error-text></span>
    </div>
    <button type="submit" data-pay data-busy="${words.paying}" autocomplete="off" disabled>${words.pay}</button>
    <p class="hint" role="status">
      <span data-window-open hidden
        >${words.windowOpen} <a href="/result/pending">${words.seeResult}</a></span
      >
    </p>
    <p class="hint">${words.secure}</p>`
}
