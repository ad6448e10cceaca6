import { Hono } from 'hono'
import { type Params, readBody, textOf } from '../body.ts'
import { ableChannels, pickChannel } from '../channel.ts'
import { chargeKey, decide, startPayment } from '../charge.ts'
import type { Order } from '../domain/order.ts'
import { ownRefusals, refusals } from '../domain/refusals.ts'
import { refuse, succeed } from '../envelope.ts'
import { objectionTo } from '../magic.ts'
import { readOrder, withStoredBuyer } from '../order.ts'
import { presentPayment } from '../present.ts'
import type { World } from '../world.ts'

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
