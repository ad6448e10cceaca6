import { type Context, Hono } from 'hono'
import type { World } from '../context.ts'
import { type Params, readBody, textOf } from '../runtime/params.ts'
import {
  approveAfterAll,
  cancelInConsole,
  type Done,
  depositTo,
  resendWebhook,
} from '../services/payment/out-of-band-events.ts'
import { changeWebhook } from '../services/update-settings.ts'
import { deliverTest } from '../webhooks/deliver.ts'
import { toLanguage } from './console-messages.ts'
import { consolePage } from './console-page.ts'
import { style } from './console-style.ts'

const policy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The page for people at `/` and what its forms do. */
export function consolePages(world: World): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const page = consolePage(world, languageOf(c), c.req.query('notice') ?? null)
    return c.html(page, 200, { 'content-security-policy': policy })
  })
  app.get('/console/style.css', (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.post('/console/webhooks', async (c) => {
    const params = await readBody(c.req.raw)
    // An unticked box is not sent at all.
    const isDone = changeWebhook(world.webhook, { resend: 'false', ...params })
    return back(c, isDone ? null : 'invalid')
  })
  app.post('/console/webhooks/test', (c) =>
    back(c, deliverTest(world) ? null : 'webhook_target_missing'),
  )
  app.post('/console/payments/:impUid/:deed', async (c) => {
    const params = await readBody(c.req.raw)
    const done = perform(world, c.req.param('deed'), c.req.param('impUid'), params)
    if (done === null) return c.notFound()
    return back(c, done.ok ? null : done.failure.reason)
  })
  return app
}

function perform(world: World, deed: string, impUid: string, params: Params): Done | null {
  switch (deed) {
    case 'deposit':
      return depositTo(world, impUid)
    case 'approve-late':
      return approveAfterAll(world, impUid)
    case 'resend':
      return resendWebhook(world, impUid)
    case 'cancel':
      return cancelInConsole(world, impUid, textOf(params, 'amount'))
    default:
      return null
  }
}

function languageOf(c: Context) {
  return toLanguage(c.req.query('lang'), c.req.header('accept-language'))
}

function back(c: Context, notice: string | null): Response {
  const query = new URLSearchParams({ lang: languageOf(c), ...(notice === null ? {} : { notice }) })
  return c.redirect(`/?${query}`, 303)
}
