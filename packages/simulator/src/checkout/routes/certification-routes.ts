import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Certification, Person } from '../../domain/certification.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { readBody, recordOf, textOf } from '../../runtime/params.ts'
import type { VerificationWindow } from '../../services/verification-window.ts'
import {
  type CertificationView,
  certificationEndPage,
  certificationPage,
} from '../pages/certification-page.ts'
import { toLanguage } from '../pages/page-language.ts'
import { appendFields } from '../redirect-url.ts'

// No `form-action`: browsers apply it to the redirect after a form as well, and that one leads to the shop.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'"

/** What the window stores about the page that opened it. */
interface VerificationSession {
  readonly requestId: string
  readonly origin: string
  readonly returnMethod: 'callback' | 'redirect'
  readonly redirectUrl: string | null
  readonly params: Readonly<Record<string, unknown>>
}

interface CertificationDeps {
  readonly verificationWindow: VerificationWindow
  readonly sessions: Map<string, VerificationSession>
}

/** The pages of the verification window and the actions of its buttons. */
export function certificationRoutes(verificationWindow: VerificationWindow): Hono {
  const deps: CertificationDeps = { verificationWindow, sessions: new Map() }
  const app = new Hono()
  app.use('/certificates/*', cors())
  app.post('/certificates/open', (c) => openWindow(c, deps))
  app.get('/certificates/window/:impUid', (c) => showWindow(c, deps))
  app.post('/certificates/window/:impUid', (c) => submitWindow(c, deps))
  app.post('/certificates/closing/:impUid', (c) => closeWindow(c, deps))
  return app
}

async function openWindow(
  c: Context,
  { verificationWindow, sessions }: CertificationDeps,
): Promise<Response> {
  const body = await readBody(c.req.raw)
  const params = recordOf(body, 'params')
  const userCode = textOf(body, 'userCode') ?? ''
  const tierCode = textOf(body, 'tierCode')
  const requestId = textOf(body, 'requestId') ?? ''
  const returnMethod = body['returnMethod'] === 'redirect' ? 'redirect' : 'callback'
  const origin = c.req.header('origin') ?? 'null'
  const pageUrl = textOf(body, 'pageUrl') ?? origin
  const opened = verificationWindow.open({ userCode, tierCode, origin: pageUrl, params })
  if (!opened.ok) {
    const { error_code, error_msg } = opened
    const { merchant_uid } = params
    return c.json({ success: false, imp_uid: null, merchant_uid, error_code, error_msg })
  }
  const { impUid } = opened.certification
  const redirectUrl = typeof params.m_redirect_url === 'string' ? params.m_redirect_url : null
  sessions.set(impUid, { requestId, origin, returnMethod, redirectUrl, params })
  const url = `/certificates/window/${encodeURIComponent(impUid)}`
  return c.json({ imp_uid: impUid, url })
}

function showWindow(c: Context, deps: CertificationDeps): Response | Promise<Response> {
  const found = findSession(c, deps)
  if (found === null) return respondUnknown(c)
  const { certification, session } = found
  if (certification.status !== 'requested') return respondWithResult(c, certification, session)
  return page(c, certificationPage(viewOf(certification, session), languageOf(c), false))
}

async function submitWindow(c: Context, deps: CertificationDeps): Promise<Response> {
  const found = findSession(c, deps)
  if (found === null) return respondUnknown(c)
  const { certification, session } = found
  const { verificationWindow } = deps
  const form = await c.req.parseBody()
  if (form.action !== 'certify')
    return respondWithResult(c, verificationWindow.end(certification.impUid, null), session)
  const person = toPerson(form)
  if (person === null) {
    return page(c, certificationPage(viewOf(certification, session), languageOf(c), true))
  }
  return respondWithResult(c, verificationWindow.end(certification.impUid, person), session)
}

function closeWindow(c: Context, deps: CertificationDeps): Response | Promise<Response> {
  const found = findSession(c, deps)
  if (found === null) return c.notFound()
  const ended = deps.verificationWindow.end(found.certification.impUid, null)
  return c.json(toCallbackFields(ended))
}

function findSession(
  c: Context,
  { verificationWindow, sessions }: CertificationDeps,
): { certification: Certification; session: VerificationSession } | null {
  const impUid = c.req.param('impUid') ?? ''
  const session = sessions.get(impUid)
  const certification = verificationWindow.view(impUid)
  return session === undefined || certification === null ? null : { certification, session }
}

function respondUnknown(c: Context): Response | Promise<Response> {
  return page(c, certificationEndPage(languageOf(c), 'unknown', null), 404)
}

function languageOf(c: Context): Language {
  return toLanguage(undefined, c.req.header('accept-language'))
}

function respondWithResult(c: Context, certification: Certification, session: VerificationSession) {
  const { status, impUid, merchantUid } = certification
  const isCertified = status === 'certified'
  if (
    session.returnMethod === 'redirect' &&
    session.redirectUrl !== null &&
    URL.canParse(session.redirectUrl)
  ) {
    const fields = { imp_uid: impUid, merchant_uid: merchantUid ?? '' }
    return c.redirect(
      appendFields(session.redirectUrl, { ...fields, success: String(isCertified) }),
      302,
    )
  }
  const data = { ...toCallbackFields(certification), request_id: session.requestId }
  const message = JSON.stringify({ action: 'certification', data })
  const callbackMessage =
    session.returnMethod === 'callback' ? { message, origin: session.origin } : null
  return page(
    c,
    certificationEndPage(languageOf(c), isCertified ? 'certified' : 'failed', callbackMessage),
  )
}

function toCallbackFields({ status, impUid, merchantUid, channel }: Certification) {
  const base = {
    success: status === 'certified',
    imp_uid: impUid,
    merchant_uid: merchantUid,
    pg_provider: channel.pg_provider,
    pg_type: 'certification',
  }
  if (base.success) return base
  return { ...base, error_code: 'F400', error_msg: '본인인증이 완료되지 않았습니다.' }
}

function viewOf(
  { impUid, channel }: Certification,
  { params }: VerificationSession,
): CertificationView {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  const carrier = text('carrier')
  return {
    impUid,
    pgProvider: channel.pg_provider,
    company: text('company'),
    name: text('name'),
    phone: text('phone'),
    // The script's carrier codes differ from those of the results.
    carrier: carrier === 'KTF' ? 'KT' : carrier === 'MVNO' ? 'SKT_MVNO' : carrier,
  }
}

function toPerson(form: Readonly<Record<string, unknown>>): Person | null {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
  const phone = text('phone').replaceAll(/[-.\s]/g, '')
  const birthday = text('birthday')
  const isComplete = text('name') !== '' && /^01\d{8,9}$/.test(phone)
  if (!isComplete || !/^\d{4}-\d{2}-\d{2}$/.test(birthday)) return null
  return {
    name: text('name'),
    birthday,
    gender: text('gender') === 'female' ? 'female' : 'male',
    foreigner: text('foreigner') === 'true',
    phone,
    carrier: text('carrier'),
  }
}

function page(c: Context, body: Html, status: 200 | 404 = 200): Response | Promise<Response> {
  return c.html(body, status, { 'content-security-policy': policy, 'cache-control': 'no-store' })
}
