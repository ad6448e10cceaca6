import Table from 'cli-table3'
import { minuteMs } from '../../engine/clock.ts'
import type { HourResult } from './simulate-hour.ts'
import { findFailures } from './verdict.ts'

/** The run as a table. */
export function toTable(result: HourResult): string {
  const { options, lastChargeMs, lastEventMs, databaseLoad } = result
  const table = new Table({
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right'],
  })
  const count = (value: number) => value.toLocaleString('en-US')
  const minutes = (ms: number) => (ms / minuteMs).toFixed(1)
  table.push(
    ['subscriptions', count(options.charges)],
    ['a card company answers in', `${options.providerMs} ms`],
    ['invocations at once, most', count(options.maxConcurrency)],
    ['minutes until the last one is charged', minutes(lastChargeMs)],
    ['minutes until the last event is delivered', minutes(lastEventMs)],
    ['charges at once, most', count(result.mostChargesAtOnce)],
    ['statements', count(result.statements)],
    ['time in which the database runs them', `${(databaseLoad * 100).toFixed(0)} %`],
    ['statements of one invocation, most', count(result.mostStatements)],
    ['broken', findFailures(result).join('\n') || 'none'],
  )
  return table.toString()
}
