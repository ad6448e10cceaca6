import Table from 'cli-table3'
import { type Line, type ScenarioReport, toShares } from './scenario.ts'

/** What a scenario has shown, with its name. */
export interface NamedReport extends ScenarioReport {
  readonly name: string
}

/** Formats all scenarios as one table. */
export function toTable(reports: readonly NamedReport[]): string {
  const table = new Table({
    head: ['scenario', 'subject', 'per second', 'CPU µs', 'calls', 'p50 ms', 'p99 ms', ''],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const { name, lines } of reports) for (const line of lines) table.push(toRow(name, line))
  return table.toString()
}

function toRow(name: string, line: Line): string[] {
  const { subject, perSecond, cpuMicros, callsEach, latenciesMs, note = '', violations } = line
  const shares = latenciesMs === undefined ? null : toShares(latenciesMs)
  const rate = show(perSecond, 0)
  return [
    name,
    subject,
    violations.length === 0 || perSecond === undefined ? rate : 'void',
    show(cpuMicros, 0),
    show(callsEach, 3),
    show(shares?.p50, 1),
    show(shares?.p99, 1),
    note,
  ]
}

function show(value: number | undefined, digits: number): string {
  return value === undefined || Number.isNaN(value) ? '—' : value.toFixed(digits)
}

/** What the subjects did wrong, a sentence each. */
export function toViolations(reports: readonly NamedReport[]): readonly string[] {
  return reports.flatMap(({ name, lines }) =>
    lines.flatMap(({ subject, violations }) =>
      violations.map((violation) => `${name}, ${subject}: ${violation}`),
    ),
  )
}
