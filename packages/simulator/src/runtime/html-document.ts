import { html } from 'hono/html'
import type { Html } from './html.ts'
import type { Language } from './language.ts'

/** A page for every screen. `loads` are the elements of its head that load something. */
export function htmlDocument(language: Language, title: string, loads: Html, body: Html): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${loads}
</head>
<body>${body}</body>
</html>`
}
