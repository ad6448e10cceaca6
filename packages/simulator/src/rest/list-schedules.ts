import type { World } from '../context.ts'
import type { Schedule, ScheduleStatus } from '../domain/billing/schedule.ts'
import { ownRefusals, type Refusal } from '../domain/refusals.ts'
import { type Params, textOf, wholeOf } from '../runtime/params.ts'
import { succeed } from '../wire/envelope.ts'
import { cut } from '../wire/pagination.ts'
import type { WirePayment } from '../wire/serialize-payment.ts'
import { presentSchedule } from '../wire/serialize-schedule.ts'

/** Which schedules a list is about: planned from a moment on, and before another. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly status: ScheduleStatus | null
}

const statuses: readonly ScheduleStatus[] = ['scheduled', 'executed', 'revoked']
// Three months are no fixed number of days; the longest three have this many.
const longestSeconds = 92 * 24 * 60 * 60

/** Reads the range of a list under the names its operation has for the same three things. */
export function rangeOf(
  query: Params,
  names: { from: string; to: string; status: string },
): Range | Refusal {
  const from = wholeOf(query, names.from)
  const to = wholeOf(query, names.to)
  if (from === null || to === null) return ownRefusals.rangeMissing
  if (from > to || to - from > longestSeconds) return ownRefusals.rangeTooWide
  const asked = textOf(query, names.status)
  const status = statuses.find((known) => known === asked) ?? null
  return asked !== null && status === null
    ? ownRefusals.scheduleStatusUnknown
    : { from, to, status }
}

/** Answers a list of schedules: newest first unless `sorting` says `scheduled`. */
export function listSchedules(
  world: World,
  { from, to, status, customerUids }: Range & { customerUids: readonly string[] | null },
  query: Params,
): Response {
  const found = [...world.ledger.schedules.values()]
    .filter(
      (schedule) =>
        schedule.scheduleAt >= from &&
        schedule.scheduleAt < to &&
        (status === null || schedule.status === status) &&
        (customerUids === null || customerUids.includes(schedule.customerUid)),
    )
    .toSorted((a, b) => b.scheduleAt - a.scheduleAt)
  const ordered = textOf(query, 'sorting') === 'scheduled' ? found.toReversed() : found
  const page = cut(
    ordered.map((schedule) => presentStored(world, schedule)),
    query,
  )
  return succeed(world.scheduleLists === 'array' ? page.list : page)
}

/** A schedule as the API shows it now. */
export function presentStored({ ledger }: World, schedule: Schedule): WirePayment {
  return presentSchedule(schedule, ledger.payments.get(schedule.impUid ?? ''))
}
