import type { SimulatorContext } from '../context.ts'
import type { ScheduleStatus } from '../domain/billing/schedule.ts'
import { ownRefusals, type Refusal } from '../domain/refusals.ts'
import { integerOf, type Params, textOf } from '../runtime/params.ts'
import { succeed } from '../wire/envelope.ts'
import { paginate } from '../wire/pagination.ts'
import { serializeStoredSchedule } from '../wire/serialize-schedule.ts'

/** The range of a schedule list: `from` inclusive, `to` exclusive. */
export interface ScheduleRange {
  readonly from: number
  readonly to: number
  readonly status: ScheduleStatus | null
}

const statuses: readonly ScheduleStatus[] = ['scheduled', 'executed', 'revoked']
// Three months have no fixed number of days; the longest three have 92.
const maxRangeSeconds = 92 * 24 * 60 * 60

/** Reads the range of a list; each operation has its own parameter names. */
export function rangeOf(
  query: Params,
  names: { from: string; to: string; status: string },
): ScheduleRange | Refusal {
  const from = integerOf(query, names.from)
  const to = integerOf(query, names.to)
  if (from === null || to === null) return ownRefusals.rangeMissing
  if (from > to || to - from > maxRangeSeconds) return ownRefusals.rangeTooWide
  const requestedStatus = textOf(query, names.status)
  const status = statuses.find((each) => each === requestedStatus) ?? null
  return requestedStatus !== null && status === null
    ? ownRefusals.scheduleStatusUnknown
    : { from, to, status }
}

/** The response with a list of schedules: newest first unless `sorting` is `scheduled`. */
export function listSchedules(
  context: SimulatorContext,
  { from, to, status, customerUids }: ScheduleRange & { customerUids: readonly string[] | null },
  query: Params,
): Response {
  const found = [...context.state.schedules.values()]
    .filter(
      (schedule) =>
        schedule.scheduleAt >= from &&
        schedule.scheduleAt < to &&
        (status === null || schedule.status === status) &&
        (customerUids === null || customerUids.includes(schedule.customerUid)),
    )
    .toSorted((a, b) => b.scheduleAt - a.scheduleAt)
  const ordered = textOf(query, 'sorting') === 'scheduled' ? found.toReversed() : found
  const page = paginate(
    ordered.map((schedule) => serializeStoredSchedule(context, schedule)),
    query,
  )
  return succeed(context.scheduleLists === 'array' ? page.list : page)
}
