import { Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { toLanguage } from '../pages/page-language.ts'
import { findSlip } from './slip.ts'
import { noSlipPage, slipPage } from './slip-page.ts'
import { printScript, slipStyle } from './slip-style.ts'

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // The address is all that protects the slip.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
}

/** `GET /slips?tid=`: what `receipt_url` leads to, as at the PGs without a login and by the number of the transaction. */
export function slipRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/slips', (c) => {
    const language = toLanguage(c.req.query('lang'), c.req.header('accept-language'))
    const found = findSlip(context, c.req.query('tid') ?? '')
    if (found === null) return c.html(noSlipPage(language), 404, headers)
    return c.html(slipPage(found, language), 200, headers)
  })
  app.get('/slips/style.css', (c) =>
    c.body(slipStyle, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.get('/slips/print.js', (c) =>
    c.body(printScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  return app
}
