import type { SimulatorContext } from '../context.ts'
import type { Schedule } from '../domain/billing/schedule.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Payment } from '../domain/payment/payment.ts'
import { type WireRecord, wireStatus } from './serialize-payment.ts'

/** Turns a stored schedule into the provider's JSON. */
export function serializeStoredSchedule(
  { state }: SimulatorContext,
  schedule: Schedule,
): WireRecord {
  return serializeSchedule(schedule, state.payments.get(schedule.impUid ?? ''))
}

/** Turns a schedule, and the payment of its last run, into the provider's JSON. */
function serializeSchedule(schedule: Schedule, payment: Payment | undefined): WireRecord {
  const { order, customerUid, customerId } = schedule
  const { buyer, currency } = order
  return {
    customer_uid: customerUid,
    customer_id: customerId,
    merchant_uid: order.merchantUid,
    amount: toAmount(order.amountMinor, currency),
    currency,
    name: order.name,
    buyer_name: buyer.name,
    buyer_email: buyer.email,
    buyer_tel: buyer.tel,
    buyer_addr: buyer.addr,
    buyer_postcode: buyer.postcode,
    custom_data: order.customData,
    promotion_id: order.promotionId,
    ...serializeRun(schedule, payment),
  }
}

function serializeRun(schedule: Schedule, payment: Payment | undefined): WireRecord {
  return {
    imp_uid: schedule.impUid,
    pg_provider: payment?.channel.pg_provider ?? null,
    pg_id: payment?.channel.pg_id ?? null,
    schedule_at: schedule.scheduleAt,
    executed_at: schedule.executedAt ?? 0,
    revoked_at: schedule.revokedAt ?? 0,
    schedule_status: schedule.status,
    payment_status: payment === undefined ? null : wireStatus(payment),
    fail_reason: payment?.failReason ?? null,
  }
}
