import { type Interval, toInterval } from '../statistics.ts'
import type { ContestantFigures, GroupFigures } from './rounds.ts'

/** A figure with its limit, and whether it is kept. */
export interface MicroTarget {
  readonly name: string
  readonly value: Interval
  readonly limit: string
  readonly isKept: boolean
}

const overJsonParseNs = 500
const ofZodAtLeast = 1.35
const ofValibotAtLeast = 2.3
const decisionsPerMicroAtLeast = 10

/** How the rounds of two contestants compare, by the median time of a call. */
export function compareRounds(
  one: ContestantFigures,
  other: ContestantFigures,
  compare: (oneNs: number, otherNs: number) => number,
  random: () => number,
): Interval {
  const values = one.rounds.map(({ medianNs }, round) =>
    compare(medianNs, other.rounds[round]?.medianNs ?? Number.NaN),
  )
  return toInterval(values, random)
}

/** Checks the targets of everything that was measured. */
export function toTargets(
  measured: readonly GroupFigures[],
  random: () => number,
): readonly MicroTarget[] {
  const find = (group: string, name: string) =>
    measured
      .find((each) => each.group === group)
      ?.contestants.find((contestant) => contestant.name === name)
  const ours = find('payment', 'ours')
  const against = (name: string, compare: (oursNs: number, otherNs: number) => number) => {
    const other = find('payment', name)
    return ours && other ? compareRounds(ours, other, compare, random) : null
  }
  const faster = (oursNs: number, otherNs: number) => otherNs / oursNs
  const decision = find('decision', 'verify, decide')
  const rate = decision?.rounds.map(({ medianNs }) => 1_000 / medianNs)
  const over = against('JSON.parse only', (oursNs, parseNs) => oursNs - parseNs)
  return [
    over && atMost('payment: ns more than JSON.parse', over, overJsonParseNs),
    atLeast('payment: rate against zod', against('zod', faster), ofZodAtLeast),
    atLeast('payment: rate against valibot', against('valibot', faster), ofValibotAtLeast),
    atLeast(
      'decision: million per second',
      rate ? toInterval(rate, random) : null,
      decisionsPerMicroAtLeast,
    ),
  ].filter((target) => target !== null)
}

function atMost(name: string, value: Interval, limit: number): MicroTarget {
  return { name, value, limit: `≤ ${limit}`, isKept: value.median <= limit }
}

function atLeast(name: string, value: Interval | null, limit: number): MicroTarget | null {
  return value && { name, value, limit: `≥ ${limit}`, isKept: value.median >= limit }
}
