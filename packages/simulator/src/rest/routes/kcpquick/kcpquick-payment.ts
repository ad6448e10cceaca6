import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { objectionTo } from '../../../domain/billing/test-values.ts'
import { ableChannels, pickChannel } from '../../../domain/channel/channel-selection.ts'
import type { Order } from '../../../domain/payment/order.ts'
import { ownRefusals, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { chargeKey, decide, startPayment } from '../../../services/billing/charge.ts'
import { readOrder, withStoredBuyer } from '../../../services/payment/read-order.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { presentPayment } from '../../../wire/serialize-payment.ts'

/** Payments of KCP QuickPay members: with prepaid money, and by auto-pay key. */
export function quickPayments(world: World): Hono {
  const app = new Hono({ strict: false })
  app.post('/kcpquick/payment/money', async (c) => payMoney(world, await readBody(c.req.raw)))
  app.post('/kcpquick/payment/autopay', async (c) => payByKey(world, await readBody(c.req.raw)))
  return app
}

function payMoney(world: World, params: Params): Response {
  const read = readOrder(world, params)
  if (!read.ok) return refuse(read.refusal)
  const channel = pickChannel(ableChannels(world.channels, ['kcp_quick']), params)
  if (channel === null) return refuse(ownRefusals.channelUnknown)
  const memberId = textOf(params, 'member_id') ?? ''
  if (!world.ledger.quickMembers.has(memberId)) return refuse(ownRefusals.memberUnknown)
  const check = world.ledger.payments.get(textOf(params, 'imp_uid') ?? '')
  if (check?.quick?.action !== 'PinCheck' || check.quick.memberId !== memberId) {
    return refuse(ownRefusals.pinCheckMissing)
  }
  if (exceedsPrepared(world, read.order)) return refuse(ownRefusals.prepaidShort)

  const started = startPayment(world, read.order, { channel, payMethod: 'point' })
  const { amountMinor } = read.order
  const facts = { temper: 'plain', customerUid: null, amountMinor, hasFailedBefore: false } as const
  return succeed(presentPayment(decide(world, started, objectionTo(facts), null)))
}

function payByKey(world: World, params: Params): Response {
  const key = world.ledger.billingKeys.get(textOf(params, 'customer_uid') ?? '')
  if (key?.issued[0].channel.pg_provider !== 'kcp_quick') return refuse(refusals.unknownBuyer)
  const read = readOrder(world, params)
  if (!read.ok) return refuse(read.refusal)
  const order = withStoredBuyer(read.order, key.holder)
  return succeed(presentPayment(chargeKey(world, order, key, { usage: 'payment' })))
}

function exceedsPrepared({ ledger }: World, { merchantUid, amountMinor }: Order): boolean {
  const prepaidAmount = ledger.quickPrepared.get(merchantUid)?.prepaidAmount ?? null
  return prepaidAmount !== null && amountMinor > prepaidAmount
}
