import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { pickChannel, usableChannels } from '../../../domain/channel/channel-selection.ts'
import { fail } from '../../../domain/payment/payment-lifecycle.ts'
import { ownRefusals, refusals } from '../../../domain/refusals.ts'
import { integerOf, type Params, readBody, textOf } from '../../../runtime/params.ts'
import { startPayment } from '../../../services/billing/charge.ts'
import { readOrder } from '../../../services/payment/read-order.ts'
import { savePayment } from '../../../state.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'

/** Barcodes for convenience stores: issued or registered, and voided. */
export function cvs(context: SimulatorContext): Hono {
  const { state, clock } = context
  const app = new Hono({ strict: false })

  app.post('/cvs', async (c) => issueBarcode(context, await readBody(c.req.raw)))

  app.delete('/cvs/:impUid', (c) => {
    const impUid = c.req.param('impUid')
    const payment = state.payments.get(impUid)
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (!state.barcodes.has(impUid)) return refuse(ownRefusals.barcodeNotWaiting)
    const revoked = fail(payment, '편의점 바코드가 폐기되었습니다.', clock.seconds())
    if (!revoked.ok) return refuse(ownRefusals.barcodeNotWaiting)
    return succeed(serializePayment(savePayment(state, revoked.payment), context.origin))
  })

  return app
}

function issueBarcode(context: SimulatorContext, params: Params): Response {
  const { state, ids, clock } = context
  const channel = pickChannel(usableChannels(context.channels, ['galaxia']), params)
  if (channel === null) return refuse(ownRefusals.channelUnknown)
  const read = readOrder(context, params)
  if (!read.ok) return refuse(read.refusal)
  const expiresAt = integerOf(params, 'expired_at')
  if (expiresAt !== null && expiresAt <= clock.seconds()) return refuse(ownRefusals.dueInvalid)
  const number = textOf(params, 'barcode') ?? ids.digits(16)
  const isTaken = [...state.barcodes].some(
    ([impUid, existing]) =>
      existing.number === number && state.payments.get(impUid)?.status === 'ready',
  )
  if (isTaken) return refuse(ownRefusals.barcodeTaken)

  const payment = savePayment(state, {
    ...startPayment(context, read.order, { channel, payMethod: 'cvs' }),
    confirmUrl: textOf(params, 'confirm_url'),
  })
  state.barcodes.set(payment.impUid, { number, expiresAt })
  return succeed(serializePayment(payment, context.origin))
}
