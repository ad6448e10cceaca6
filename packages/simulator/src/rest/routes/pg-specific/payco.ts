import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { ownRefusals, refusals } from '../../../domain/refusals.ts'
import { readBody, textOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'

const statuses = ['DELIVERY_START', 'PURCHASE_DECISION', 'CANCELED']
const lastStatuses = ['PURCHASE_DECISION', 'CANCELED']

/** POST /payco/orders/status/{imp_uid}: the status of an order, sent to PAYCO. */
export function payco({ state }: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.post('/payco/orders/status/:impUid', async (c) => {
    const impUid = c.req.param('impUid')
    const payment = state.payments.get(impUid)
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (payment.channel.pg_provider !== 'payco') return refuse(ownRefusals.pgUnsupported)
    const status = textOf(await readBody(c.req.raw), 'status') ?? ''
    if (!statuses.includes(status)) return refuse(refusals.unknownStatus)
    const isOver = lastStatuses.includes(state.paycoStatuses.get(impUid) ?? '')
    if (payment.paidAt === null || isOver) return refuse(ownRefusals.paycoOrderClosed)
    state.paycoStatuses.set(impUid, status)
    return succeed({ status })
  })
  return app
}
