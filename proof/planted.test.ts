import { describe, expect, it } from 'vitest'
import { planted } from './planted.ts'
import { type Outcome, runSeeds } from './run.ts'
import { say } from './say.ts'
import { draw, shrink } from './shrink.ts'

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
})
