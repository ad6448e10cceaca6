import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { html } from 'hono/html'
import type { PaymentWindow } from '../../domain/payment/window.ts'
import { readBody, recordOf, textOf } from '../../runtime/params.ts'
import { toDevice } from '../device.ts'
import { openSession, type WindowSessions } from '../session.ts'

/** The old modules: the channel list, the hidden frame of each channel, and the endpoint that opens a window. */
export function legacyRoutes(paymentWindow: PaymentWindow, sessions: WindowSessions): Hono {
  const app = new Hono()

  app.get('/users/pg/:userCode', cors(), (c) => {
    const channels = paymentWindow.channels(c.req.param('userCode'))
    if (channels === null) {
      return c.json({ code: 1, message: '등록되지 않은 가맹점 식별코드입니다.', data: null })
    }
    return c.json({ code: 0, message: null, data: channels })
  })

  app.get('/payments/ready/:userCode/:provider/:pgId', (c) =>
    c.html(
      html`<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><title>i'mport</title></head>
<body data-user-code="${c.req.param('userCode')}"><script src="/window/channel-frame.js"></script></body></html>`,
      200,
      { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" },
    ),
  )

  app.post('/window/open/:userCode', async (c) => {
    const body = await readBody(c.req.raw)
    const { request_id, tier_code, ...params } = recordOf(body, 'data')
    const userAgent = c.req.header('user-agent') ?? ''
    const result = openSession(paymentWindow, sessions, {
      requestId: String(request_id),
      origin: textOf(body, 'origin') ?? 'null',
      module: 'legacy',
      request: {
        user_code: c.req.param('userCode'),
        tier_code: typeof tier_code === 'string' ? tier_code : null,
        device: toDevice(userAgent),
        user_agent: userAgent,
        params,
      },
    })
    if (result.ok) return c.json({ action: 'window', data: result.opened })
    const { merchant_uid, error_code, error_msg } = result.refusal
    const refused = { success: false, imp_uid: null, merchant_uid, error_code, error_msg }
    return c.json({ action: 'payment', data: { ...refused, request_id } })
  })

  return app
}
