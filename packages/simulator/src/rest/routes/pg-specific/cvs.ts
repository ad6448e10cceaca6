import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { ableChannels, pickChannel } from '../../../domain/channel/channel-selection.ts'
import { fail } from '../../../domain/payment/payment-lifecycle.ts'
import { ownRefusals, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf, wholeOf } from '../../../runtime/params.ts'
import { startPayment } from '../../../services/billing/charge.ts'
import { readOrder } from '../../../services/payment/read-order.ts'
import { keep } from '../../../state.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { presentPayment } from '../../../wire/serialize-payment.ts'

/** Barcodes for the counter of a convenience store: issued or registered, and made void. */
export function cvs(world: World): Hono {
  const { ledger, clock } = world
  const app = new Hono({ strict: false })

  app.post('/cvs', async (c) => issueBarcode(world, await readBody(c.req.raw)))

  app.delete('/cvs/:impUid', (c) => {
    const impUid = c.req.param('impUid')
    const payment = ledger.payments.get(impUid)
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (!ledger.barcodes.has(impUid)) return refuse(ownRefusals.barcodeNotWaiting)
    const revoked = fail(payment, '편의점 바코드가 폐기되었습니다.', clock.seconds())
    if (!revoked.ok) return refuse(ownRefusals.barcodeNotWaiting)
    return succeed(presentPayment(keep(ledger, revoked.payment)))
  })

  return app
}

function issueBarcode(world: World, params: Params): Response {
  const { ledger, ids, clock } = world
  const channel = pickChannel(ableChannels(world.channels, ['galaxia']), params)
  if (channel === null) return refuse(ownRefusals.channelUnknown)
  const read = readOrder(world, params)
  if (!read.ok) return refuse(read.refusal)
  const expiresAt = wholeOf(params, 'expired_at')
  if (expiresAt !== null && expiresAt <= clock.seconds()) return refuse(ownRefusals.dueInvalid)
  const number = textOf(params, 'barcode') ?? ids.digits(16)
  const isTaken = [...ledger.barcodes].some(
    ([impUid, held]) => held.number === number && ledger.payments.get(impUid)?.status === 'ready',
  )
  if (isTaken) return refuse(ownRefusals.barcodeTaken)

  const payment = keep(ledger, {
    ...startPayment(world, read.order, { channel, payMethod: 'cvs' }),
    confirmUrl: textOf(params, 'confirm_url'),
  })
  ledger.barcodes.set(payment.impUid, { number, expiresAt })
  return succeed(presentPayment(payment))
}
