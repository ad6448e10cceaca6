import Table from 'cli-table3'
import { type Figure, isKept } from './figure.ts'

/** Formats the figures as a table, one line each. */
export function toTable(figures: readonly Figure[]): string {
  const table = new Table({
    head: ['figure', 'target', 'ours', 'floor', 'sample', 'ours / floor (95 %)', ''],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const figure of figures) {
    table.push([
      figure.name,
      showTarget(figure),
      show(figure.ours, figure),
      show(figure.floor, figure),
      show(figure.sample, figure),
      showInterval(figure.ofFloor),
      showResult(figure),
    ])
  }
  return table.toString()
}

function showTarget({ target, unit }: Figure): string {
  if (target === null) return ''
  const bound = target.bound === 'atLeast' ? '≥' : '≤'
  const limit = `${bound} ${target.limit}`
  if (target.of === 'ofFloor') return `${limit} × floor`
  return unit === '' ? limit : `${limit} ${unit}`
}

function show(value: number | null, { digits, unit }: Figure): string {
  if (value === null || Number.isNaN(value)) return '—'
  const number = value.toFixed(digits)
  return unit === '' ? number : `${number} ${unit}`
}

function showInterval(interval: Figure['ofFloor']): string {
  if (interval === null) return ''
  const { median, low, high } = interval
  return `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
}

function showResult(figure: Figure): string {
  const kept = isKept(figure)
  if (kept === null) return figure.target === null ? '' : 'not measured'
  return kept ? 'ok' : 'MISS'
}
