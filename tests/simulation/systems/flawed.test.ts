import { describe, expect, it } from 'vitest'
import { type Outcome, runSeeds } from '../engine/run-schedules.ts'
import { draw } from '../report/chart.ts'
import { say } from '../report/print-count.ts'
import { shrink } from '../report/shrink.ts'
import { planted } from './flawed-common.ts'

const breaking =
  (invariant: string) =>
  ({ broken }: Outcome): boolean =>
    broken.some((each) => each.startsWith(`${invariant} `))

describe('a design that is wrong on purpose', () => {
  it.each(planted.map(([design, breaks]) => [design.name, breaks, design] as const))(
    '%s breaks %s within 1,000 schedules',
    async (_, invariant, design) => {
      const since = performance.now()
      const isFound = breaking(invariant)
      let found: Outcome | undefined
      const { schedules } = await runSeeds(design, 0, 1_000, undefined, (failures) => {
        found ??= failures.find(isFound)
        return found !== undefined
      })
      say(`schedules until "${design.name}" broke ${invariant}`, schedules, since)
      expect(found).toBeDefined()
    },
  )

  it('is shown as a short chart that can be replayed', async () => {
    const [design] = planted.find(([{ name }]) => name === 'inline fulfil') ?? []
    if (design === undefined) throw new TypeError('Cannot find the design')
    const { failures } = await runSeeds(design, 0, 200)
    const [first] = failures.filter(breaking('I1'))
    const shrunk = first === undefined ? null : await shrink(first.seed, design)
    if (first === undefined || shrunk === null) throw new TypeError('Cannot find a failure')
    const chart = draw(shrunk, first.seed, design.name).split('\n')
    expect(chart.length).toBeLessThan(24)
    expect(chart.at(-2)).toMatch(/^✗ I1 ORD-1 was fulfilled \d times$/)
    expect(chart.at(-1)).toBe(
      `replay: npm run proof -- --seed ${first.seed} --design "inline fulfil"`,
    )
  })

  // These two break by three turns of two payments each, or only once all else went well.
  const long = ['note of the past', 'marks before it sends']
  const brief = planted.filter(([{ name }]) => !long.includes(name))

  it.each(brief.map(([design, breaks]) => [design.name, breaks, design] as const))(
    '%s is drawn in at most 12 turns',
    async (_, invariant, design) => {
      const seeds: number[] = []
      await runSeeds(design, 0, 1_000, undefined, (failures) => {
        seeds.splice(
          0,
          seeds.length,
          ...failures.filter(breaking(invariant)).map(({ seed }) => seed),
        )
        return seeds.length >= 4
      })
      let fewest = Number.POSITIVE_INFINITY
      for (const seed of seeds) {
        if (fewest > 12) fewest = (await shrink(seed, design, invariant))?.lines.length ?? fewest
      }
      expect(fewest).toBeLessThanOrEqual(12)
    },
    300_000,
  )
})
