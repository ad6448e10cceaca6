import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { readBody, textOf } from '../runtime/params.ts'
import {
  approveAfterFailure,
  approveWithoutWindow,
  cancelInConsole,
  depositToAccount,
  failPayment,
  type OutOfBandResult,
  resendWebhook,
} from '../services/payment/out-of-band-events.ts'
import { seedPayment } from '../services/seed/seed-payment.ts'
import { serializePayment } from '../wire/serialize-payment.ts'

/** Seeds payments, and applies events to them that happen outside the window. */
export function paymentEventRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  const respond = respondWith(context.origin)

  app.post('/payments', async (c) => {
    const seeded = seedPayment(context, await readBody(c.req.raw))
    return seeded.ok
      ? c.json(serializePayment(seeded.value, context.origin))
      : c.json(seeded.failure, 400)
  })

  app.post('/payments/:impUid/deposit', async (c) => {
    const params = await readBody(c.req.raw)
    const depositor = textOf(params, 'depositor_name')
    return respond(
      c,
      depositToAccount(context, c.req.param('impUid'), {
        amount: params['amount'],
        ...(depositor === null ? {} : { depositor }),
      }),
    )
  })
  app.post('/payments/:impUid/approve', (c) =>
    respond(c, approveWithoutWindow(context, c.req.param('impUid'))),
  )
  app.post('/payments/:impUid/approve-late', (c) =>
    respond(c, approveAfterFailure(context, c.req.param('impUid'))),
  )
  app.post('/payments/:impUid/resend', (c) =>
    respond(c, resendWebhook(context, c.req.param('impUid'))),
  )

  app.post('/payments/:impUid/fail', async (c) => {
    const reason = textOf(await readBody(c.req.raw), 'reason') ?? 'PG사 결제 거절'
    return respond(c, failPayment(context, c.req.param('impUid'), reason))
  })

  app.post('/payments/:impUid/cancel', async (c) => {
    const impUid = c.req.param('impUid')
    const params = await readBody(c.req.raw)
    return respond(c, cancelInConsole(context, impUid, textOf(params, 'amount')))
  })

  return app
}

function respondWith(origin: string) {
  return (c: Context, result: OutOfBandResult): Response => {
    if (result.ok) return c.json(serializePayment(result.payment, origin))
    return c.json(result.failure, result.failure.reason === 'payment_unknown' ? 404 : 409)
  }
}
