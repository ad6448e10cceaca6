import { html } from 'hono/html'
import { picture } from '../catalog/illustrations.ts'
import { toPriceText } from '../catalog/price.ts'
import { type Product, products } from '../catalog/products.ts'
import { type Language, wordsOf } from '../locales/language.ts'
import { type Markup, page } from './layout.ts'

export function shelfPage(language: Language, address: URL): Markup {
  const words = wordsOf(language)
  return page({
    language,
    address,
    title: words.tagline,
    body: html`<section class="hero">
        <h1>${words.heroTitle}</h1>
        <p>${words.heroText}</p>
      </section>
      <section aria-labelledby="shelf">
        <h2 id="shelf">${words.shelf}</h2>
        <ul class="shelf">
          ${products.map((product) => card(product, language))}
        </ul>
      </section>`,
  })
}

function card(product: Product, language: Language): Markup {
  const words = wordsOf(language)
  return html`<li class="card">
    ${picture(product.picture)}
    <div class="card-text">
      <h3><a href="/checkout/${product.id}">${product.name[language]}</a></h3>
      <p>${product.about[language]}</p>
      <p class="card-foot">
        <span>
          <strong class="price">${toPriceText(product.price, language)}</strong>
          <small>${product.detail[language]}</small>
        </span>
        <span class="buy" aria-hidden="true">${words.buy}</span>
      </p>
    </div>
  </li>`
}
