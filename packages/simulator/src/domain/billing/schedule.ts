// The life of one scheduled charge, as functions without a world around them.
//
//   scheduled ──execute──► executed (its payment paid or failed)
//     │  ▲ └─move─► scheduled, at another time
//     │  └──────reschedule── executed and failed, or revoked
//     └──revoke──► revoked
import type { Channel } from '../channel/channel.ts'
import type { Order } from '../payment/order.ts'

/** A charge to come, as the simulated world stores it; times are UNIX seconds, null when not happened. */
export interface Schedule {
  readonly customerUid: string
  readonly customerId: string | null
  readonly order: Order
  /** Where the key was issued when the charge was scheduled, for runs that find the key gone. */
  readonly channel: Channel
  readonly scheduleAt: number
  readonly status: ScheduleStatus
  readonly executedAt: number | null
  readonly revokedAt: number | null
  /** The payment of its last run; null before, and after a revoke. */
  readonly impUid: string | null
}

/** The provider's words for a schedule. */
export type ScheduleStatus = 'scheduled' | 'executed' | 'revoked'

/** Why a schedule stays as it is. */
export type ScheduleRefusal = 'not_scheduled' | 'not_run' | 'approved' | 'time_past'

/** The schedule as it becomes, or why it stays. */
export type ScheduleTransition =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly reason: ScheduleRefusal }

/** Its time has come: a payment was made, or tried. */
export function execute(schedule: Schedule, impUid: string, at: number): Schedule {
  return { ...schedule, status: 'executed', executedAt: at, revokedAt: null, impUid }
}

/** Called off before its time. */
export function revoke(schedule: Schedule, at: number): Schedule {
  return { ...schedule, status: 'revoked', revokedAt: at, impUid: null }
}

/** Another time for a charge that has not run. */
export function move(schedule: Schedule, scheduleAt: number, at: number): ScheduleTransition {
  if (schedule.status !== 'scheduled') return { ok: false, reason: 'not_scheduled' }
  return ifInFuture({ ...schedule, scheduleAt }, at)
}

/** A new time for a charge that failed or was called off. */
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

/** Why a charge cannot be tried again: it has not run, or it was approved; null when it can. */
export function retryRefusalOf(
  { status }: Schedule,
  isApproved: boolean,
): 'not_run' | 'approved' | null {
  if (status === 'scheduled') return 'not_run'
  return isApproved ? 'approved' : null
}

function ifInFuture(schedule: Schedule, at: number): ScheduleTransition {
  return schedule.scheduleAt > at ? { ok: true, schedule } : { ok: false, reason: 'time_past' }
}
