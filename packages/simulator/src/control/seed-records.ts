// The part of the control API that seeds records other than payments, and pays at a shop's counter.
import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { defaultCard } from '../domain/billing/card.ts'
import { usableChannels } from '../domain/channel/channel-selection.ts'
import { integerOf, type Params, readBody, textOf } from '../runtime/params.ts'
import { saveBillingKey } from '../services/billing/issue-billing-key.ts'
import { type CounterPayType, payAtCounter } from '../services/payment/cvs-payment.ts'
import { saveMember } from '../services/payment/quickpay-action.ts'
import { serializeBillingKey } from '../wire/serialize-billing-key.ts'
import { serializePayment } from '../wire/serialize-payment.ts'

/** Seeds billing keys, members and points, and pays barcodes at the counter. */
export function seedRoutes(context: SimulatorContext): Hono {
  const { state, channels } = context
  const app = new Hono()

  app.post('/billing-keys', async (c) => {
    const seeded = seedBillingKey(context, await readBody(c.req.raw))
    return 'reason' in seeded ? c.json(seeded, 400) : c.json(seeded)
  })

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
    if (user === null || points === null || points < 0) return c.json(invalid('point'), 400)
    state.benepiaPoints.set(user, points)
    return c.json({ benepia_user: user, point: points })
  })

  app.get('/payments/:impUid/barcode', (c) => {
    const barcode = state.barcodes.get(c.req.param('impUid'))
    if (barcode === undefined) return c.json({ reason: 'no_barcode' }, 404)
    return c.json({ barcode: barcode.number, expired_at: barcode.expiresAt })
  })

  app.post('/payments/:impUid/counter', async (c) => {
    const params = await readBody(c.req.raw)
    const payType = payTypes.find((type) => type === params['pay_type']) ?? 'cash'
    const result = await payAtCounter(context, c.req.param('impUid'), payType)
    if (result.ok) return c.json(serializePayment(result.payment))
    return c.json({ reason: result.reason }, result.reason === 'payment_unknown' ? 404 : 409)
  })

  return app
}

const payTypes: readonly CounterPayType[] = ['card', 'cash']

function seedBillingKey(context: SimulatorContext, params: Params) {
  const customerUid = textOf(params, 'customer_uid')
  if (customerUid === null) return invalid('customer_uid')
  const provider = textOf(params, 'pg_provider')
  const channel = context.channels.find(
    ({ pg_provider, type }) =>
      type !== 'certification' && (provider === null || pg_provider === provider),
  )
  if (channel === undefined) return invalid('pg_provider')
  const holder = { name: '', email: '', tel: '', addr: '', postcode: '' }
  const issued = { channel, payMethod: 'card', card: defaultCard, behaviour: 'normal' } as const
  return serializeBillingKey(
    saveBillingKey(context, {
      customerUid,
      customerId: null,
      holder,
      issued: [issued],
      group: null,
    }),
  )
}

function invalid(field: string) {
  return { reason: 'invalid', field } as const
}
