import type { html } from 'hono/html'

/** A piece of HTML in which everything that came from outside is already escaped. */
export type Html = ReturnType<typeof html>
