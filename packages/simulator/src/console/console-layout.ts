import { html } from 'hono/html'
import type { Html } from '../runtime/html.ts'
import { htmlDocument } from '../runtime/html-document.ts'
import type { Language } from '../runtime/language.ts'
import { consoleMessages } from './console-messages.ts'

/** What a page of the console shows. */
export interface PageContent {
  readonly language: Language
  readonly title: string
  /** The address of the page without its query. */
  readonly path: string
  /** The rest of the query, which a change of the language keeps. */
  readonly query?: Readonly<Record<string, string>>
  readonly error: string | null
  readonly body: Html
}

/** A page of the console: it works without scripts; with them it follows the simulator by itself. */
export function consoleLayout({
  language,
  title,
  path,
  query = {},
  error,
  body,
}: PageContent): Html {
  const messages = consoleMessages[language]
  const other = language === 'ko' ? 'en' : 'ko'
  const isFirst = path === '/'
  const inOther = `${path}?${new URLSearchParams({ lang: other, ...query })}`
  const loads = html`<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/style.css">
<script src="/console/script.js" defer></script>`
  const page = html`<main>
<header>
<h1>${isFirst ? title : html`<a href="/?lang=${language}">${messages.title}</a>`}</h1>
<nav><span class="live" role="status" data-live hidden data-on="${messages.live}" data-off="${messages.notLive}"></span><a href="${inOther}" lang="${other}">${messages.other}</a></nav>
<p class="lead">${messages.lead}</p>
</header>
${error === null ? '' : html`<p role="alert">${messages.failures.get(error) ?? messages.notDone}: <code>${error}</code></p>`}
${body}
</main>`
  return htmlDocument(language, title, loads, page)
}
