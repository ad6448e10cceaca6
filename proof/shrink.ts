import { createChance, createReplay } from './chance.ts'
import type { Design } from './design.ts'
import { runOne } from './run.ts'

/** A failing schedule with everything gone that it fails without. */
export interface Shrunk {
  /** What happened, one line a happening: who, what, how it went. */
  readonly lines: readonly string[]
  readonly broken: readonly string[]
}

/** Reduces the schedule of a failing seed; null when the seed does not fail. */
export async function shrink(seed: number, design: Design): Promise<Shrunk | null> {
  let draws: number[] = []
  const first = await runOne(createChance(seed, draws), design)
  const what = first[0]?.split(' ')[0]
  if (what === undefined) return null
  const fails = async (candidate: readonly number[]): Promise<boolean> =>
    (await runOne(createReplay(candidate), design)).some((each) => each.startsWith(`${what} `))

  for (let before = Number.POSITIVE_INFINITY; weigh(draws) < before; ) {
    before = weigh(draws)
    for (let size = Math.ceil(draws.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < draws.length; ) {
        const without = draws.toSpliced(at, size)
        const calmer = draws.slice().fill(0, at, at + size)
        if (await fails(without)) draws = without
        else {
          if (weigh(calmer) < weigh(draws) && (await fails(calmer))) draws = calmer
          at += size
        }
      }
    }
  }
  const lines: string[] = []
  const broken = await runOne(createReplay(draws), design, (line) => lines.push(line))
  return { lines, broken }
}

/** Fewer draws are simpler, and so are smaller ones. */
function weigh(draws: readonly number[]): number {
  return draws.reduce((sum, draw) => sum + 1 + Math.min(draw, 9) / 10, 0)
}

const actors = [
  'provider',
  'shop',
  'process',
  'callback',
  'redirect',
  'webhook',
  'sweep',
  'deliver',
]

/** Draws a shrunk schedule as a chart: a column for each who takes part, time downwards. */
export function draw({ lines, broken }: Shrunk, seed: number, design: string): string {
  const happenings = lines.map((line) => line.split(' | '))
  const present = actors.filter((actor) => happenings.some(([who = '']) => who.startsWith(actor)))
  const head = present.map((actor) => actor.padEnd(10)).join('')
  const rows = happenings.map(([who = '', what = '', how = '']) => {
    const column = present.findIndex((actor) => who.startsWith(actor))
    const lanes = present.map((_, at) => (at === column ? '●' : '│').padEnd(10)).join('')
    const about = who.includes(' ') ? `${who.slice(who.indexOf(' ') + 1)}: ` : ''
    return `${lanes}${about}${what} ${how}`.trimEnd()
  })
  const ending = broken.map((each) => `✗ ${each}`)
  return [
    head,
    ...rows,
    ...ending,
    `replay: npm run proof -- --seed ${seed} --design "${design}"`,
  ].join('\n')
}
