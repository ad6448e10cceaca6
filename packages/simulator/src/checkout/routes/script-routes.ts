import { type Context, Hono } from 'hono'
import { channelFrameScript, impScript, linkScript, windowScript } from '../browser-scripts.ts'
import { style } from '../pages/window-style.ts'

/** The scripts of the merchant's page, the windows and payment links, and the windows' style. */
export function scriptRoutes(origin: string | undefined): Hono {
  const app = new Hono()
  const imp = (c: Context) =>
    script(c, withSettings(impScript, { origin: origin ?? new URL(c.req.url).origin }))
  app.get('/v1/iamport.js', imp)
  app.get('/js/:file{iamport\\.payment-[0-9.x]+\\.js}', imp)
  app.get('/window/channel-frame.js', (c) => script(c, channelFrameScript))
  app.get('/window/window.js', (c) => script(c, windowScript))
  app.get('/link/page.js', (c) => script(c, linkScript))
  app.get('/window/style.css', (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  return app
}

/** Declares `settings` around a script that reads it. */
function withSettings(text: string, settings: { readonly origin: string }): string {
  return `(() => {\n'use strict'\nconst settings = ${JSON.stringify(settings)}\n${text}})()\n`
}

function script(c: Context, text: string): Response {
  return c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' })
}
