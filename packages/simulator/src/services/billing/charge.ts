// Charges by a merchant's server, without a window.
import type { SimulatorContext } from '../../context.ts'
import { type BillingKey, type IssuedKey, pickIssuedKey } from '../../domain/billing/billing-key.ts'
import { failReasonOf, isDecidedLater } from '../../domain/billing/test-values.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { chargeRefusalOf } from '../../domain/duties/charge-duties.ts'
import type { Order } from '../../domain/payment/order.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { approve, fail } from '../../domain/payment/payment-lifecycle.ts'
import { applyPromotion, type DiscountResult } from '../../domain/payment/promotion.ts'
import { explainPromotion } from '../../domain/refusals.ts'
import { savePayment } from '../../state.ts'
import { scheduleWebhook, webhookOf } from '../../webhooks/deliver.ts'
import { newApproval } from '../payment/approval.ts'
import { initialPayment, noticeUrlsOf, webhookPlanOf } from '../payment/open-payment.ts'
import { approveWithoutWindow } from '../payment/out-of-band-events.ts'

const decisionAfterMs = 60_000

/** How, and under which id, an order is paid. */
export interface ChargeOptions {
  readonly channel: Channel
  readonly payMethod: string
  readonly customerUid?: string
  readonly usage?: Payment['usage']
  /** Omitted: a new `imp_` id. */
  readonly impUid?: string
}

/** A payment requested by a server, before the PG has decided. Not stored yet. */
export function startPayment(
  context: SimulatorContext,
  order: Order,
  options: ChargeOptions,
): Payment {
  const startedAt = context.clock.seconds()
  const { merchantUid, amountMinor, currency, name, buyer, customData } = order
  return {
    ...initialPayment,
    merchantUid,
    amountMinor,
    currency,
    name,
    buyer,
    customData,
    impUid: options.impUid ?? context.ids.impUid(),
    channel: options.channel,
    via: 'api',
    payMethod: options.payMethod,
    customerUid: options.customerUid ?? null,
    usage: options.usage ?? null,
    escrow: false,
    language: 'ko',
    userAgent: null,
    noticeUrls: noticeUrlsOf(context, order.noticeUrl),
    confirmUrl: null,
    redirectUrl: null,
    requestedDueAt: null,
    startedAt,
    updatedAt: startedAt,
    webhook: webhookPlanOf(context),
  }
}

/** Charges an order at the PG: the payment is paid, with its webhook, or failed. */
export function charge(
  context: SimulatorContext,
  order: Order,
  key: IssuedKey,
  options: Omit<ChargeOptions, keyof IssuedKey>,
) {
  const started = startPayment(context, order, {
    ...options,
    channel: key.channel,
    payMethod: key.payMethod,
  })
  const discount = discountOfOrder(context, order, key.card)
  const failReason = failReasonOfCharge(context, { order, key, discount, started })
  const payment = { ...started, promotion: discount.ok ? discount.applied : null }
  if (isDecidedLater(started.customerUid)) return decideLater(context, payment)
  return finishPayment(
    context,
    payment,
    failReason,
    key.card && { ...key.card, quota: order.quota },
  )
}

function failReasonOfCharge(
  context: SimulatorContext,
  {
    order,
    key,
    discount,
    started,
  }: { order: Order; key: IssuedKey; discount: DiscountResult; started: Payment },
): string | null {
  const refusal = chargeRefusalOf(key.channel.pg_provider, order)
  if (refusal !== null) return refusal.message
  if (!discount.ok) return explainPromotion(discount.reason).message
  const isExpired = key.validUntil !== null && key.validUntil <= started.startedAt
  return failReasonOf({
    behaviour: isExpired ? 'expired' : key.behaviour,
    customerUid: started.customerUid,
    amountMinor: order.amountMinor,
    hasFailedBefore: () => hasFailed(context, started.customerUid),
  })
}

/** The promotion of an order when this card pays. */
export function discountOfOrder(
  { promotions }: SimulatorContext,
  { promotionId, amountMinor, currency }: Order,
  card: Payment['card'],
): DiscountResult {
  const cardCode = card?.code ?? null
  return applyPromotion(promotions, { promotionId, amountMinor, currency, cardCode })
}

/** Charges a billing key. */
export function chargeKey(
  context: SimulatorContext,
  order: Order,
  key: BillingKey,
  options: { usage: Payment['usage']; impUid?: string },
): Payment {
  const random = Number(context.ids.digits(4)) / 10_000
  return charge(context, order, pickIssuedKey(key, random), {
    ...options,
    customerUid: key.customerUid,
  })
}

/** Stores the PG's decision about a started payment: approved, or failed for a reason. */
export function finishPayment(
  context: SimulatorContext,
  started: Payment,
  failReason: string | null,
  card: Payment['card'],
): Payment {
  const approval = { ...newApproval(context, started), card }
  const transition =
    failReason === null
      ? approve(started, card === null ? { ...approval, applyNum: null } : approval)
      : fail(started, failReason, context.clock.seconds())
  const payment = savePayment(context.state, transition.ok ? transition.payment : started)
  // Only a schedule's failure has a webhook: no caller waits for its response.
  if (payment.status === 'paid' || payment.usage === 'payment.scheduled') {
    scheduleWebhook(context, payment, webhookOf(payment))
  }
  return payment
}

// The webhook `paid` comes with the decision.
function decideLater(context: SimulatorContext, started: Payment): Payment {
  context.clock.after(decisionAfterMs, async () => {
    approveWithoutWindow(context, started.impUid)
  })
  return savePayment(context.state, started)
}

function hasFailed({ state }: SimulatorContext, customerUid: string | null): boolean {
  if (customerUid === null) return false
  return [...state.payments.values()].some(
    (payment) => payment.customerUid === customerUid && payment.status === 'failed',
  )
}
