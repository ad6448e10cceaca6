import { type ClientFailure, type ScheduleRecord, subscribe } from '@quayside/client'
import { fail, type MerchantUid, ok, type Payee, type Result } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { SubscriptionRequestFailure } from '../domain/subscription-failure.ts'
import { toDepsOf } from '../payees.ts'
import { toFailureFields } from '../payments/read-payments.ts'

/** Nobody plans a first charge that far ahead; whoever does has mistyped the year. */
const maxAheadMs = 366 * 86_400_000

/** What is taken over, and from when on the subscription charges. */
export interface TakeOver {
  readonly customerId: string
  /** When the first period begins; null for now, or with schedules when the first of them is due. */
  readonly startsAt: Date | null
  /** The charges that the merchant has scheduled at the provider, by their orders. */
  readonly schedules: readonly MerchantUid[]
  /** In whose account they are; left out for the account that needs no name. */
  readonly payee?: Payee
}

/**
 * Revokes the charges that the merchant has scheduled at the provider, so that the subscription charges in their place. It may
 * be repeated: a schedule that is revoked stays revoked, and says when it would have been charged.
 *
 * @returns When the first period begins: as requested, or when the first of the schedules would have been charged; null for now.
 * Failures: `request_invalid`; `schedule_unknown`; `schedule_of_another_key`; `schedule_executed` when one was charged that the
 * first period is meant for; `schedules_not_revoked` when the provider still has one, or does not say.
 */
export async function takeOverSchedules(
  { customerId, startsAt, schedules, payee }: TakeOver,
  allDeps: JobDeps,
): Promise<Result<Date | null, SubscriptionRequestFailure>> {
  const deps = toDepsOf(payee, allDeps)
  const now = deps.now().getTime()
  if (startsAt !== null && !isSoon(startsAt, now)) return fail(invalid)
  if (schedules.length === 0) return ok(startsAt)
  const keys = await deps.store.billingKeys.usableKeys(customerId, deps.config.mode, payee)
  if (!keys.ok) return fail({ reason: 'store_unavailable', cause: keys.failure })
  const read = await readAll(schedules, deps)
  if (!read.ok) return read
  const isForeign = read.value.some(({ customer_uid }) => !keys.value.includes(customer_uid))
  if (isForeign) return fail({ reason: 'schedule_of_another_key' })

  const start = startsAt ?? toFirst(read.value)
  if (start === null) return fail({ reason: 'schedule_executed' })
  if (!isSoon(start, now)) return fail(invalid)
  if (read.value.some((each) => isChargedFor(each, start))) {
    return fail({ reason: 'schedule_executed' })
  }
  for (const [key, own] of Map.groupBy(read.value.filter(isScheduled), toKey)) {
    const merchant_uid = own.map((each) => each.merchant_uid)
    const revoked = await deps.client.call(subscribe.unschedule, {
      customer_uid: key,
      merchant_uid,
    })
    // Whatever it answered: what is still scheduled is read below.
    if (!revoked.ok) deps.log('schedules_not_revoked', toFailureFields(revoked.failure))
  }
  const after = await readAll(schedules, deps)
  if (!after.ok) return after
  if (after.value.some(isScheduled)) return fail({ reason: 'schedules_not_revoked' })
  return after.value.some((each) => isChargedFor(each, start))
    ? fail({ reason: 'schedule_executed' })
    : ok(start)
}

const invalid = { reason: 'request_invalid', field: 'starts_at' } as const

function isSoon(at: Date, now: number): boolean {
  return at.getTime() > now && at.getTime() <= now + maxAheadMs
}

async function readAll(
  schedules: readonly MerchantUid[],
  { client }: JobDeps,
): Promise<Result<readonly ScheduleRecord[], SubscriptionRequestFailure>> {
  const records: ScheduleRecord[] = []
  for (const merchant_uid of schedules) {
    const found = await client.call(subscribe.scheduled, { merchant_uid })
    if (!found.ok) return fail(toFailure(found.failure))
    records.push(found.value)
  }
  return ok(records)
}

function toFailure(failure: ClientFailure): SubscriptionRequestFailure {
  switch (failure.reason) {
    case 'not_found':
    case 'refused':
      return { reason: 'schedule_unknown' }
    case 'invalid_argument':
      return { reason: 'request_invalid', field: 'schedules' }
    case 'unauthorized':
    case 'rate_limited':
    case 'server_error':
    case 'unexpected_status':
    case 'malformed_response':
    case 'timeout':
    case 'aborted':
    case 'unreachable':
    case 'outcome_unknown':
      return { reason: 'schedules_not_revoked', cause: failure }
  }
}

/** When the first schedule that was not executed is due: also of those that an earlier request revoked. */
function toFirst(records: readonly ScheduleRecord[]): Date | null {
  const times = records.filter(({ schedule_status }) => schedule_status !== 'executed').map(toMs)
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** Whether it was executed for what the subscription would charge as well. A failed one may still be tried again there. */
function isChargedFor(record: ScheduleRecord, start: Date): boolean {
  return record.schedule_status === 'executed' && toMs(record) >= start.getTime()
}

function isScheduled({ schedule_status }: ScheduleRecord): boolean {
  return schedule_status === 'scheduled'
}

function toKey({ customer_uid }: ScheduleRecord): string {
  return customer_uid
}

function toMs({ schedule_at }: ScheduleRecord): number {
  return schedule_at * 1_000
}
