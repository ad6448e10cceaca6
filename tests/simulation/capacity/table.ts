import Table from 'cli-table3'
import { planLimits } from '../platform/environment/limits.ts'
import type { CapacityResult } from './capacity.ts'
import { findExceededDays, findFailures } from './verdict.ts'

/** A run, and how long it took on this machine. */
export interface TimedResult {
  readonly result: CapacityResult
  readonly seconds: number
}

/** The runs as a table, one column a plan. */
export function toTable(runs: readonly TimedResult[]): string {
  const table = new Table({
    head: ['', ...runs.map(({ result }) => `${result.options.plan} plan`)],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', ...runs.map(() => 'right' as const)],
  })
  for (const [name, show] of lines) table.push([name, ...runs.map(show)])
  return table.toString()
}

type Show = (run: TimedResult) => string

const count = (of: (result: CapacityResult) => number): Show => {
  return ({ result }) => of(result).toLocaleString('en-US')
}
const perOrder = (of: (result: CapacityResult) => number): Show => {
  return ({ result }) => (of(result) / result.paidOrders).toFixed(1)
}
const list = (of: (result: CapacityResult) => readonly string[]): Show => {
  return ({ result }) => of(result).join('\n') || 'none'
}

const lines: readonly (readonly [name: string, show: Show])[] = [
  ['paid orders', count(({ paidOrders }) => paidOrders)],
  ['days', count(({ options }) => options.days)],
  ['days compared with the provider', count(({ comparedDays }) => comparedDays)],
  ['payments never reported', count(({ unreportedOrders }) => unreportedOrders)],
  ['longest from payment to merchant', ({ result }) => `${(result.maxLagMs / 1_000).toFixed(0)} s`],
  ['statements of one invocation, most', count(({ mostStatements }) => mostStatements)],
  ['  allowed', ({ result }) => String(planLimits[result.options.plan].statements)],
  ['statements per order', perOrder(({ statements }) => statements)],
  ['rows returned per order', perOrder(({ rowsReturned }) => rowsReturned)],
  ['rows written per order, at most', perOrder(({ rowsWritten }) => rowsWritten)],
  ['provider calls per order', perOrder(({ providerCalls }) => providerCalls)],
  ['invocations of one day, most', count(({ mostInvocationsOfDay }) => mostInvocationsOfDay)],
  ['rows written in one day, most', count(({ mostRowsWrittenOfDay }) => mostRowsWrittenOfDay)],
  ['database', ({ result }) => `${(result.databaseBytes / 1_000_000).toFixed(0)} MB`],
  ['time of this machine', ({ seconds }) => `${seconds.toFixed(0)} s`],
  ['broken', list(findFailures)],
  ['more than the plan allows in a day', list(findExceededDays)],
]
