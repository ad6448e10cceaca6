import { createRequire } from 'node:module'
import { resolve } from 'node:path'

/** One series of a chart. */
export interface Series {
  readonly type: 'bar' | 'line'
  readonly name: string
  /** A value for each category, or points; null where there is none. */
  readonly data: readonly (number | null | readonly [number, number])[]
}

/** One chart, as far as this page draws any. */
export interface Chart {
  readonly title: string
  /** What it shows and how it was measured. */
  readonly text: string
  /** The names below the bars; null where the x axis has numbers. */
  readonly categories: readonly string[] | null
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

/** An axis; logarithmic where the values span orders of magnitude. */
export interface Axis {
  readonly name: string
  readonly isLog?: boolean
}

/** The part of echarts that is used here. */
interface Echarts {
  init(
    element: null,
    theme: null,
    options: { renderer: 'svg'; ssr: true; width: number; height: number },
  ): { setOption(option: object): void; renderToSVGString(): string; dispose(): void }
}

const size = { width: 900, height: 400 }
/** Distinguishable also by those who see fewer colours (Okabe and Ito). */
const colours = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#e69f00',
  '#000000',
  '#999999',
]

/** Draws a chart as SVG, without a browser. */
export function drawChart({ title, categories, x, y, series }: Chart): string {
  // Installed on demand, in a folder of its own.
  const echarts: Echarts = createRequire(resolve('bench/page/package.json'))('echarts')
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  chart.setOption({
    animation: false,
    color: colours,
    aria: { enabled: true, label: { description: title } },
    legend: { top: 0, itemGap: 24 },
    grid: { left: 80, right: 30, top: 60, bottom: 80 },
    xAxis: {
      type: categories === null ? toType(x) : 'category',
      name: x.name,
      nameLocation: 'middle',
      nameGap: 34,
      ...(categories === null ? {} : { data: categories, axisLabel: toLabels(categories) }),
    },
    yAxis: { type: toType(y), name: y.name, nameLocation: 'middle', nameGap: 50 },
    series: series.map((each) => ({ ...each, symbolSize: 5, showSymbol: each.data.length < 20 })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/** Every name, slanted where they would run into each other. */
function toLabels(categories: readonly string[]): object {
  const isLong = categories.join('').length > 80
  return { interval: 0, ...(isLong ? { rotate: 20 } : {}) }
}

function toType({ isLog = false }: Axis): 'log' | 'value' {
  return isLog ? 'log' : 'value'
}
