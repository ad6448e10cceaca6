import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { PaymentWindow, WindowView } from '../../domain/payment/window.ts'
import { readBody, recordOf, textOf } from '../../runtime/params.ts'
import { toDevice } from '../device.ts'
import { openSession, type WindowSessions } from '../session.ts'

/** The new modules: opening a window, and reading the status of its payment. */
export function newModuleRoutes(paymentWindow: PaymentWindow, sessions: WindowSessions): Hono {
  const app = new Hono()
  app.use('/api/prepare/v1', cors())
  app.use('/api/status/v1', cors())

  app.post('/api/prepare/v1', async (c) => {
    const body = await readBody(c.req.raw)
    const requestId = textOf(body, 'requestId') ?? ''
    const { userCode, tierCode, ...rest } = recordOf(body, 'data')
    const { actionType: _, ...params } = rest
    const userAgent = c.req.header('user-agent') ?? ''
    const result = openSession(paymentWindow, sessions, {
      requestId,
      origin: c.req.header('origin') ?? 'null',
      module: 'new',
      request: {
        user_code: String(userCode),
        tier_code: typeof tierCode === 'string' ? tierCode : null,
        device: toDevice(userAgent),
        user_agent: userAgent,
        params,
      },
    })
    if (result.ok) return c.json(result.opened)
    const { error_code, error_msg } = result.refusal
    return c.json({ error_code, error_msg }, 400)
  })

  app.get('/api/status/v1', async (c) => {
    const impUid = c.req.query('imp_uid') ?? ''
    const view = paymentWindow.view(impUid)
    const result = await sessions.get(impUid)?.result
    if (view === null)
      return c.json({ error_code: 'F400', error_msg: '결제 정보를 찾을 수 없습니다.' }, 404)
    if (view.status !== 'failed') return c.json({ status: toStatus(view) })
    const pgCode = result?.error_code ?? null
    return c.json({
      status: 'failed',
      error_code: pgCode === null ? 'PORTONE_ERROR' : 'PG_PROVIDER_ERROR',
      error_msg: result?.error_msg ?? '',
      pg_code: pgCode,
      pg_message: result?.error_msg ?? null,
    })
  })

  return app
}

function toStatus({ status, vbank }: WindowView): string {
  return status === 'ready' && vbank !== null ? 'issued' : status
}
