import type { Shrunk } from './shrunk.ts'

const actors = [
  'provider',
  'shop',
  'process',
  'callback',
  'redirect',
  'webhook',
  'sweep',
  'audit',
  'deliver',
]
/** Calls that change nothing. */
const looks = new Set(['find', 'fetch', 'search', 'list', 'claim'])

interface Happening {
  readonly who: string
  readonly what: string
  readonly how: string
}

/** What the world does by itself has no number: each of it is a turn of its own. */
const isTask = (who: string): boolean => who.includes('#')

const read = (line: string): Happening => {
  const [who = '', what = '', how = ''] = line.split(' | ')
  return { who, what, how }
}

/**
 * Tells what happened in as few lines as it has turns: who looked and did nothing is left out, unless an answer
 * is what broke, and what one task did while nobody else did anything is one line.
 */
export function fold(lines: readonly string[], broken: readonly string[]): readonly string[] {
  const all = lines.map(read)
  const isAnswer = broken.some((each) => /^I\d+ (callback|redirect|webhook) of /.test(each))
  const isLook = ({ what, how }: Happening): boolean =>
    (how === 'ok' && looks.has(what)) || (what === 'is answered' && !isAnswer)
  const busy = new Set(all.filter((each) => !isLook(each)).map(({ who }) => who))
  const turns: Happening[] = []
  for (const { who, what, how } of all) {
    if (!busy.has(who)) continue
    const said = how === 'ok' ? what : `${what} ${how}`.trimEnd()
    const last = turns.at(-1)
    if (last?.who === who && isTask(who))
      turns[turns.length - 1] = { ...last, what: `${last.what}, ${said}` }
    else turns.push({ who, what: said, how: '' })
  }
  return turns.map(({ who, what }) => `${who} | ${what}`)
}

/** Draws a shrunk schedule as a chart: a column for each who takes part, time downwards. */
export function draw({ lines, broken }: Shrunk, seed: number, design: string): string {
  const turns = lines.map(read)
  const present = actors.filter((actor) => turns.some(({ who }) => who.startsWith(actor)))
  const head = present.map((actor) => actor.padEnd(10)).join('')
  const rows = turns.map(({ who, what }) => {
    const column = present.findIndex((actor) => who.startsWith(actor))
    const lanes = present.map((_, at) => (at === column ? '●' : '│').padEnd(10)).join('')
    const about = who
      .split(' ')
      .slice(1)
      .filter((word) => !word.startsWith('#'))
    return `${lanes}${[...about, what].join(': ')}`
  })
  return [
    head,
    ...rows,
    ...broken.map((each) => `✗ ${each}`),
    `replay: npm run proof -- --seed ${seed} --design "${design}"`,
  ].join('\n')
}
