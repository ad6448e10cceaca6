import { planLimits } from '../../platform/environment/limits.ts'
import { findWrongCharges } from '../find-wrong-charges.ts'
import type { ChargesResult } from './run-charges.ts'

/** What a run shows to be broken; an empty list when nothing is. */
export function findFailures(result: ChargesResult): readonly string[] {
  const { options, charged, booked, totals } = result
  const { statements } = planLimits.paid
  const most = Math.max(...Object.values(totals).map((kind) => kind.most.statements))
  return [
    ...findWrongCharges({ due: options.charges, booked, ...charged }),
    ...(most > statements ? [`${most} statements in one invocation`] : []),
  ]
}
