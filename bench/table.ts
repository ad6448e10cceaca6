import Table from 'cli-table3'
import { type Figure, isKept } from './figures.ts'

/** Formats the figures as a table, one line each. */
export function toTable(figures: readonly Figure[]): string {
  const table = new Table({
    head: ['figure', 'target', 'ours', 'sample', 'ours / sample', ''],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const figure of figures) {
    table.push([
      figure.name,
      figure.limit === null ? '' : `≤ ${show(figure.limit, figure, false)}`,
      show(figure.ours, figure),
      show(figure.sample, figure),
      showRatio(figure.ratio),
      showResult(figure),
    ])
  }
  return table.toString()
}

function show(value: number | null, { digits, unit }: Figure, isExact = true): string {
  if (value === null) return '—'
  const number = isExact ? value.toFixed(digits) : String(value)
  return unit === '' ? number : `${number} ${unit}`
}

function showRatio(ratio: Figure['ratio']): string {
  if (ratio === null) return '—'
  if (typeof ratio === 'number') return ratio.toFixed(2)
  return `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`
}

function showResult(figure: Figure): string {
  const kept = isKept(figure)
  if (kept === null) return ''
  return kept ? 'ok' : 'MISS'
}
