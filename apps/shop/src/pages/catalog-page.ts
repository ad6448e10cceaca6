import { html } from 'hono/html'
import { picture } from '../catalog/illustrations.ts'
import { type Plan, plans } from '../catalog/plans.ts'
import { toPriceText } from '../catalog/price.ts'
import { type Product, products } from '../catalog/products.ts'
import { type Language, messagesOf } from '../locales/language.ts'
import { type Markup, page } from './layout.ts'

export function catalogPage(language: Language, address: URL): Markup {
  const messages = messagesOf(language)
  return page({
    language,
    address,
    title: messages.tagline,
    body: html`<section class="hero">
        <h1>${messages.heroTitle}</h1>
        <p>${messages.heroText}</p>
      </section>
      <section aria-labelledby="products">
        <h2 id="products">${messages.products}</h2>
        <ul class="products">
          ${products.map((product) => productCard(product, `/checkout/${product.id}`, messages.buy, language))}
        </ul>
      </section>
      <section aria-labelledby="plans">
        <h2 id="plans">${messages.plans}</h2>
        <ul class="products">
          ${plans.map((plan) => productCard(plan, `/subscribe/${plan.id}`, messages.subscribeToPlan, language))}
        </ul>
      </section>`,
  })
}

function productCard(
  product: Product | Plan,
  address: string,
  action: string,
  language: Language,
): Markup {
  return html`<li class="card">
    ${picture(product.picture)}
    <div class="card-text">
      <h3><a href="${address}">${product.name[language]}</a></h3>
      <p>${product.description[language]}</p>
      <p class="card-foot">
        <span>
          <strong class="price">${toPriceText(product.price, language)}</strong>
          <small>${product.detail[language]}</small>
        </span>
        <span class="buy" aria-hidden="true">${action}</span>
      </p>
    </div>
  </li>`
}
