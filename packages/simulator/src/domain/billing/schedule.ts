// State machine of a scheduled charge; pure functions.
//
//   scheduled ──execute──► executed (its payment paid or failed)
//     │  ▲ └─move─► scheduled, at another time
//     │  └──────reschedule── executed and failed, or revoked
//     └──revoke──► revoked
import { seoulOffsetMs } from '../../runtime/seoul-time.ts'
import type { Channel } from '../channel/channel.ts'
import type { Order } from '../payment/order.ts'

const daySeconds = 24 * 60 * 60

/** A scheduled charge; times are UNIX seconds, null when not happened. */
export interface Schedule {
  readonly customerUid: string
  readonly customerId: string | null
  readonly order: Order
  /** The channel of the key when the charge was scheduled, for runs after the key was deleted. */
  readonly channel: Channel
  readonly scheduleAt: number
  readonly status: ScheduleStatus
  readonly executedAt: number | null
  readonly revokedAt: number | null
  /** The payment of its last run; null before, and after a revoke. */
  readonly impUid: string | null
}

/** The provider's statuses of a schedule. */
export type ScheduleStatus = 'scheduled' | 'executed' | 'revoked'

/** Why a schedule does not change. */
export type ScheduleRefusal = 'not_scheduled' | 'not_run' | 'approved' | 'time_past'

/** The changed schedule, or why it does not change. */
export type ScheduleTransition =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly reason: ScheduleRefusal }

/** The schedule after its run: a payment was approved or failed. */
export function execute(schedule: Schedule, impUid: string, at: number): Schedule {
  return { ...schedule, status: 'executed', executedAt: at, revokedAt: null, impUid }
}

/** The schedule after it was cancelled. */
export function revoke(schedule: Schedule, at: number): Schedule {
  return { ...schedule, status: 'revoked', revokedAt: at, impUid: null }
}

/** Moves a charge that has not run to another time. */
export function move(schedule: Schedule, scheduleAt: number, at: number): ScheduleTransition {
  if (schedule.status !== 'scheduled') return { ok: false, reason: 'not_scheduled' }
  return ifInFuture({ ...schedule, scheduleAt }, at)
}

/** Schedules a charge that failed or was cancelled for another time. */
export function reschedule(
  schedule: Schedule,
  isApproved: boolean,
  { scheduleAt, at }: { scheduleAt: number; at: number },
): ScheduleTransition {
  const reason = retryRefusalOf(schedule, isApproved)
  if (reason !== null) return { ok: false, reason }
  const notRun = { executedAt: null, revokedAt: null, impUid: null }
  return ifInFuture({ ...schedule, ...notRun, scheduleAt, status: 'scheduled' }, at)
}

/** Why a charge cannot be retried: it has not run, or it was approved; null when it can. */
export function retryRefusalOf(
  { status }: Schedule,
  isApproved: boolean,
): 'not_run' | 'approved' | null {
  if (status === 'scheduled') return 'not_run'
  return isApproved ? 'approved' : null
}

/** When the console's recovery charges a failed schedule again: at an hour in Seoul of the day after it ran. */
export function recoveryAt(executedAt: number, hour: number): number {
  const offset = seoulOffsetMs / 1000
  const dayStart = Math.floor((executedAt + offset) / daySeconds) * daySeconds
  return dayStart + daySeconds + hour * 3600 - offset
}

function ifInFuture(schedule: Schedule, at: number): ScheduleTransition {
  return schedule.scheduleAt > at ? { ok: true, schedule } : { ok: false, reason: 'time_past' }
}
