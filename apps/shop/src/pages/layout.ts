import { html } from 'hono/html'
import { logo } from '../catalog/illustrations.ts'
import { type Language, messagesOf } from '../locales/language.ts'

/** A part of a page: escaped HTML, or a promise of it. */
export type Markup = ReturnType<typeof html>

export interface PageView {
  readonly language: Language
  /** The URL of this page; its query is kept when the language is switched. */
  readonly address: URL
  readonly title: string
  readonly body: Markup
  readonly scripts?: Markup
}

export function page({ language, address, title, body, scripts }: PageView): Markup {
  const messages = messagesOf(language)
  return html`<!doctype html>
<html lang="${language}" data-theme="light">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · ${messages.shop}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/assets/pico.css" />
    <link rel="stylesheet" href="/assets/shop.css" />
    <link rel="stylesheet" href="/assets/order.css" />
    ${scripts ?? ''}
  </head>
  <body>
    <a class="skip" href="#main">${messages.skip}</a>
    ${header(language, address)}
    <main id="main" class="container" tabindex="-1">
      <noscript><p class="notice">${messages.scriptNeeded}</p></noscript>
      ${body}
    </main>
    <footer class="site-footer">
      <div class="container">
        <p>${messages.secure}</p>
        <p>${messages.demo}</p>
      </div>
    </footer>
  </body>
</html>`
}

function header(language: Language, address: URL): Markup {
  const messages = messagesOf(language)
  const other: Language = language === 'ko' ? 'en' : 'ko'
  const query = new URLSearchParams(address.search)
  query.set('lang', other)
  return html`<header class="site-header">
    <div class="container">
      <a class="brand" href="/">
        ${logo()}
        <span><strong>${messages.shop}</strong><small>${messages.tagline}</small></span>
      </a>
      <nav aria-label="${messages.shop}">
        <a href="/" ${address.pathname === '/' ? html`aria-current="page"` : ''}>${messages.home}</a>
        <a href="/orders" ${address.pathname === '/orders' ? html`aria-current="page"` : ''}
          >${messages.orders}</a
        >
        <a href="/subscription" ${address.pathname === '/subscription' ? html`aria-current="page"` : ''}
          >${messages.subscription}</a
        >
        <a class="language" href="?${query}" lang="${other}" hreflang="${other}"
          >${messages.otherLanguage}</a
        >
      </nav>
    </div>
  </header>`
}

export function messagePage(
  view: Omit<PageView, 'body' | 'title'>,
  message: { readonly title: string; readonly text: string },
): Markup {
  const messages = messagesOf(view.language)
  return page({
    ...view,
    title: message.title,
    body: html`<section class="panel centred">
      <h1>${message.title}</h1>
      <p>${message.text}</p>
      <p><a role="button" href="/">${messages.keepShopping}</a></p>
    </section>`,
  })
}
