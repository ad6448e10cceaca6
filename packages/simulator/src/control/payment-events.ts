import { type Context, Hono } from 'hono'
import type { World } from '../context.ts'
import { readBody, textOf } from '../runtime/params.ts'
import {
  approveAfterAll,
  approveDirectly,
  cancelInConsole,
  type Done,
  depositTo,
  failNow,
  resendWebhook,
} from '../services/payment/out-of-band-events.ts'
import { stagePayment } from '../services/payment/seed-payment.ts'
import { presentPayment } from '../wire/serialize-payment.ts'

/** Puts payments on stage and lets things happen to them. */
export function stagePayments(world: World): Hono {
  const app = new Hono()

  app.post('/payments', async (c) => {
    const staged = stagePayment(world, await readBody(c.req.raw))
    return staged.ok ? c.json(presentPayment(staged.payment)) : c.json(staged.failure, 400)
  })

  app.post('/payments/:impUid/deposit', async (c) => {
    const params = await readBody(c.req.raw)
    const depositor = textOf(params, 'depositor_name')
    return answer(
      c,
      depositTo(world, c.req.param('impUid'), {
        amount: params['amount'],
        ...(depositor === null ? {} : { depositor }),
      }),
    )
  })
  app.post('/payments/:impUid/approve', (c) =>
    answer(c, approveDirectly(world, c.req.param('impUid'))),
  )
  app.post('/payments/:impUid/approve-late', (c) =>
    answer(c, approveAfterAll(world, c.req.param('impUid'))),
  )
  app.post('/payments/:impUid/resend', (c) =>
    answer(c, resendWebhook(world, c.req.param('impUid'))),
  )

  app.post('/payments/:impUid/fail', async (c) => {
    const reason = textOf(await readBody(c.req.raw), 'reason') ?? 'PG사 결제 거절'
    return answer(c, failNow(world, c.req.param('impUid'), reason))
  })

  app.post('/payments/:impUid/cancel', async (c) => {
    const impUid = c.req.param('impUid')
    const params = await readBody(c.req.raw)
    return answer(c, cancelInConsole(world, impUid, textOf(params, 'amount')))
  })

  return app
}

function answer(c: Context, done: Done): Response {
  if (done.ok) return c.json(presentPayment(done.payment))
  return c.json(done.failure, done.failure.reason === 'payment_unknown' ? 404 : 409)
}
