// The part of the control API that stores records other than payments, and pays at a shop's counter.
import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { usableChannels } from '../domain/channel/channel-selection.ts'
import { integerOf, type Params, readBody, textOf } from '../runtime/params.ts'
import type { ReadResult } from '../services/field-reader.ts'
import { type CounterPayType, payAtCounter } from '../services/payment/cvs-payment.ts'
import { saveMember } from '../services/payment/quickpay-action.ts'
import { seedBillingKey } from '../services/seed/seed-billing-key.ts'
import { seedCertification } from '../services/seed/seed-certification.ts'
import { seedEscrow } from '../services/seed/seed-escrow.ts'
import { seedPrepared, seedQuickPrepared } from '../services/seed/seed-prepared.ts'
import { seedExternalReceipt, seedReceipt } from '../services/seed/seed-receipt.ts'
import { seedSchedule } from '../services/seed/seed-schedule.ts'
import { serializeBillingKey } from '../wire/serialize-billing-key.ts'
import { serializeCertification } from '../wire/serialize-certification.ts'
import { serializeParcel } from '../wire/serialize-parcel.ts'
import { serializePayment, serializePrepared } from '../wire/serialize-payment.ts'
import { serializeReceipt } from '../wire/serialize-receipt.ts'
import { serializeStoredSchedule } from '../wire/serialize-schedule.ts'

/** Stores billing keys, schedules, verifications, receipts and deliveries. */
export function seedRoutes(context: SimulatorContext): Hono {
  const { state, contracts } = context
  const app = new Hono()
  const seed = <T>(
    path: string,
    store: (context: SimulatorContext, params: Params) => ReadResult<T>,
    serialize: (value: T, params: Params) => object,
  ) =>
    app.post(path, async (c) => {
      const params = await readBody(c.req.raw)
      return respond(c, store(context, params), (value) => serialize(value, params))
    })

  seed('/billing-keys', seedBillingKey, serializeBillingKey)
  seed('/schedules', seedSchedule, (schedule) => serializeStoredSchedule(context, schedule))
  seed('/certifications', seedCertification, (each) => serializeCertification(each, contracts))
  seed('/prepared', seedPrepared, serializePrepared)
  seed('/kcpquick/prepared', seedQuickPrepared, ({ merchantUid, prepaidAmount }) => ({
    merchant_uid: merchantUid,
    prepaid_amount: prepaidAmount,
  }))
  seed('/receipts', seedReceipt, (receipt, { imp_uid }) => ({
    imp_uid,
    ...serializeReceipt(receipt, context.origin),
  }))
  seed('/receipts/external', seedExternalReceipt, (receipt, { merchant_uid }) => ({
    merchant_uid,
    ...serializeReceipt(receipt, context.origin),
  }))

  app.post('/payments/:impUid/logis', async (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return c.json({ reason: 'payment_unknown' }, 404)
    const seeded = seedEscrow(context, payment, await readBody(c.req.raw))
    return respond(c, seeded, ({ parcel, status }) => ({
      ...serializeParcel(parcel),
      escrow_status: status,
    }))
  })
  app.route('/', quickRoutes(context))
  app.route('/', barcodeRoutes(context))
  return app
}

function respond<T>(c: Context, result: ReadResult<T>, serialize: (value: T) => object): Response {
  return result.ok ? c.json(serialize(result.value)) : c.json(result.failure, 400)
}

/** Members of KCP QuickPay, and points of Benepia. */
function quickRoutes(context: SimulatorContext): Hono {
  const { state, channels } = context
  const app = new Hono()
  app.post('/kcpquick/members', async (c) => {
    const memberId = textOf(await readBody(c.req.raw), 'member_id')
    const [channel] = usableChannels(channels, ['kcp_quick'])
    if (memberId === null || channel === undefined) return c.json(invalid('member_id'), 400)
    saveMember(context, channel, memberId)
    return c.json({ member_id: memberId })
  })
  app.post('/benepia', async (c) => {
    const params = await readBody(c.req.raw)
    const user = textOf(params, 'benepia_user')
    const points = integerOf(params, 'point')
    if (user === null) return c.json(invalid('benepia_user'), 400)
    if (points === null || points < 0) return c.json(invalid('point'), 400)
    state.benepiaPoints.set(user, points)
    return c.json({ benepia_user: user, point: points })
  })
  return app
}

function barcodeRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/payments/:impUid/barcode', (c) => {
    const barcode = context.state.barcodes.get(c.req.param('impUid'))
    if (barcode === undefined) return c.json({ reason: 'no_barcode' }, 404)
    return c.json({ barcode: barcode.number, expired_at: barcode.expiresAt })
  })
  app.post('/payments/:impUid/counter', async (c) => {
    const params = await readBody(c.req.raw)
    const payType = payTypes.find((type) => type === params['pay_type']) ?? 'cash'
    const result = await payAtCounter(context, c.req.param('impUid'), payType)
    if (result.ok) return c.json(serializePayment(result.payment, context.origin))
    return c.json({ reason: result.reason }, result.reason === 'payment_unknown' ? 404 : 409)
  })
  return app
}

const payTypes: readonly CounterPayType[] = ['card', 'cash']

function invalid(field: string) {
  return { reason: 'invalid', field } as const
}
