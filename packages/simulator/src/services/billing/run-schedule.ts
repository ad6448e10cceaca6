// Scheduled charges, run by the simulator's clock.
import type { SimulatorContext } from '../../context.ts'
import { execute, recoveryAt, type Schedule } from '../../domain/billing/schedule.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { attemptsOf } from '../../state.ts'
import { withStoredBuyer } from '../payment/read-order.ts'
import { chargeKey, finishPayment, startPayment } from './charge.ts'

/** Stores a schedule and runs it at its time. */
export function planSchedule(context: SimulatorContext, schedule: Schedule): Schedule {
  const { clock } = context
  saveSchedule(context, schedule)
  const delayMs = schedule.scheduleAt * 1000 - clock.now().getTime()
  clock.after(delayMs, async () => {
    const current = context.state.schedules.get(schedule.order.merchantUid)
    // It may have been cancelled, moved or retried since; a move plans a task of its own.
    if (current?.status !== 'scheduled' || current.scheduleAt > clock.seconds()) return
    runSchedule(context, current)
  })
  return schedule
}

/** Stores a schedule. */
export function saveSchedule({ state }: SimulatorContext, schedule: Schedule): Schedule {
  state.schedules.set(schedule.order.merchantUid, schedule)
  return schedule
}

/** Charges a schedule's key now; the webhook's status is paid or failed. */
export function runSchedule(context: SimulatorContext, schedule: Schedule): Payment {
  const payment = chargeSchedule(context, schedule)
  const executed = execute(schedule, payment.impUid, context.clock.seconds())
  planRecovery(context, saveSchedule(context, executed))
  return payment
}

/**
 * Plans the console's next recovery of a charge that failed: at the set hour of the day after, and so again each day until it is
 * paid, whatever the shop has decided since. One whose hour has passed runs at once, or not at all.
 */
export function planRecovery(
  context: SimulatorContext,
  schedule: Schedule,
  overdue: 'run' | 'skipped' = 'skipped',
): void {
  const { clock, billing, state } = context
  const { recoveryHour } = billing
  if (recoveryHour === null || !isRecoverable(context, schedule)) return
  const delayMs = recoveryAt(schedule.executedAt ?? 0, recoveryHour) * 1000 - clock.now().getTime()
  if (delayMs <= 0 && overdue === 'skipped') return
  clock.after(delayMs, async () => {
    const current = state.schedules.get(schedule.order.merchantUid)
    const isSame = current?.impUid === schedule.impUid && billing.recoveryHour === recoveryHour
    if (current !== undefined && isSame && isRecoverable(context, current)) {
      runSchedule(context, current)
    }
  })
}

function isRecoverable({ state }: SimulatorContext, { status, order }: Schedule): boolean {
  if (status !== 'executed') return false
  return !attemptsOf(state, order.merchantUid).some(({ status: each }) => each !== 'failed')
}

/** Whether a schedule's last run was paid. */
export function isApproved({ state }: SimulatorContext, { impUid }: Schedule): boolean {
  const payment = state.payments.get(impUid ?? '')
  return payment !== undefined && payment.paidAt !== null
}

function chargeSchedule(
  context: SimulatorContext,
  { order, customerUid, channel }: Schedule,
): Payment {
  const options = { usage: 'payment.scheduled' as const, impUid: `imps_${context.ids.digits(12)}` }
  const key = context.state.billingKeys.get(customerUid)
  const isPaid = attemptsOf(context.state, order.merchantUid).some(({ paidAt }) => paidAt !== null)
  if (key !== undefined && !isPaid) {
    return chargeKey(context, withStoredBuyer(order, key.holder), key, options)
  }
  const started = startPayment(context, order, {
    ...options,
    channel,
    payMethod: 'card',
    customerUid,
  })
  const failReason = isPaid
    ? '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)'
    : '등록되지 않은 구매자입니다.'
  return finishPayment(context, started, failReason, null)
}
