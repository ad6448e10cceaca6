import { dayMs, minuteMs } from '../../engine/clock.ts'
import type { Plan } from '../environment/limits.ts'
import type { ReceivedEvent } from '../environment/receiver.ts'
import { createFixture, type Fixture, type FixtureOptions } from '../fixture.ts'
import { createOrder, payUnheard, readOrder } from '../merchant.ts'
import type { ProviderRecord } from '../provider/record.ts'

/** Something that happens to a deployment, and what of the invariants it breaks. */
export interface Scenario {
  readonly name: string
  readonly plans: readonly Plan[]
  /** Returns the invariants that were broken; an empty list when none. */
  run(plan: Plan): Promise<readonly string[]>
}

/** A fixture that remembers which events the merchant received. */
export interface ObservedFixture extends Fixture {
  /** Each once: `order.paid ORD-1`, `payment.unreconciled payment_missing:imp_1`. */
  readonly events: ReadonlySet<string>
}

export function observe(options: Omit<FixtureOptions, 'onEvent'>): ObservedFixture {
  const events = new Set<string>()
  const onEvent = ({ type, subject }: ReceivedEvent): void => void events.add(`${type} ${subject}`)
  const fixture = createFixture({ ...options, onEvent })
  return { ...fixture, events }
}

/** I18: no invocation exceeds a limit of the platform. I15: no unexpected error is logged. */
export function checkLimits({ invocations, errorLines }: Fixture): readonly string[] {
  return [
    ...[...invocations.breaches].map((breach) => `I18 ${breach}`),
    ...errorLines.slice(0, 3).map((line) => `I15 ${line.slice(0, 400)}`),
  ]
}

/** I4: these orders are paid before so many minutes have passed. */
export async function checkPaid(
  fixture: Fixture,
  merchantUids: readonly string[],
  withinMinutes: number,
  invariant = 'I4',
): Promise<readonly string[]> {
  const late = new Set(merchantUids)
  await fixture.minutes(withinMinutes, async () => {
    for (const id of late) {
      if ((await readOrder(fixture, id)).status !== 'paid') return false
      late.delete(id)
    }
    return true
  })
  const [first] = late
  return first === undefined
    ? []
    : [`${invariant} ${late.size} orders were not paid within ${withinMinutes} minutes: ${first}`]
}

/** How long after its end a day must have been compared. */
const comparisonLimitMs = 5 * 60 * minuteMs

/**
 * Pays an order whose payment the provider then loses, and returns a check that the daily comparison reports it:
 * what an outsider sees of a day that was compared to its end.
 */
export async function plantLostPayment(
  fixture: ObservedFixture,
  name: string,
): Promise<() => Promise<readonly string[]>> {
  const merchant_uid = `LOST-${name}`
  await createOrder(fixture, merchant_uid, 1_000)
  const record = payUnheard(fixture, { imp_uid: `imp_lost_${name}`, merchant_uid, amount: 1_000 })
  const paid = await checkPaid(fixture, [merchant_uid], 10)
  fixture.provider.lose(record)
  const untilMs = fixture.time.clock.ms + dayMs + comparisonLimitMs
  return async () => {
    await untilReported(fixture, record, untilMs)
    const isReported = reportsMissing(fixture, record)
    return [...paid, ...(isReported ? [] : [`I19 the day of ${merchant_uid} was never compared`])]
  }
}

async function untilReported(fixture: ObservedFixture, record: ProviderRecord, untilMs: number) {
  const { clock } = fixture.time
  await fixture.minutes(Math.ceil((untilMs - clock.ms) / minuteMs), () =>
    reportsMissing(fixture, record),
  )
}

function reportsMissing({ events }: ObservedFixture, { imp_uid }: ProviderRecord): boolean {
  return events.has(`payment.unreconciled payment_missing:${imp_uid}`)
}
