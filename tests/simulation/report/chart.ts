import type { ShrunkSchedule } from './shrunk.ts'

const actors = [
  'provider',
  'merchant',
  'process',
  'callback',
  'redirect',
  'webhook',
  'sweep',
  'audit',
  'deliver',
]
/** Calls that change nothing. */
const readOnlyCalls = new Set(['find', 'fetch', 'search', 'list', 'claim'])

interface TraceLine {
  readonly actor: string
  readonly action: string
  readonly outcome: string
}

/** Only tasks have a number; any other line is a turn of its own. */
const isTask = (actor: string): boolean => actor.includes('#')

const parseLine = (line: string): TraceLine => {
  const [actor = '', action = '', outcome = ''] = line.split(' | ')
  return { actor, action, outcome }
}

/**
 * Reduces a trace to one line a turn: a task that only reads is left out, unless the violation is about a response,
 * and consecutive calls of one task are one line.
 */
export function condense(
  lines: readonly string[],
  violations: readonly string[],
): readonly string[] {
  const all = lines.map(parseLine)
  const isAboutResponse = violations.some((each) =>
    /^I\d+ (callback|redirect|webhook) of /.test(each),
  )
  const isReadOnly = ({ action, outcome }: TraceLine): boolean =>
    (outcome === 'ok' && readOnlyCalls.has(action)) || (action === 'responds' && !isAboutResponse)
  const busy = new Set(all.filter((each) => !isReadOnly(each)).map(({ actor }) => actor))
  const turns: TraceLine[] = []
  for (const { actor, action, outcome } of all) {
    if (!busy.has(actor)) continue
    const described = outcome === 'ok' ? action : `${action} ${outcome}`.trimEnd()
    const last = turns.at(-1)
    if (last?.actor === actor && isTask(actor))
      turns[turns.length - 1] = { ...last, action: `${last.action}, ${described}` }
    else turns.push({ actor, action: described, outcome: '' })
  }
  return turns.map(({ actor, action }) => `${actor} | ${action}`)
}

/** Draws a shrunk schedule as a chart: a column for each actor, time downwards. */
export function drawChart(
  { lines, violations }: ShrunkSchedule,
  seed: number,
  systemName: string,
): string {
  const turns = lines.map(parseLine)
  const present = actors.filter((name) => turns.some(({ actor }) => actor.startsWith(name)))
  const head = present.map((name) => name.padEnd(10)).join('')
  const rows = turns.map(({ actor, action }) => {
    const column = present.findIndex((name) => actor.startsWith(name))
    const lanes = present.map((_, at) => (at === column ? '●' : '│').padEnd(10)).join('')
    const about = actor
      .split(' ')
      .slice(1)
      .filter((word) => !word.startsWith('#'))
    return `${lanes}${[...about, action].join(': ')}`
  })
  return [
    head,
    ...rows,
    ...violations.map((each) => `✗ ${each}`),
    `repeat: npm run simulate -- --seed ${seed} --system "${systemName}"`,
  ].join('\n')
}
