import { findWrongCharges } from '../find-wrong-charges.ts'
import type { HourResult } from './simulate-hour.ts'

/** What a run shows to be broken; an empty list when nothing is. */
export function findFailures({
  options: { charges },
  booked,
  calls,
  orders,
  deliveredEvents,
  breaches,
}: HourResult): readonly string[] {
  return [
    ...findWrongCharges({ due: charges, booked, calls, orders }),
    ...(deliveredEvents < 2 * charges
      ? [`${2 * charges - deliveredEvents} events are missing`]
      : []),
    ...breaches,
  ]
}
