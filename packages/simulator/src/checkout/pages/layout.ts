import { html } from 'hono/html'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'

/** The document around a page of a window: the window's style and script, nothing else. */
export function layout(language: Language, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/window/style.css">
<script src="/window/window.js" defer></script>
</head>
<body>${body}</body>
</html>`
}
