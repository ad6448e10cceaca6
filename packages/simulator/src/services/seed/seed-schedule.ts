import type { SimulatorContext } from '../../context.ts'
import { execute, revoke, type Schedule } from '../../domain/billing/schedule.ts'
import type { Order } from '../../domain/payment/order.ts'
import type { Params } from '../../runtime/params.ts'
import { planRecovery, planSchedule, saveSchedule } from '../billing/run-schedule.ts'
import { createFieldReader, type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'
import { readBuyer } from '../payment/read-buyer.ts'
import { seedPayment } from './seed-payment.ts'

const runMembers = ['payment_status', 'executed_at', 'fail_reason']

/** Stores a scheduled charge: to be run at its time, run already with its payment, or revoked. */
export function seedSchedule(context: SimulatorContext, params: Params): ReadResult<Schedule> {
  const fields = createFieldReader(params)
  fields.allowOnly(
    'customer_uid merchant_uid amount currency name buyer_name buyer_email buyer_tel buyer_addr buyer_postcode custom_data notice_url schedule_at schedule_status revoked_at'
      .split(' ')
      .concat(runMembers),
  )
  const customerUid = fields.text('customer_uid', { max: 80 })
  const key = context.state.billingKeys.get(customerUid)
  if (key === undefined) {
    return fields.refuse('customer_uid', 'the customer_uid of a billing key')
  }
  const order = readOrder(fields, params)
  const existing = context.state.schedules.get(order.merchantUid)
  if (existing !== undefined && existing.status !== 'revoked') {
    fields.fail('merchant_uid', 'one that is not scheduled yet')
  }
  const now = context.clock.seconds()
  const status = fields.oneOf('schedule_status', ['scheduled', 'executed', 'revoked'], 'scheduled')
  const scheduleAt = fields.seconds('schedule_at', status === 'executed' ? now : now + 3600)
  if (status === 'scheduled' && scheduleAt <= now) fields.fail('schedule_at', 'in the future')
  if (status === 'executed' && scheduleAt > now) fields.fail('schedule_at', 'not in the future')
  const stray = runMembers.find((name) => params[name] !== undefined)
  if (status !== 'executed' && stray !== undefined) fields.fail(stray, `absent while ${status}`)
  if (status !== 'revoked' && params['revoked_at'] !== undefined) {
    fields.fail('revoked_at', `absent while ${status}`)
  }
  const revokedAt = fields.seconds('revoked_at', now)
  const schedule: Schedule = {
    customerUid,
    customerId: key.customerId,
    order,
    channel: key.issued[0].channel,
    scheduleAt,
    status: 'scheduled',
    executedAt: null,
    revokedAt: null,
    impUid: null,
  }
  const result = resultOf(fields, schedule)
  if (!result.ok) return result
  switch (status) {
    case 'scheduled':
      return { ok: true, value: planSchedule(context, schedule) }
    case 'revoked':
      return { ok: true, value: saveSchedule(context, revoke(schedule, revokedAt)) }
    case 'executed':
      return seedRun(context, schedule, params)
  }
}

function readOrder(fields: FieldReader, params: Params): Order {
  const currency = fields.text('currency', { max: 3, fallback: 'KRW' })
  return {
    merchantUid: fields.text('merchant_uid', { max: 40 }),
    amountMinor: fields.amount('amount', { currency, min: 1 }),
    currency,
    name: fields.text('name', { max: 40 }),
    buyer: readBuyer(params),
    customData: fields.optional('custom_data', 30_000),
    noticeUrl: params['notice_url'],
    quota: 0,
    promotionId: null,
  }
}

function seedRun(
  context: SimulatorContext,
  schedule: Schedule,
  { payment_status, executed_at, fail_reason, ...params }: Params,
): ReadResult<Schedule> {
  const { customer_uid, merchant_uid, amount, currency, name } = params
  const at = executed_at ?? schedule.scheduleAt
  const isFailed = payment_status === 'failed'
  const seeded = seedPayment(context, {
    ...Object.fromEntries(Object.entries(params).filter(([member]) => member.startsWith('buyer_'))),
    customer_uid,
    merchant_uid,
    amount,
    currency,
    name,
    imp_uid: `imps_${context.ids.digits(12)}`,
    customer_uid_usage: 'payment.scheduled',
    channel: 'api',
    channel_key: schedule.channel.channel_key,
    status: payment_status ?? 'paid',
    started_at: at,
    [isFailed ? 'failed_at' : 'paid_at']: at,
    ...(fail_reason === undefined ? {} : { fail_reason }),
  })
  if (!seeded.ok) return { ok: false, failure: explain(seeded.failure) }
  const payment = seeded.value
  const executed = saveSchedule(context, execute(schedule, payment.impUid, payment.startedAt))
  planRecovery(context, executed)
  return { ok: true, value: executed }
}

// The payment's own members, by the names of the schedule's request.
function explain(failure: { reason: 'invalid'; field: string; expected: string }) {
  const names: Readonly<Record<string, string>> = {
    status: 'payment_status',
    started_at: 'executed_at',
    paid_at: 'executed_at',
    failed_at: 'executed_at',
  }
  return { ...failure, field: names[failure.field] ?? failure.field }
}
