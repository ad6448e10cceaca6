import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { readCard } from '../../../domain/billing/card.ts'
import { chargeRefusalOf, keyChargeRefusalOf } from '../../../domain/duties/charge-duties.ts'
import { explainPromotion, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { charge, chargeKey, discountOfOrder } from '../../../services/billing/charge.ts'
import {
  askForKey,
  billingChannels,
  saveBillingKey,
} from '../../../services/billing/issue-billing-key.ts'
import { readOrder, withStoredBuyer } from '../../../services/payment/read-order.ts'
import { attemptsOf } from '../../../state.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'

/** PGs that charge raw card data. */
const cardProviders =
  'daou kcp nice nice_v2 html5_inicis paymentwall settle tosspayments ksnet welcome'.split(' ')

/** Charges without a window: of raw card data, and of a billing key. */
export function subscribe(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.post('/subscribe/payments/onetime', async (c) =>
    chargeOnce(context, await readBody(c.req.raw)),
  )
  // Removed from the public description, but still in clients: the same for a foreign card.
  app.post('/subscribe/payments/foreign', async (c) =>
    chargeOnce(context, await readBody(c.req.raw)),
  )
  app.post('/subscribe/payments/again', async (c) =>
    chargeAgain(context, await readBody(c.req.raw)),
  )
  return app
}

function chargeOnce(context: SimulatorContext, params: Params): Response {
  const read = readOrder(context, params)
  if (!read.ok) return refuse(read.refusal)
  const [channel] = billingChannels(context, params, cardProviders)
  if (channel === undefined) return refuse(refusals.noBillingChannel)
  const unmet = chargeRefusalOf(channel.pg_provider, read.order)
  if (unmet !== null) return refuse(unmet)
  const card = readCard(params, context.clock.now())
  if (!card.ok) {
    return refuse({
      status: 200,
      code: -1,
      message: `카드정보 인증에 실패하였습니다. ${card.detail}`,
    })
  }

  const discount = discountOfOrder(context, read.order, card.stored.card)
  if (!discount.ok) return refuse(explainPromotion(discount.reason))
  const customerUid = textOf(params, 'customer_uid')
  const options = customerUid === null ? {} : { customerUid, usage: 'issue' as const }
  const asked = customerUid === null ? null : askForKey(context, customerUid, params)
  if (asked !== null && !asked.ok) return refuse(asked.refusal)
  const key = { channel, payMethod: 'card', ...card.stored }
  const payment = charge(context, read.order, key, options)
  // Only an approved charge leaves a key behind.
  if (asked !== null && payment.status === 'paid') saveBillingKey(context, asked.issue)
  return succeed(serializePayment(payment, context.origin))
}

function chargeAgain(context: SimulatorContext, params: Params): Response {
  const customerUid = textOf(params, 'customer_uid')
  const key = context.state.billingKeys.get(customerUid ?? '')
  if (key === undefined) return refuse(refusals.unknownBuyer)
  const read = readOrder(context, params)
  if (!read.ok) return refuse(read.refusal)
  const order = withStoredBuyer(read.order, key.holder)
  // A key of a group may be charged at any of its channels.
  const hasAttempts = attemptsOf(context.state, order.merchantUid).length > 0
  const [unmet] = key.issued.flatMap(
    (issued) => keyChargeRefusalOf(issued, { order, holder: key.holder, hasAttempts }) ?? [],
  )
  if (unmet !== undefined) return refuse(unmet)
  const discount = discountOfOrder(context, read.order, key.issued[0].card)
  if (!discount.ok) return refuse(explainPromotion(discount.reason))
  const charged = chargeKey(context, order, key, { usage: 'payment' })
  return succeed(serializePayment(charged, context.origin))
}
