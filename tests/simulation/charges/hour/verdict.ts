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
    ...(booked < charges ? [`${charges - booked} periods are not booked`] : []),
    ...(orders < charges ? [`${charges - orders} were never charged`] : []),
    ...(calls > orders ? [`${calls - orders} charges were repeated`] : []),
    ...(deliveredEvents < 2 * charges
      ? [`${2 * charges - deliveredEvents} events are missing`]
      : []),
    ...breaches,
  ]
}
