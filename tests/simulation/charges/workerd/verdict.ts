import { planLimits } from '../../platform/environment/limits.ts'
import type { ChargesResult } from './run-charges.ts'

/** What a run shows to be broken; an empty list when nothing is. */
export function findFailures(result: ChargesResult): readonly string[] {
  const { options, charged, booked, totals } = result
  const { statements } = planLimits.paid
  const most = Math.max(...Object.values(totals).map((kind) => kind.most.statements))
  return [
    ...(booked < options.charges ? [`${options.charges - booked} periods are not booked`] : []),
    ...(charged.orders < options.charges
      ? [`${options.charges - charged.orders} were never charged`]
      : []),
    ...(charged.calls > charged.orders
      ? [`${charged.calls - charged.orders} charges were repeated`]
      : []),
    ...(most > statements ? [`${most} statements in one invocation`] : []),
  ]
}
