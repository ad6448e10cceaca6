import { minuteMs } from '../engine/clock.ts'
import type { CapacityResult } from './capacity.ts'

/** A payment that no message reported must have reached the merchant after this time. */
const maxLagMs = 2 * minuteMs

/** What a run shows to be broken; an empty list when nothing is. */
export function findFailures(result: CapacityResult): readonly string[] {
  const { options, unreportedOrders, comparedDays, breaches } = result
  return [
    ...(unreportedOrders > 0 ? [`${unreportedOrders} payments were never reported`] : []),
    ...(result.maxLagMs > maxLagMs ? [`a payment was reported after ${result.maxLagMs} ms`] : []),
    ...(comparedDays < options.days
      ? [`${options.days - comparedDays} days were never compared`]
      : []),
    ...breaches,
  ]
}

/** What the free plan allows in a day, of the account: beyond it the platform refuses. */
const freeDay = { invocations: 100_000, rowsWritten: 100_000 }

/** The daily limits of the free plan that the load exceeds: no program can keep them. */
export function findExceededDays(result: CapacityResult): readonly string[] {
  if (result.options.plan !== 'free') return []
  const { mostInvocationsOfDay, mostRowsWrittenOfDay } = result
  return [
    ...(mostInvocationsOfDay > freeDay.invocations
      ? [`${mostInvocationsOfDay} invocations a day, allowed are ${freeDay.invocations}`]
      : []),
    ...(mostRowsWrittenOfDay > freeDay.rowsWritten
      ? [`${mostRowsWrittenOfDay} rows written a day, allowed are ${freeDay.rowsWritten}`]
      : []),
  ]
}
