// Scheduled charges, by the simulated world's clock.

import type { World } from '../../context.ts'
import { execute, type Schedule } from '../../domain/billing/schedule.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { attemptsOf } from '../../state.ts'
import { withStoredBuyer } from '../payment/read-order.ts'
import { chargeKey, decide, startPayment } from './charge.ts'

/** Writes a schedule down and has it run when its time comes. */
export function plan(world: World, schedule: Schedule): Schedule {
  const { clock } = world
  keepSchedule(world, schedule)
  const delayMs = schedule.scheduleAt * 1000 - clock.now().getTime()
  clock.after(delayMs, async () => {
    const current = world.ledger.schedules.get(schedule.order.merchantUid)
    // It may have been called off, moved or tried by hand since; a move makes an appointment of its own.
    if (current?.status !== 'scheduled' || current.scheduleAt > clock.seconds()) return
    runNow(world, current)
  })
  return schedule
}

/** Writes a schedule down as it stands. */
export function keepSchedule({ ledger }: World, schedule: Schedule): Schedule {
  ledger.schedules.set(schedule.order.merchantUid, schedule)
  return schedule
}

/** Charges a schedule's key at this moment; the webhook says paid or failed. */
export function runNow(world: World, schedule: Schedule): Payment {
  const payment = take(world, schedule)
  keepSchedule(world, execute(schedule, payment.impUid, world.clock.seconds()))
  return payment
}

/** Whether a schedule's last run brought money. */
export function isApproved({ ledger }: World, { impUid }: Schedule): boolean {
  const payment = ledger.payments.get(impUid ?? '')
  return payment !== undefined && payment.paidAt !== null
}

function take(world: World, { order, customerUid, channel }: Schedule): Payment {
  const means = { usage: 'payment.scheduled' as const, impUid: `imps_${world.ids.digits(12)}` }
  const key = world.ledger.billingKeys.get(customerUid)
  const isPaid = attemptsOf(world.ledger, order.merchantUid).some(({ paidAt }) => paidAt !== null)
  if (key !== undefined && !isPaid) {
    return chargeKey(world, withStoredBuyer(order, key.holder), key, means)
  }
  const started = startPayment(world, order, { ...means, channel, payMethod: 'card', customerUid })
  const objection = isPaid
    ? '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)'
    : '등록되지 않은 구매자입니다.'
  return decide(world, started, objection, null)
}
