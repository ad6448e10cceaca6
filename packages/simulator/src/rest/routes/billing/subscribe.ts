import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { readCard } from '../../../domain/billing/card.ts'
import { explainPromotion, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { charge, chargeKey, discountedOrder } from '../../../services/billing/charge.ts'
import { billingChannels, issueByCard } from '../../../services/billing/issue-billing-key.ts'
import { readOrder, withStoredBuyer } from '../../../services/payment/read-order.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { presentPayment } from '../../../wire/serialize-payment.ts'

/** PGs that charge raw card data. */
const keyIn =
  'daou kcp nice nice_v2 html5_inicis paymentwall settle tosspayments ksnet welcome'.split(' ')

/** Charges without a window: of raw card data, and of a billing key. */
export function subscribe(world: World): Hono {
  const app = new Hono({ strict: false })
  app.post('/subscribe/payments/onetime', async (c) => chargeOnce(world, await readBody(c.req.raw)))
  // Left the public description, but not the clients: the same for a card from abroad.
  app.post('/subscribe/payments/foreign', async (c) => chargeOnce(world, await readBody(c.req.raw)))
  app.post('/subscribe/payments/again', async (c) => chargeAgain(world, await readBody(c.req.raw)))
  return app
}

function chargeOnce(world: World, params: Params): Response {
  const read = readOrder(world, params)
  if (!read.ok) return refuse(read.refusal)
  const [channel] = billingChannels(world, params, keyIn)
  if (channel === undefined) return refuse(refusals.noBillingChannel)
  const card = readCard(params, world.clock.now())
  if (!card.ok) {
    return refuse({
      status: 200,
      code: -1,
      message: `카드정보 인증에 실패하였습니다. ${card.detail}`,
    })
  }

  const promoted = discountedOrder(world, read.order, card.keyed.card)
  if (!promoted.ok) return refuse(explainPromotion(promoted.reason))
  const customerUid = textOf(params, 'customer_uid')
  const means = customerUid === null ? {} : { customerUid, usage: 'issue' as const }
  const issued = customerUid === null ? null : issueByCard(world, customerUid, params)
  if (issued !== null && !issued.ok) return refuse(issued.refusal)
  return succeed(
    presentPayment(charge(world, read.order, { channel, payMethod: 'card', ...card.keyed }, means)),
  )
}

function chargeAgain(world: World, params: Params): Response {
  const customerUid = textOf(params, 'customer_uid')
  const key = world.ledger.billingKeys.get(customerUid ?? '')
  if (key === undefined) return refuse(refusals.unknownBuyer)
  const read = readOrder(world, params)
  if (!read.ok) return refuse(read.refusal)
  const promoted = discountedOrder(world, read.order, key.issued[0].card)
  if (!promoted.ok) return refuse(explainPromotion(promoted.reason))
  const order = withStoredBuyer(read.order, key.holder)
  return succeed(presentPayment(chargeKey(world, order, key, { usage: 'payment' })))
}
