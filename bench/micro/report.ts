import Table from 'cli-table3'
import { type Interval, median } from '../statistics.ts'
import type { Comparison } from './contestant.ts'
import type { ContestantFigures, GroupFigures } from './rounds.ts'
import { compareRounds, type MicroTarget } from './targets.ts'

/** Formats what was measured as one table. */
export function toTable(measured: readonly GroupFigures[], random: () => number): string {
  const table = new Table({
    head: ['work', '', 'ns, median', 'ns, p99', 'per second', 'bytes', 'rate ours / it (95 %)'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { group, contestants } of measured) {
    const ours = contestants.find(({ name }) => name === 'ours')
    for (const each of contestants) table.push([group, ...toCells(each, ours, random)])
  }
  return table.toString()
}

function toCells(
  figures: ContestantFigures,
  ours: ContestantFigures | undefined,
  random: () => number,
): string[] {
  const { name, rounds, bytesPerCall } = figures
  const ratio =
    ours === undefined || ours === figures
      ? ''
      : showInterval(
          compareRounds(ours, figures, (oursNs, itNs) => itNs / oursNs, random),
          2,
        )
  const ns = (of: (round: ContestantFigures['rounds'][number]) => number) => median(rounds.map(of))
  return [
    name,
    ns(({ medianNs }) => medianNs).toFixed(0),
    ns(({ p99Ns }) => p99Ns).toFixed(0),
    Math.round(1e9 / ns(({ meanNs }) => meanNs)).toLocaleString('en'),
    bytesPerCall.toFixed(0),
    ratio,
  ]
}

/** A target on one line. */
export function showTarget({ name, value, limit, isKept }: MicroTarget): string {
  return `${isKept ? 'ok  ' : 'MISS'} ${name}: ${showInterval(value, 2)}, target ${limit}`
}

/** What a comparison has shown, on one line. */
export function showComparison({ group, kinds }: Comparison): string {
  const counts = Object.entries(kinds).toSorted(([, a], [, b]) => b - a)
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const list = counts.map(([kind, count]) => `${kind} ${count}`).join(', ')
  return `${group}: all agree on ${total} cases (${list})`
}

function showInterval({ median: middle, low, high }: Interval, digits: number): string {
  return `${middle.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}
