// The part of the remote control that puts things on stage which are no payments, and plays the counter.
import { Hono } from 'hono'
import type { World } from '../context.ts'
import { ableChannels } from '../domain/channel/channel-selection.ts'
import { type Params, readBody, textOf, wholeOf } from '../runtime/params.ts'
import { keepKey } from '../services/billing/issue-billing-key.ts'
import { type CounterPay, payAtCounter } from '../services/payment/cvs-payment.ts'
import { keepMember } from '../services/payment/quickpay-action.ts'
import { presentKey } from '../wire/serialize-billing-key.ts'
import { presentPayment } from '../wire/serialize-payment.ts'

/** Billing keys, members and points that exist without having been made, and visits to the counter. */
export function props(world: World): Hono {
  const { ledger, channels } = world
  const app = new Hono()

  app.post('/billing-keys', async (c) => {
    const staged = stageKey(world, await readBody(c.req.raw))
    return 'reason' in staged ? c.json(staged, 400) : c.json(staged)
  })

  app.post('/kcpquick/members', async (c) => {
    const memberId = textOf(await readBody(c.req.raw), 'member_id')
    const [channel] = ableChannels(channels, ['kcp_quick'])
    if (memberId === null || channel === undefined) return c.json(invalid('member_id'), 400)
    keepMember(world, channel, memberId)
    return c.json({ member_id: memberId })
  })

  app.post('/benepia', async (c) => {
    const params = await readBody(c.req.raw)
    const user = textOf(params, 'benepia_user')
    const points = wholeOf(params, 'point')
    if (user === null || points === null || points < 0) return c.json(invalid('point'), 400)
    ledger.benepiaPoints.set(user, points)
    return c.json({ benepia_user: user, point: points })
  })

  app.get('/payments/:impUid/barcode', (c) => {
    const barcode = ledger.barcodes.get(c.req.param('impUid'))
    if (barcode === undefined) return c.json({ reason: 'no_barcode' }, 404)
    return c.json({ barcode: barcode.number, expired_at: barcode.expiresAt })
  })

  app.post('/payments/:impUid/counter', async (c) => {
    const params = await readBody(c.req.raw)
    const payType = payTypes.find((known) => known === params['pay_type']) ?? 'cash'
    const counted = await payAtCounter(world, c.req.param('impUid'), payType)
    if (counted.ok) return c.json(presentPayment(counted.payment))
    return c.json({ reason: counted.reason }, counted.reason === 'payment_unknown' ? 404 : 409)
  })

  return app
}

const payTypes: readonly CounterPay[] = ['card', 'cash']

function stageKey(world: World, params: Params) {
  const customerUid = textOf(params, 'customer_uid')
  if (customerUid === null) return invalid('customer_uid')
  const provider = textOf(params, 'pg_provider')
  const channel = world.channels.find(
    ({ pg_provider, type }) =>
      type !== 'certification' && (provider === null || pg_provider === provider),
  )
  if (channel === undefined) return invalid('pg_provider')
  const holder = { name: '', email: '', tel: '', addr: '', postcode: '' }
  const card = {
    code: '366',
    name: '신한카드',
    number: '451842*********1',
    quota: 0,
    type: 0,
  } as const
  const issued = { channel, payMethod: 'card', card, temper: 'plain' } as const
  return presentKey(
    keepKey(world, { customerUid, customerId: null, holder, issued: [issued], group: null }),
  )
}

function invalid(field: string) {
  return { reason: 'invalid', field } as const
}
