// npm run bench -- --page: what the benchmarks have written, as one page that needs no network.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type Machine, toLine } from '../machine.ts'
import {
  type GrowthResult,
  type NodeResult,
  type ScenariosResult,
  toGrowthCharts,
  toNodeCharts,
  toScenarioCharts,
} from './charts.ts'
import { type Chart, drawChart } from './echarts.ts'

/** The results of one benchmark. */
interface Part {
  readonly title: string
  readonly command: string
  readonly file: string
  readonly draw: (result: unknown) => readonly Chart[]
}

const page = '.cache/bench/index.html'

// Written by this version of the benchmark: their shape is not checked.
const parts: readonly Part[] = [
  {
    title: 'Scenarios',
    command: 'npm run bench -- --scenarios',
    file: '.cache/bench-scenarios.json',
    draw: (result) => toScenarioCharts(result as ScenariosResult),
  },
  {
    title: 'On each database',
    command: 'npm run bench -- --node',
    file: '.cache/bench-node.json',
    draw: (result) => toNodeCharts(result as NodeResult),
  },
  {
    title: 'Growth',
    command: 'npm run bench -- --node --growth',
    file: '.cache/bench-growth.json',
    draw: (result) => toGrowthCharts(result as GrowthResult),
  },
]

const found = parts.filter(({ file }) => existsSync(file))
mkdirSync('.cache/bench', { recursive: true })
writeFileSync(page, toPage(found))
for (const { file, command } of parts) if (!existsSync(file)) console.log(`no ${file}: ${command}`)
console.log(page)

function toPage(some: readonly Part[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Benchmarks</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
figure { margin: 2rem 0 } svg { max-width: 100%; height: auto } figcaption, small { color: #555 } h3 { margin-bottom: 0 }
</style>
<h1>Benchmarks</h1>
${some.map(toSection).join('\n') || '<p>No benchmark has been run.</p>'}
</html>
`
}

function toSection({ title, command, file, draw }: Part): string {
  const result: { readonly machine: Machine } = JSON.parse(readFileSync(file, 'utf8'))
  const measured = statSync(file).mtime.toISOString().slice(0, 16).replace('T', ' ')
  const from = `${toLine(result.machine)} · ${measured} UTC · ${command}`
  return `<section>
<h2>${escape(title)}</h2>
<p><small>${escape(from)}</small></p>
${draw(result).map(toFigure).join('\n')}
</section>`
}

function toFigure(chart: Chart): string {
  const { title, text } = chart
  return `<figure>
<h3>${escape(title)}</h3>
<figcaption>${escape(text)}</figcaption>
${drawChart(chart)}
</figure>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
