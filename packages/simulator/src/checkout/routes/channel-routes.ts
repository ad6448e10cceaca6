import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { PaymentWindow } from '../../domain/payment/window.ts'

/** The endpoint of `IMP.loadModule`: the client key with which the PG's own module is started. */
export function channelRoutes(paymentWindow: PaymentWindow): Hono {
  const app = new Hono()
  app.get('/api/client-credentials/v1', cors(), (c) => {
    const channelKey = c.req.query('channelKey') ?? ''
    const channel = paymentWindow
      .channels(c.req.query('userCode') ?? '')
      ?.find(
        ({ pg_provider, channel_key }) =>
          pg_provider === 'toss_brandpay' && (channelKey === '' || channelKey === channel_key),
      )
    return channel === undefined
      ? c.json({ code: 'BadRequest', message: '등록 된 PG 설정 정보를 찾을 수 없습니다.' }, 400)
      : c.json({ clientKey: `test_ck_${channel.pg_id}` })
  })
  return app
}
