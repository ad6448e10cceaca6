import { type Context, Hono } from 'hono'
import type { Desk, WindowResult } from '../../domain/payment/window.ts'
import { toLegacyCallback, toModuleCallback } from '../callback-fields.ts'
import { type Ending, type Language, toLanguage } from '../pages/window-messages.ts'
import { endPage, type Html, windowPage } from '../pages/window-page.ts'
import { toRedirect } from '../redirect-url.ts'
import { settle, type Visit, type Visits } from '../session.ts'
import { type Action, type Form, readAction, readChoice, readRefusal } from '../window-form.ts'

// No `form-action`: browsers hold it against the redirect after a form too, and that one leads to the shop.
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'"

interface Press {
  readonly visit: Visit
  readonly language: Language
  readonly form: Form
  readonly action: Action
}

/** The pages of the payment window and what its buttons do. */
export function windowRoutes(desk: Desk, visits: Visits): Hono {
  const app = new Hono()

  app.get('/window/pay/:impUid', (c) => {
    const visit = visits.get(c.req.param('impUid'))
    const view = desk.view(c.req.param('impUid'))
    const language = toLanguage(visit?.params.language, c.req.header('accept-language'))
    if (visit === undefined || view === null)
      return page(c, endPage(language, 'unknown', '', null), 404)
    if (visit.result !== null) return page(c, endPage(language, 'finished', '', null))
    return page(c, windowPage(view, visit, language))
  })

  app.post('/window/pay/:impUid', async (c) => {
    const visit = visits.get(c.req.param('impUid'))
    const language = toLanguage(visit?.params.language, c.req.header('accept-language'))
    if (visit === undefined) return page(c, endPage(language, 'unknown', '', null), 404)
    const form = await c.req.parseBody()
    const action = readAction(form)
    if (action === null) return c.text('The form names no action of this window', 400)
    return act(c, { visit, language, form, action })
  })

  app.post('/window/closing/:impUid', async (c) => {
    const visit = visits.get(c.req.param('impUid'))
    if (visit === undefined) return c.notFound()
    const message = toMessage(visit, await cancel(visit))
    return c.body(message, 200, { 'content-type': 'application/json' })
  })

  app.post('/window/returned/:impUid', (c) => {
    const { impUid } = c.req.param()
    if (!visits.has(impUid)) return c.notFound()
    desk.returned(impUid)
    return c.body(null, 204)
  })

  async function act(c: Context, { visit, language, form, action }: Press): Promise<Response> {
    switch (action) {
      case 'pay':
        return give(c, visit, language, await approve(visit, form))
      case 'decline':
        return give(c, visit, language, await decline(visit, form))
      case 'cancel':
        return give(c, visit, language, await cancel(visit))
      case 'close':
        return close(c, visit, language)
      case 'drop':
        await approve(visit, form)
        // The moment the answer would have left: webhooks do not wait for a browser that is gone.
        desk.returned(visit.impUid)
        return page(c, endPage(language, 'dropped', '', null))
    }
  }

  function approve(visit: Visit, form: Form): Promise<WindowResult> {
    return settle(visit, () => desk.approve(visit.impUid, readChoice(form)))
  }

  function decline(visit: Visit, form: Form): Promise<WindowResult> {
    return settle(visit, () => desk.decline(visit.impUid, readRefusal(form)))
  }

  function cancel(visit: Visit): Promise<WindowResult> {
    return settle(visit, () => desk.cancel(visit.impUid))
  }

  function give(
    c: Context,
    visit: Visit,
    language: Language,
    result: WindowResult,
  ): Response | Promise<Response> {
    if (visit.way === 'callback') {
      const detail = [result.error_code, result.error_msg].filter((text) => text !== null).join(' ')
      return page(
        c,
        endPage(language, toEnding(result), detail, errand(visit, toMessage(visit, result))),
      )
    }
    desk.returned(visit.impUid)
    // Naver keeps its buyers: an order of its order type is heard of by webhook alone.
    if (result.ok && result.payment.pg_provider === 'naverco') {
      return page(c, endPage(language, toEnding(result), '', null))
    }
    const redirectUrl = desk.view(visit.impUid)?.m_redirect_url ?? null
    return c.redirect(toRedirect(redirectUrl, visit.module, result), 302)
  }

  async function close(c: Context, visit: Visit, language: Language): Promise<Response> {
    // A closed tab answers nobody.
    if (visit.way === 'redirect') return page(c, endPage(language, 'closed', '', null))
    // New modules let the page find out by asking; the old core decides by itself.
    if (visit.module === 'legacy') return give(c, visit, language, await cancel(visit))
    const data = { request_id: visit.requestId, imp_uid: visit.impUid }
    const message = JSON.stringify({ action: 'closed', data })
    return page(c, endPage(language, 'closed', '', errand(visit, message)))
  }

  return app
}

function page(c: Context, body: Html, status: 200 | 404 = 200): Response | Promise<Response> {
  return c.html(body, status, { 'content-security-policy': policy, 'cache-control': 'no-store' })
}

function toMessage(visit: Visit, result: WindowResult): string {
  const callback = visit.module === 'new' ? toModuleCallback(result) : toLegacyCallback(result)
  return JSON.stringify({ action: 'payment', data: { ...callback, request_id: visit.requestId } })
}

function errand(visit: Visit, message: string) {
  return { message, origin: visit.origin }
}

function toEnding({ ok, payment, kcp_action = 'Pay' }: WindowResult): Ending {
  if (!ok) return 'declined'
  if (kcp_action !== 'Pay') return 'noted'
  return payment.status === 'ready' && payment.vbank_num !== null ? 'issued' : 'approved'
}
