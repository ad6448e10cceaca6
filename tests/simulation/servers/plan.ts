import { createPrng } from '../engine/prng.ts'
import { type DisturbanceName, disturbances } from './disturbances.ts'
import type { Storm } from './storm.ts'

const names = Object.keys(disturbances).filter((name): name is DisturbanceName =>
  Object.hasOwn(disturbances, name),
)
const instances = [2, 4, 1] as const
const kinds = ['PostgreSQL', 'MariaDB'] as const

/** How far apart the seeds of two storms are. */
const seedsPerStorm = 1_000

/**
 * Returns the first storms of all that there are: both databases in turn, with two, four and one instance, and
 * in the first two everything that can go wrong.
 */
export function planStorms(count: number, histories: number): readonly Storm[] {
  return Array.from({ length: count }, (_, number): Storm => {
    const turn = Math.floor(number / kinds.length)
    return {
      kind: kinds[number % kinds.length] ?? 'PostgreSQL',
      instances: instances[turn % instances.length] ?? 1,
      strikes: drawStrikes(number),
      seed: number * seedsPerStorm,
      histories,
    }
  })
}

/** An instance and the database are killed in every storm; the other disturbances take turns. In the order that a seed draws. */
function drawStrikes(number: number): readonly DisturbanceName[] {
  const prng = createPrng(number)
  const turn = Math.floor(number / kinds.length)
  const isKill = (name: DisturbanceName): boolean => name.endsWith('killed')
  const others = names.filter((name) => !isKill(name))
  const drawn = others.filter((_, at) => (at + number + turn) % 2 === 0)
  return [...names.filter(isKill), ...drawn]
    .map((name) => ({ name, rank: prng.below(1_000) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name }) => name)
}
