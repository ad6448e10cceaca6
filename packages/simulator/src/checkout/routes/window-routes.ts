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

// No `form-action`: browsers hold it against the redirect after a form too, and that one leads to the shop.
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'"

interface SubmittedForm {
  readonly session: WindowSession
  readonly language: Language
  readonly form: Form
  readonly action: Action
}

/** The pages of the payment window and what its buttons do. */
export function windowRoutes(paymentWindow: PaymentWindow, sessions: WindowSessions): Hono {
  const app = new Hono()

  app.get('/window/pay/:impUid', (c) => {
    const session = sessions.get(c.req.param('impUid'))
    const view = paymentWindow.view(c.req.param('impUid'))
    const language = toLanguage(session?.params.language, c.req.header('accept-language'))
    if (session === undefined || view === null)
      return page(c, endPage(language, 'unknown', '', null), 404)
    if (session.result !== null) return page(c, endPage(language, 'finished', '', null))
    return page(c, windowPage(view, session, language))
  })

  app.post('/window/pay/:impUid', async (c) => {
    const session = sessions.get(c.req.param('impUid'))
    const language = toLanguage(session?.params.language, c.req.header('accept-language'))
    if (session === undefined) return page(c, endPage(language, 'unknown', '', null), 404)
    const form = await c.req.parseBody()
    const action = readAction(form)
    if (action === null) return c.text('The form names no action of this window', 400)
    return runAction(c, { session, language, form, action })
  })

  app.post('/window/closing/:impUid', async (c) => {
    const session = sessions.get(c.req.param('impUid'))
    if (session === undefined) return c.notFound()
    const message = toMessage(session, await cancel(session))
    return c.body(message, 200, { 'content-type': 'application/json' })
  })

  app.post('/window/returned/:impUid', (c) => {
    const { impUid } = c.req.param()
    if (!sessions.has(impUid)) return c.notFound()
    paymentWindow.returned(impUid)
    return c.body(null, 204)
  })

  async function runAction(
    c: Context,
    { session, language, form, action }: SubmittedForm,
  ): Promise<Response> {
    switch (action) {
      case 'pay':
        return respondWithResult(c, session, language, await approve(session, form))
      case 'decline':
        return respondWithResult(c, session, language, await decline(session, form))
      case 'cancel':
        return respondWithResult(c, session, language, await cancel(session))
      case 'close':
        return close(c, session, language)
      case 'drop':
        await approve(session, form)
        // The moment the answer would have left: webhooks do not wait for a browser that is gone.
        paymentWindow.returned(session.impUid)
        return page(c, endPage(language, 'dropped', '', null))
    }
  }

  function approve(session: WindowSession, form: Form): Promise<WindowResult> {
    return finishOnce(session, () => paymentWindow.approve(session.impUid, readChoice(form)))
  }

  function decline(session: WindowSession, form: Form): Promise<WindowResult> {
    return finishOnce(session, () => paymentWindow.decline(session.impUid, readRefusal(form)))
  }

  function cancel(session: WindowSession): Promise<WindowResult> {
    return finishOnce(session, () => paymentWindow.cancel(session.impUid))
  }

  function respondWithResult(
    c: Context,
    session: WindowSession,
    language: Language,
    result: WindowResult,
  ): Response | Promise<Response> {
    if (session.returnMethod === 'callback') {
      const detail = [result.error_code, result.error_msg].filter((text) => text !== null).join(' ')
      return page(
        c,
        endPage(
          language,
          toEnding(result),
          detail,
          toCallbackMessage(session, toMessage(session, result)),
        ),
      )
    }
    paymentWindow.returned(session.impUid)
    // Naver keeps its buyers: an order of its order type is heard of by webhook alone.
    if (result.ok && result.payment.pg_provider === 'naverco') {
      return page(c, endPage(language, toEnding(result), '', null))
    }
    const redirectUrl = paymentWindow.view(session.impUid)?.m_redirect_url ?? null
    return c.redirect(toRedirectUrl(redirectUrl, session.module, result), 302)
  }

  async function close(c: Context, session: WindowSession, language: Language): Promise<Response> {
    // A closed tab answers nobody.
    if (session.returnMethod === 'redirect') return page(c, endPage(language, 'closed', '', null))
    // New modules let the page find out by asking; the old core decides by itself.
    if (session.module === 'legacy')
      return respondWithResult(c, session, language, await cancel(session))
    const data = { request_id: session.requestId, imp_uid: session.impUid }
    const message = JSON.stringify({ action: 'closed', data })
    return page(c, endPage(language, 'closed', '', toCallbackMessage(session, message)))
  }

  return app
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
