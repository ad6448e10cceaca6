import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { integerOf, type Params, readBody, textOf } from '../runtime/params.ts'
import { changeCard } from '../services/billing/billing-settings.ts'
import { addFault, clearFaults } from '../services/fault-rules.ts'
import { advanceToNextDue } from '../services/next-due.ts'
import {
  approveAfterFailure,
  cancelInConsole,
  depositToAccount,
  type OutOfBandResult,
  resendWebhook,
} from '../services/payment/out-of-band-events.ts'
import { isScenarioName, playScenario } from '../services/scenarios.ts'
import { updateWebhookSettings } from '../services/update-settings.ts'
import { deliverTestWebhook, resendDelivery } from '../webhooks/deliver.ts'
import { toConsoleLanguage } from './console-messages.ts'
import { consolePage } from './console-page.ts'
import { consoleScript } from './console-script.ts'
import { style } from './console-style.ts'
import { liveRoutes } from './live-routes.ts'
import { paymentPage } from './payments/payment-page.ts'

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The console page at `/`, the page of each payment, and the actions of their forms. */
export function consoleRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  const headers = { 'content-security-policy': policy }
  app.get('/', (c) => {
    const search = { text: (c.req.query('q') ?? '').trim(), page: pageOf(c) }
    return c.html(consolePage(context, search, placeOf(c)), 200, headers)
  })
  app.get('/console/payments/:impUid', (c) => {
    const payment = context.state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return redirectToConsole(c, 'payment_unknown')
    return c.html(paymentPage(context, payment, placeOf(c)), 200, headers)
  })
  app.route('/', liveRoutes(context))
  app.get('/console/script.js', (c) =>
    c.body(consoleScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
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
  app.post('/console/scenarios', async (c) => {
    const { scenario, ...order } = await readBody(c.req.raw)
    const name = String(scenario)
    if (!isScenarioName(name)) return redirectToConsole(c, 'invalid')
    const played = playScenario(context, name, order)
    return redirectToConsole(c, played.ok ? null : played.failure.reason)
  })
  app.post('/console/faults', async (c) => {
    const isAdded = addFault(context, await readBody(c.req.raw))
    return redirectToConsole(c, isAdded ? null : 'invalid')
  })
  app.post('/console/faults/clear', (c) => {
    clearFaults(context)
    return redirectToConsole(c, null)
  })
  app.post('/console/deliveries/:id/resend', (c) => {
    const refusal = resendDelivery(context, Number(c.req.param('id')))
    return redirectBack(c, c.req.query('payment') ?? null, refusal)
  })
  app.post('/console/payments/:impUid/:action', async (c) => {
    const params = await readBody(c.req.raw)
    const result = runAction(context, c.req.param('action'), c.req.param('impUid'), params)
    if (result === null) return c.notFound()
    const isOnOwnPage = c.req.query('from') === 'payment'
    const refusal = result.ok ? null : result.failure.reason
    return redirectBack(c, isOnOwnPage ? c.req.param('impUid') : null, refusal)
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

function placeOf(c: Context) {
  return { language: languageOf(c), error: c.req.query('error') ?? null }
}

function pageOf(c: Context): number {
  const page = Number(c.req.query('page') ?? 1)
  return Number.isSafeInteger(page) && page > 0 ? page : 1
}

function redirectToConsole(c: Context, error: string | null): Response {
  return redirectBack(c, null, error)
}

/** To the page of a payment, or to the console. */
function redirectBack(c: Context, impUid: string | null, error: string | null): Response {
  const query = new URLSearchParams({
    lang: languageOf(c),
    ...(error === null ? {} : { error }),
  })
  const path = impUid === null ? '/' : `/console/payments/${encodeURIComponent(impUid)}`
  return c.redirect(`${path}?${query}`, 303)
}
