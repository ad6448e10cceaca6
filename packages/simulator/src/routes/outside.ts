// What buyers and PGs do with finished payments, where no window of ours is: the escrow page first of all.
import { Hono } from 'hono'
import { readBody, textOf } from '../body.ts'
import { isEscrowStatus } from '../escrow.ts'
import { moveEscrow } from '../escrow-event.ts'
import type { World } from '../world.ts'

/** The part of the remote control that plays the world outside. */
export function outside(world: World): Hono {
  const { ledger } = world
  const app = new Hono()

  app.post('/payments/:impUid/escrow', async (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return c.json({ reason: 'payment_unknown' }, 404)
    const params = await readBody(c.req.raw)
    const status = textOf(params, 'escrow_status')
    if (!isEscrowStatus(status)) return c.json({ reason: 'invalid', field: 'escrow_status' }, 400)
    const step = moveEscrow(world, payment, status, textOf(params, 'denied_reason'))
    return step.ok
      ? c.json({ escrow_status: step.escrow.status })
      : c.json({ reason: step.reason }, 409)
  })

  return app
}
