import Table from 'cli-table3'
import { planLimits } from '../../platform/environment/limits.ts'
import type { ChargesResult } from './run-charges.ts'
import { findFailures } from './verdict.ts'

/** The run as a table. */
export function toTable(result: ChargesResult): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right'],
  })
  table.push(...toLines(result))
  return table.toString()
}

function toLines(result: ChargesResult): readonly [string, string][] {
  const { options, totals, charged, minutes, seconds } = result
  const { charges } = totals
  const perCharge = (value: number, count = charges.charges) => (value / count).toFixed(1)
  const count = (value: number) => value.toLocaleString('en-US')
  return [
    ['subscriptions', count(options.charges)],
    ['calls of the provider', count(charged.calls)],
    ['runs that were asked for', count(charges.invocations)],
    ['charges in a run, on average', perCharge(charges.charges, charges.invocations)],
    ['charges in a run, most', count(charges.most.charges)],
    ['statements in a run, most', count(charges.most.statements)],
    ['  allowed', count(planLimits.paid.statements)],
    ['statements per charge', perCharge(charges.statements)],
    ['rows read per charge', perCharge(charges.rowsRead)],
    ['rows written per charge', perCharge(charges.rowsWritten)],
    ['charges by the jobs themselves', count(totals.jobs.charges)],
    ['statements of one run of the jobs, most', count(totals.jobs.most.statements)],
    ['runs of the jobs', count(minutes)],
    ['time of this machine', `${seconds.toFixed(0)} s`],
    ['charges a second on this machine', perCharge(options.charges, seconds)],
    ['broken', findFailures(result).join('\n') || 'none'],
  ]
}
