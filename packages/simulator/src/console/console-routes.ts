import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { integerOf, type Params, readBody, textOf } from '../runtime/params.ts'
import { changeCard } from '../services/billing/billing-settings.ts'
import { advanceToNextDue } from '../services/next-due.ts'
import {
  approveAfterFailure,
  cancelInConsole,
  depositToAccount,
  type OutOfBandResult,
  resendWebhook,
} from '../services/payment/out-of-band-events.ts'
import { updateWebhookSettings } from '../services/update-settings.ts'
import { deliverTestWebhook } from '../webhooks/deliver.ts'
import { toConsoleLanguage } from './console-messages.ts'
import { consolePage } from './console-page.ts'
import { style } from './console-style.ts'

const policy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The console page at `/` and the actions of its forms. */
export function consoleRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const page = consolePage(context, languageOf(c), c.req.query('error') ?? null)
    return c.html(page, 200, { 'content-security-policy': policy })
  })
  app.get('/console/style.css', (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.post('/console/clock', async (c) =>
    redirectToConsole(c, await moveClock(context, await readBody(c.req.raw))),
  )
  app.post('/console/webhooks', async (c) => {
    const params = await readBody(c.req.raw)
    // Browsers do not send an unchecked box.
    const isDone = updateWebhookSettings(context.webhook, { resend: 'false', ...params })
    return redirectToConsole(c, isDone ? null : 'invalid')
  })
  app.post('/console/webhooks/test', (c) =>
    redirectToConsole(c, deliverTestWebhook(context) ? null : 'webhook_target_missing'),
  )
  app.post('/console/billing-keys/:customerUid', async (c) => {
    const changed = changeCard(context, c.req.param('customerUid'), await readBody(c.req.raw))
    if (changed === null) return c.notFound()
    return redirectToConsole(c, changed.ok ? null : changed.failure.reason)
  })
  app.post('/console/payments/:impUid/:action', async (c) => {
    const params = await readBody(c.req.raw)
    const result = runAction(context, c.req.param('action'), c.req.param('impUid'), params)
    if (result === null) return c.notFound()
    return redirectToConsole(c, result.ok ? null : result.failure.reason)
  })
  return app
}

/** Moves the clock forward; returns why it cannot, or null. */
async function moveClock(context: SimulatorContext, params: Params): Promise<string | null> {
  if (params['advance_to'] === 'next_due') {
    return (await advanceToNextDue(context)) ? null : 'nothing_due'
  }
  const advanceMs = integerOf(params, 'advance_ms')
  if (advanceMs === null || advanceMs < 0) return 'invalid'
  await context.clock.advance(advanceMs)
  return null
}

function runAction(
  context: SimulatorContext,
  action: string,
  impUid: string,
  params: Params,
): OutOfBandResult | null {
  switch (action) {
    case 'deposit':
      return depositToAccount(context, impUid)
    case 'approve-late':
      return approveAfterFailure(context, impUid)
    case 'resend':
      return resendWebhook(context, impUid)
    case 'cancel':
      return cancelInConsole(context, impUid, textOf(params, 'amount'))
    default:
      return null
  }
}

function languageOf(c: Context) {
  return toConsoleLanguage(c.req.query('lang'), c.req.header('accept-language'))
}

function redirectToConsole(c: Context, error: string | null): Response {
  const query = new URLSearchParams({
    lang: languageOf(c),
    ...(error === null ? {} : { error }),
  })
  return c.redirect(`/?${query}`, 303)
}
