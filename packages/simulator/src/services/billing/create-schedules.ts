// What POST /subscribe/payments/schedule asks for, before anything is scheduled.

import type { World } from '../../context.ts'
import type { BillingKey } from '../../domain/billing/billing-key.ts'
import type { Schedule } from '../../domain/billing/schedule.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { ownRefusals, type Refusal, refusals } from '../../domain/refusals.ts'
import { type Params, recordsOf, textOf, wholeOf } from '../../runtime/params.ts'
import { readOrder } from '../payment/read-order.ts'
import { refundNow } from '../payment/refund-payment.ts'
import { chargeKey } from './charge.ts'
import { issueByCard } from './issue-billing-key.ts'
import { plan } from './run-schedule.ts'

/** All schedules of a request, on their way, or the refusal of them all. */
export type Enlisted =
  | { readonly ok: true; readonly schedules: readonly Schedule[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** Schedules every charge of a request, or none. */
export function enlist(world: World, params: Params): Enlisted {
  const found = keyFor(world, params)
  if (!found.ok) return found
  const read = readSchedules(world, params, found.key)
  if (!read.ok) return read
  const objection = tryOut(world, params, found.key)
  if (objection !== null)
    return { ok: false, refusal: { status: 200, code: -1, message: objection } }
  return { ok: true, schedules: read.schedules.map((schedule) => plan(world, schedule)) }
}

// A key that is not there yet is issued from the card data of the same request.
function keyFor(world: World, params: Params) {
  const customerUid = textOf(params, 'customer_uid') ?? ''
  const key = world.ledger.billingKeys.get(customerUid)
  if (key !== undefined) return { ok: true, key } as const
  if (customerUid === '' || textOf(params, 'card_number') === null) {
    return { ok: false, refusal: refusals.unknownScheduleBuyer } as const
  }
  return issueByCard(world, customerUid, params)
}

function readSchedules(world: World, params: Params, key: BillingKey): Enlisted {
  const asked = recordsOf(params, 'schedules')
  if (asked.length === 0) return { ok: false, refusal: ownRefusals.schedulesMissing }
  const schedules: Schedule[] = []
  for (const entry of asked) {
    const read = readSchedule(world, entry, key)
    if (!read.ok) return read
    const { merchantUid } = read.schedule.order
    const isTwice = schedules.some(({ order }) => order.merchantUid === merchantUid)
    if (isTwice) return { ok: false, refusal: ownRefusals.scheduledTwice }
    schedules.push(read.schedule)
  }
  return { ok: true, schedules }
}

function readSchedule(
  world: World,
  entry: Params,
  key: BillingKey,
): { ok: true; schedule: Schedule } | { ok: false; refusal: Refusal } {
  const read = readOrder(world, entry)
  if (!read.ok) return read
  const scheduleAt = wholeOf(entry, 'schedule_at') ?? 0
  if (scheduleAt <= world.clock.seconds()) {
    return { ok: false, refusal: { ...ownRefusals.timePast, status: 200 } }
  }
  const held = world.ledger.schedules.get(read.order.merchantUid)
  if (held !== undefined && held.status !== 'revoked') {
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

// checking_amount: taken at once and given back at once. What the PG objects, or null.
function tryOut(world: World, params: Params, key: BillingKey): string | null {
  const amountMinor = toMinor(params['checking_amount'], 'KRW')
  if (amountMinor === null || amountMinor <= 0) return null
  const merchantUid = `checking_${world.ids.digits(12)}`
  const read = readOrder(world, {
    merchant_uid: merchantUid,
    amount: amountMinor,
    name: '카드 확인',
  })
  if (!read.ok) return read.refusal.message
  const payment: Payment = chargeKey(world, read.order, key, { usage: 'payment' })
  if (payment.status !== 'paid') return payment.failReason
  refundNow(world, payment, { amountMinor: null, checksumMinor: null, reason: '카드 확인' })
  return null
}
