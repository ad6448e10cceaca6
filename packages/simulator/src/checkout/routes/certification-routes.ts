import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Certification, Person } from '../../domain/certification.ts'
import { readBody, recordOf, textOf } from '../../runtime/params.ts'
import type { VerificationDesk } from '../../services/verification-window.ts'
import {
  type CertificateView,
  certificateEnd,
  certificatePage,
} from '../pages/certification-page.ts'
import { toLanguage } from '../pages/window-messages.ts'
import type { Html } from '../pages/window-page.ts'
import { append } from '../redirect-url.ts'

// No `form-action`: browsers hold it against the redirect after a form too, and that one leads to the shop.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'"

/** What the window must remember of the page that asked. */
interface Visit {
  readonly requestId: string
  readonly origin: string
  readonly way: 'callback' | 'redirect'
  readonly redirectUrl: string | null
  readonly params: Readonly<Record<string, unknown>>
}

/** The pages of the verification window and what its buttons do. */
export function certificateRoutes(desk: VerificationDesk): Hono {
  const visits = new Map<string, Visit>()
  const app = new Hono()
  app.use('/certificates/*', cors())

  app.post('/certificates/open', async (c) => {
    const body = await readBody(c.req.raw)
    const params = recordOf(body, 'params')
    const userCode = textOf(body, 'userCode') ?? ''
    const tierCode = textOf(body, 'tierCode')
    const requestId = textOf(body, 'requestId') ?? ''
    const way = body['way'] === 'redirect' ? 'redirect' : 'callback'
    const origin = c.req.header('origin') ?? 'null'
    const opened = desk.open({ userCode, tierCode, origin, params })
    if (opened === null) {
      const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
      const { merchant_uid } = params
      return c.json({
        success: false,
        imp_uid: null,
        merchant_uid,
        error_code: 'NOT_READY',
        error_msg,
      })
    }
    const redirectUrl = typeof params.m_redirect_url === 'string' ? params.m_redirect_url : null
    visits.set(opened.impUid, { requestId, origin, way, redirectUrl, params })
    const url = `/certificates/window/${encodeURIComponent(opened.impUid)}`
    return c.json({ imp_uid: opened.impUid, url })
  })

  app.get('/certificates/window/:impUid', (c) => {
    const found = find(c)
    const language = toLanguage(undefined, c.req.header('accept-language'))
    if (found === null) return page(c, certificateEnd(language, 'unknown', null), 404)
    const { certification, visit } = found
    if (certification.status !== 'requested') return give(c, certification, visit)
    return page(c, certificatePage(viewOf(certification, visit), language, false))
  })

  app.post('/certificates/window/:impUid', async (c) => {
    const found = find(c)
    const language = toLanguage(undefined, c.req.header('accept-language'))
    if (found === null) return page(c, certificateEnd(language, 'unknown', null), 404)
    const { certification, visit } = found
    const form = await c.req.parseBody()
    if (form.action !== 'certify') return give(c, desk.end(certification.impUid, null), visit)
    const person = toPerson(form)
    if (person === null) {
      return page(c, certificatePage(viewOf(certification, visit), language, true))
    }
    return give(c, desk.end(certification.impUid, person), visit)
  })

  app.post('/certificates/closing/:impUid', (c) => {
    const found = find(c)
    if (found === null) return c.notFound()
    return c.json(toCallback(desk.end(found.certification.impUid, null)))
  })

  function find(c: Context): { certification: Certification; visit: Visit } | null {
    const impUid = c.req.param('impUid') ?? ''
    const visit = visits.get(impUid)
    const certification = desk.view(impUid)
    return visit === undefined || certification === null ? null : { certification, visit }
  }

  return app
}

function give(c: Context, certification: Certification, visit: Visit) {
  const { status, impUid, merchantUid } = certification
  const isCertified = status === 'certified'
  if (visit.way === 'redirect' && visit.redirectUrl !== null && URL.canParse(visit.redirectUrl)) {
    const fields = { imp_uid: impUid, merchant_uid: merchantUid ?? '' }
    return c.redirect(append(visit.redirectUrl, { ...fields, success: String(isCertified) }), 302)
  }
  const language = toLanguage(undefined, c.req.header('accept-language'))
  const data = { ...toCallback(certification), request_id: visit.requestId }
  const message = JSON.stringify({ action: 'certification', data })
  const errand = visit.way === 'callback' ? { message, origin: visit.origin } : null
  return page(c, certificateEnd(language, isCertified ? 'certified' : 'failed', errand))
}

function toCallback({ status, impUid, merchantUid, channel }: Certification) {
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

function viewOf({ impUid, channel }: Certification, { params }: Visit): CertificateView {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  const carrier = text('carrier')
  return {
    impUid,
    pgProvider: channel.pg_provider,
    company: text('company'),
    name: text('name'),
    phone: text('phone'),
    // The script's words differ from those of the results.
    carrier: carrier === 'KTF' ? 'KT' : carrier === 'MVNO' ? 'SKT_MVNO' : carrier,
  }
}

function toPerson(form: Readonly<Record<string, unknown>>): Person | null {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
  const phone = text('phone').replaceAll(/[-.\s]/g, '')
  const birthday = text('birthday')
  const isWhole = text('name') !== '' && /^01\d{8,9}$/.test(phone)
  if (!isWhole || !/^\d{4}-\d{2}-\d{2}$/.test(birthday)) return null
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
