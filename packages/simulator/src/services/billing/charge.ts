// Money taken for a merchant's server, without a window.

import type { World } from '../../context.ts'
import { type BillingKey, type IssuedKey, routed } from '../../domain/billing/billing-key.ts'
import { objectionTo } from '../../domain/billing/test-values.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import type { Order } from '../../domain/payment/order.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { approve, fail } from '../../domain/payment/payment-lifecycle.ts'
import { type Discounted, discounted } from '../../domain/payment/promotion.ts'
import { explainPromotion } from '../../domain/refusals.ts'
import { keep } from '../../state.ts'
import { announce, webhookOf } from '../../webhooks/deliver.ts'
import { newApproval } from '../payment/approval.ts'
import { noticeUrlsOf, planOf, unstarted } from '../payment/open-payment.ts'

/** By what, and under which id, an order is paid. */
export interface Means {
  readonly channel: Channel
  readonly payMethod: string
  readonly customerUid?: string
  readonly usage?: Payment['usage']
  /** Omitted: a new `imp_` id. */
  readonly impUid?: string
}

/** A payment a server asked for, before the PG has decided. Not written down yet. */
export function startPayment(world: World, order: Order, means: Means): Payment {
  const startedAt = world.clock.seconds()
  const { merchantUid, amountMinor, currency, name, buyer, customData } = order
  return {
    ...unstarted,
    merchantUid,
    amountMinor,
    currency,
    name,
    buyer,
    customData,
    impUid: means.impUid ?? world.ids.impUid(),
    channel: means.channel,
    via: 'api',
    payMethod: means.payMethod,
    customerUid: means.customerUid ?? null,
    usage: means.usage ?? null,
    escrow: false,
    language: 'ko',
    userAgent: null,
    noticeUrls: noticeUrlsOf(world, order.noticeUrl),
    confirmUrl: null,
    redirectUrl: null,
    requestedDueAt: null,
    startedAt,
    updatedAt: startedAt,
    webhook: planOf(world),
  }
}

/** Asks the PG for the money of an order: a payment that is paid, with its webhook, or failed. */
export function charge(
  world: World,
  order: Order,
  key: IssuedKey,
  means: Omit<Means, keyof IssuedKey>,
) {
  const started = startPayment(world, order, {
    ...means,
    channel: key.channel,
    payMethod: key.payMethod,
  })
  const promoted = discountedOrder(world, order, key.card)
  const refused = promoted.ok
    ? objectionTo({
        temper: key.temper,
        customerUid: started.customerUid,
        amountMinor: order.amountMinor,
        hasFailedBefore: hasFailed(world, started.customerUid),
      })
    : explainPromotion(promoted.reason).message
  const asked = { ...started, promotion: promoted.ok ? promoted.applied : null }
  return decide(world, asked, refused, key.card && { ...key.card, quota: order.quota })
}

/** The promotion an order gets when this card pays. */
export function discountedOrder(
  { promotions }: World,
  { promotionId, amountMinor, currency }: Order,
  card: Payment['card'],
): Discounted {
  const cardCode = card?.code ?? null
  return discounted(promotions, { promotionId, amountMinor, currency, cardCode })
}

/** Charges a billing key. */
export function chargeKey(
  world: World,
  order: Order,
  key: BillingKey,
  means: { usage: Payment['usage']; impUid?: string },
): Payment {
  const lot = Number(world.ids.digits(4)) / 10_000
  return charge(world, order, routed(key, lot), { ...means, customerUid: key.customerUid })
}

/** Writes down what the PG made of a started payment: approved, or failed for a reason. */
export function decide(
  world: World,
  started: Payment,
  objection: string | null,
  card: Payment['card'],
): Payment {
  const approval = { ...newApproval(world, started), card }
  const done =
    objection === null
      ? approve(started, card === null ? { ...approval, applyNum: null } : approval)
      : fail(started, objection, world.clock.seconds())
  const payment = keep(world.ledger, done.ok ? done.payment : started)
  // Failures are announced for schedules only, where nobody waits for an answer.
  if (payment.status === 'paid' || payment.usage === 'payment.scheduled') {
    announce(world, payment, webhookOf(payment))
  }
  return payment
}

function hasFailed({ ledger }: World, customerUid: string | null): boolean {
  if (customerUid === null) return false
  return [...ledger.payments.values()].some(
    (payment) => payment.customerUid === customerUid && payment.status === 'failed',
  )
}
