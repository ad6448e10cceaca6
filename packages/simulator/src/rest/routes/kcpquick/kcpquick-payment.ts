import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { failReasonOf } from '../../../domain/billing/test-values.ts'
import { pickChannel, usableChannels } from '../../../domain/channel/channel-selection.ts'
import type { Order } from '../../../domain/payment/order.ts'
import { ownRefusals, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { chargeKey, finishPayment, startPayment } from '../../../services/billing/charge.ts'
import { readOrder, withStoredBuyer } from '../../../services/payment/read-order.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'

/** Payments of KCP QuickPay members: with prepaid money, and by auto-pay key. */
export function quickPayments(context: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.post('/kcpquick/payment/money', async (c) => payMoney(context, await readBody(c.req.raw)))
  app.post('/kcpquick/payment/autopay', async (c) => payByKey(context, await readBody(c.req.raw)))
  return app
}

function payMoney(context: SimulatorContext, params: Params): Response {
  const read = readOrder(context, params)
  if (!read.ok) return refuse(read.refusal)
  const channel = pickChannel(usableChannels(context.channels, ['kcp_quick']), params)
  if (channel === null) return refuse(ownRefusals.channelUnknown)
  const memberId = textOf(params, 'member_id') ?? ''
  if (!context.state.quickMembers.has(memberId)) return refuse(ownRefusals.memberUnknown)
  const pinCheck = context.state.payments.get(textOf(params, 'imp_uid') ?? '')
  if (pinCheck?.quick?.action !== 'PinCheck' || pinCheck.quick.memberId !== memberId) {
    return refuse(ownRefusals.pinCheckMissing)
  }
  if (exceedsPrepared(context, read.order)) return refuse(ownRefusals.prepaidShort)

  const started = startPayment(context, read.order, { channel, payMethod: 'point' })
  const { amountMinor } = read.order
  const facts = {
    behaviour: 'normal',
    validUntil: null,
    customerUid: null,
    amountMinor,
    hasFailedBefore: () => false,
  } as const
  const finished = finishPayment(context, started, failReasonOf(facts), null)
  return succeed(serializePayment(finished, context.origin))
}

function payByKey(context: SimulatorContext, params: Params): Response {
  const key = context.state.billingKeys.get(textOf(params, 'customer_uid') ?? '')
  if (key?.issued[0].channel.pg_provider !== 'kcp_quick') return refuse(refusals.unknownBuyer)
  const read = readOrder(context, params)
  if (!read.ok) return refuse(read.refusal)
  const order = withStoredBuyer(read.order, key.holder)
  const charged = chargeKey(context, order, key, { usage: 'payment' })
  return succeed(serializePayment(charged, context.origin))
}

function exceedsPrepared(
  { state }: SimulatorContext,
  { merchantUid, amountMinor }: Order,
): boolean {
  const prepaidAmount = state.quickPrepared.get(merchantUid)?.prepaidAmount ?? null
  return prepaidAmount !== null && amountMinor > prepaidAmount
}
