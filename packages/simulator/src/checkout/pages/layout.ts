import { html } from 'hono/html'
import type { Html } from '../../runtime/html.ts'
import { htmlDocument } from '../../runtime/html-document.ts'
import type { Language } from '../../runtime/language.ts'

/** The document around a page of a window: the window's style and script, nothing else. */
export function layout(language: Language, title: string, body: Html): Html {
  const loads = html`<link rel="stylesheet" href="/window/style.css">
<script src="/window/window.js" defer></script>`
  return htmlDocument(language, title, loads, body)
}
