import { type Context, Hono } from 'hono'
import type { PaymentWindow, WindowResult } from '../../domain/payment/window.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { toLegacyCallback, toNewModuleCallback } from '../callback-fields.ts'
import { toLanguage } from '../pages/page-language.ts'
import type { Ending } from '../pages/window-messages.ts'
import { endPage, windowPage } from '../pages/window-page.ts'
import { toRedirectUrl } from '../redirect-url.ts'
import { finishOnce, type WindowSession, type WindowSessions } from '../session.ts'
import { type Action, type Form, readAction, readChoice, readRefusal } from '../window-form.ts'

// No `form-action`: browsers apply it to the redirect after a form as well, and that one leads to the shop.
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'"

interface WindowDeps {
  readonly paymentWindow: PaymentWindow
  readonly sessions: WindowSessions
}

interface SubmittedForm {
  readonly session: WindowSession
  readonly language: Language
  readonly form: Form
  readonly action: Action
}

/** The pages of the payment window and the actions of its buttons. */
export function windowRoutes(paymentWindow: PaymentWindow, sessions: WindowSessions): Hono {
  const deps = { paymentWindow, sessions }
  const app = new Hono()
  app.get('/window/pay/:impUid', (c) => showWindow(c, c.req.param('impUid'), deps))
  app.post('/window/pay/:impUid', (c) => submitForm(c, c.req.param('impUid'), deps))
  app.post('/window/closing/:impUid', (c) => closeFromPage(c, c.req.param('impUid'), deps))
  app.post('/window/returned/:impUid', (c) => confirmReturn(c, c.req.param('impUid'), deps))
  return app
}

function showWindow(
  c: Context,
  impUid: string,
  { paymentWindow, sessions }: WindowDeps,
): Response | Promise<Response> {
  const session = sessions.get(impUid)
  const view = paymentWindow.view(impUid)
  const language = languageOf(c, session)
  if (session === undefined || view === null)
    return page(c, endPage(language, 'unknown', '', null), 404)
  if (session.result !== null) return page(c, endPage(language, 'finished', '', null))
  return page(c, windowPage(view, session, language))
}

async function submitForm(c: Context, impUid: string, deps: WindowDeps): Promise<Response> {
  const session = deps.sessions.get(impUid)
  const language = languageOf(c, session)
  if (session === undefined) return page(c, endPage(language, 'unknown', '', null), 404)
  const form = await c.req.parseBody()
  const action = readAction(form)
  if (action === null) return c.text('Unknown action', 400)
  return runAction(c, { session, language, form, action }, deps.paymentWindow)
}

async function closeFromPage(
  c: Context,
  impUid: string,
  { paymentWindow, sessions }: WindowDeps,
): Promise<Response> {
  const session = sessions.get(impUid)
  if (session === undefined) return c.notFound()
  const message = toMessage(session, await cancel(session, paymentWindow))
  return c.body(message, 200, { 'content-type': 'application/json' })
}

function confirmReturn(
  c: Context,
  impUid: string,
  { paymentWindow, sessions }: WindowDeps,
): Response | Promise<Response> {
  if (!sessions.has(impUid)) return c.notFound()
  paymentWindow.returned(impUid)
  return c.body(null, 204)
}

async function runAction(
  c: Context,
  { session, language, form, action }: SubmittedForm,
  paymentWindow: PaymentWindow,
): Promise<Response> {
  const respond = (result: WindowResult) =>
    respondWithResult(c, { session, language, result }, paymentWindow)
  switch (action) {
    case 'pay':
      return respond(await approve(session, form, paymentWindow))
    case 'decline':
      return respond(await decline(session, form, paymentWindow))
    case 'cancel':
      return respond(await cancel(session, paymentWindow))
    case 'close':
      return respondToClose(c, session, language, paymentWindow)
    case 'drop':
      await approve(session, form, paymentWindow)
      // The moment the response would have been sent: webhooks do not wait for a browser that is gone.
      paymentWindow.returned(session.impUid)
      return page(c, endPage(language, 'dropped', '', null))
  }
}

function approve(session: WindowSession, form: Form, window: PaymentWindow): Promise<WindowResult> {
  return finishOnce(session, () => window.approve(session.impUid, readChoice(form)))
}

function decline(session: WindowSession, form: Form, window: PaymentWindow): Promise<WindowResult> {
  return finishOnce(session, () => window.decline(session.impUid, readRefusal(form)))
}

function cancel(session: WindowSession, window: PaymentWindow): Promise<WindowResult> {
  return finishOnce(session, () => window.cancel(session.impUid))
}

function respondWithResult(
  c: Context,
  {
    session,
    language,
    result,
  }: { session: WindowSession; language: Language; result: WindowResult },
  paymentWindow: PaymentWindow,
): Response | Promise<Response> {
  if (session.returnMethod === 'callback') {
    const detail = [result.error_code, result.error_msg].filter((text) => text !== null).join(' ')
    const message = toCallbackMessage(session, toMessage(session, result))
    return page(c, endPage(language, toEnding(result), detail, message))
  }
  paymentWindow.returned(session.impUid)
  // Naver does not send its buyers back: the shop learns of an order of the order type by webhook alone.
  if (result.ok && result.payment.pg_provider === 'naverco') {
    return page(c, endPage(language, toEnding(result), '', null))
  }
  const redirectUrl = paymentWindow.view(session.impUid)?.m_redirect_url ?? null
  return c.redirect(toRedirectUrl(redirectUrl, session.module, result), 302)
}

async function respondToClose(
  c: Context,
  session: WindowSession,
  language: Language,
  paymentWindow: PaymentWindow,
): Promise<Response> {
  // A closed tab has no page that could receive a result.
  if (session.returnMethod === 'redirect') return page(c, endPage(language, 'closed', '', null))
  // New modules let the page poll for the result; the old server cancels at once.
  if (session.module === 'legacy') {
    const result = await cancel(session, paymentWindow)
    return respondWithResult(c, { session, language, result }, paymentWindow)
  }
  const data = { request_id: session.requestId, imp_uid: session.impUid }
  const message = JSON.stringify({ action: 'closed', data })
  return page(c, endPage(language, 'closed', '', toCallbackMessage(session, message)))
}

function languageOf(c: Context, session: WindowSession | undefined): Language {
  return toLanguage(session?.params.language, c.req.header('accept-language'))
}

function page(c: Context, body: Html, status: 200 | 404 = 200): Response | Promise<Response> {
  return c.html(body, status, { 'content-security-policy': policy, 'cache-control': 'no-store' })
}

function toMessage(session: WindowSession, result: WindowResult): string {
  const callback = session.module === 'new' ? toNewModuleCallback(result) : toLegacyCallback(result)
  return JSON.stringify({ action: 'payment', data: { ...callback, request_id: session.requestId } })
}

function toCallbackMessage(session: WindowSession, message: string) {
  return { message, origin: session.origin }
}

function toEnding({ ok, payment, kcp_action = 'Pay' }: WindowResult): Ending {
  if (!ok) return 'declined'
  if (kcp_action !== 'Pay') return 'processed'
  return payment.status === 'ready' && payment.vbank_num !== null ? 'issued' : 'approved'
}
