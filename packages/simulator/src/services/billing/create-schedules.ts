// POST /subscribe/payments/schedule: all charges of a request are scheduled, or none.
import type { SimulatorContext } from '../../context.ts'
import type { BillingKey } from '../../domain/billing/billing-key.ts'
import type { Schedule } from '../../domain/billing/schedule.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { ownRefusals, type Refusal, refusals } from '../../domain/refusals.ts'
import { integerOf, type Params, recordsOf, textOf } from '../../runtime/params.ts'
import { readOrder } from '../payment/read-order.ts'
import { refundPayment } from '../payment/refund-payment.ts'
import { chargeKey } from './charge.ts'
import { issueByCard } from './issue-billing-key.ts'
import { planSchedule } from './run-schedule.ts'

/** The schedules of a request, or the refusal of the request. */
export type CreateSchedulesResult =
  | { readonly ok: true; readonly schedules: readonly Schedule[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** Schedules every charge of a request, or none. */
export function createSchedules(context: SimulatorContext, params: Params): CreateSchedulesResult {
  const found = keyFor(context, params)
  if (!found.ok) return found
  const read = readSchedules(context, params, found.key)
  if (!read.ok) return read
  const failReason = chargeCheckingAmount(context, params, found.key)
  if (failReason !== null)
    return { ok: false, refusal: { status: 200, code: -1, message: failReason } }
  return { ok: true, schedules: read.schedules.map((schedule) => planSchedule(context, schedule)) }
}

// A missing key is issued from the card data of the same request.
function keyFor(context: SimulatorContext, params: Params) {
  const customerUid = textOf(params, 'customer_uid') ?? ''
  const key = context.state.billingKeys.get(customerUid)
  if (key !== undefined) return { ok: true, key } as const
  if (customerUid === '' || textOf(params, 'card_number') === null) {
    return { ok: false, refusal: refusals.unknownScheduleBuyer } as const
  }
  return issueByCard(context, customerUid, params)
}

function readSchedules(
  context: SimulatorContext,
  params: Params,
  key: BillingKey,
): CreateSchedulesResult {
  const entries = recordsOf(params, 'schedules')
  if (entries.length === 0) return { ok: false, refusal: ownRefusals.schedulesMissing }
  const schedules: Schedule[] = []
  for (const entry of entries) {
    const read = readSchedule(context, entry, key)
    if (!read.ok) return read
    const { merchantUid } = read.schedule.order
    const isRepeated = schedules.some(({ order }) => order.merchantUid === merchantUid)
    if (isRepeated) return { ok: false, refusal: ownRefusals.scheduledTwice }
    schedules.push(read.schedule)
  }
  return { ok: true, schedules }
}

function readSchedule(
  context: SimulatorContext,
  entry: Params,
  key: BillingKey,
): { ok: true; schedule: Schedule } | { ok: false; refusal: Refusal } {
  const read = readOrder(context, entry)
  if (!read.ok) return read
  const scheduleAt = integerOf(entry, 'schedule_at') ?? 0
  if (scheduleAt <= context.clock.seconds()) {
    return { ok: false, refusal: { ...ownRefusals.timePast, status: 200 } }
  }
  const existing = context.state.schedules.get(read.order.merchantUid)
  if (existing !== undefined && existing.status !== 'revoked') {
    return { ok: false, refusal: ownRefusals.scheduledTwice }
  }
  const schedule: Schedule = {
    customerUid: key.customerUid,
    customerId: key.customerId,
    order: read.order,
    channel: key.issued[0].channel,
    scheduleAt,
    status: 'scheduled',
    executedAt: null,
    revokedAt: null,
    impUid: null,
  }
  return { ok: true, schedule }
}

// checking_amount: charged and refunded at once. Returns the PG's refusal, or null.
function chargeCheckingAmount(
  context: SimulatorContext,
  params: Params,
  key: BillingKey,
): string | null {
  const amountMinor = toMinor(params['checking_amount'], 'KRW')
  if (amountMinor === null || amountMinor <= 0) return null
  const merchantUid = `checking_${context.ids.digits(12)}`
  const read = readOrder(context, {
    merchant_uid: merchantUid,
    amount: amountMinor,
    name: '카드 확인',
  })
  if (!read.ok) return read.refusal.message
  const payment: Payment = chargeKey(context, read.order, key, { usage: 'payment' })
  if (payment.status !== 'paid') return payment.failReason
  refundPayment(context, payment, { amountMinor: null, checksumMinor: null, reason: '카드 확인' })
  return null
}
