import { html } from 'hono/html'
import { mark } from '../catalog/illustrations.ts'
import { type Language, wordsOf } from '../locales/language.ts'

/** A piece of a page: escaped text, possibly still being awaited. */
export type Markup = ReturnType<typeof html>

export interface PageView {
  readonly language: Language
  /** Path and query of this page, kept when the language is switched. */
  readonly address: URL
  readonly title: string
  readonly body: Markup
  readonly scripts?: Markup
}

export function page({ language, address, title, body, scripts }: PageView): Markup {
  const words = wordsOf(language)
  return html`<!doctype html>
<html lang="${language}" data-theme="light">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · ${words.shop}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/assets/pico.css" />
    <link rel="stylesheet" href="/assets/shop.css" />
    <link rel="stylesheet" href="/assets/order.css" />
    ${scripts ?? ''}
  </head>
  <body>
    <a class="skip" href="#main">${words.skip}</a>
    ${header(language, address)}
    <main id="main" class="container" tabindex="-1">
      <noscript><p class="notice">${words.scriptNeeded}</p></noscript>
      ${body}
    </main>
    <footer class="site-footer">
      <div class="container">
        <p>${words.secure}</p>
        <p>${words.demo}</p>
      </div>
    </footer>
  </body>
</html>`
}

function header(language: Language, address: URL): Markup {
  const words = wordsOf(language)
  const other: Language = language === 'ko' ? 'en' : 'ko'
  const query = new URLSearchParams(address.search)
  query.set('lang', other)
  return html`<header class="site-header">
    <div class="container">
      <a class="brand" href="/">
        ${mark()}
        <span><strong>${words.shop}</strong><small>${words.tagline}</small></span>
      </a>
      <nav aria-label="${words.shop}">
        <a href="/" ${address.pathname === '/' ? html`aria-current="page"` : ''}>${words.home}</a>
        <a href="/orders" ${address.pathname === '/orders' ? html`aria-current="page"` : ''}
          >${words.orders}</a
        >
        <a class="language" href="?${query}" lang="${other}" hreflang="${other}"
          >${words.otherLanguage}</a
        >
      </nav>
    </div>
  </header>`
}

export function messagePage(
  view: Omit<PageView, 'body' | 'title'>,
  message: { readonly title: string; readonly text: string },
): Markup {
  const words = wordsOf(view.language)
  return page({
    ...view,
    title: message.title,
    body: html`<section class="panel centred">
      <h1>${message.title}</h1>
      <p>${message.text}</p>
      <p><a role="button" href="/">${words.keepShopping}</a></p>
    </section>`,
  })
}
