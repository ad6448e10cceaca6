import { describe, expect, it } from 'vitest'
import { runSeeds, type ScheduleResult } from '../engine/run-schedules.ts'
import { drawChart } from '../report/chart.ts'
import { printCount } from '../report/print-count.ts'
import { shrink } from '../report/shrink.ts'
import { flawedSystems } from './flawed-common.ts'

const breaking =
  (invariant: string) =>
  ({ violations }: ScheduleResult): boolean =>
    violations.some((each) => each.startsWith(`${invariant} `))

describe('a system that is wrong on purpose', () => {
  it.each(flawedSystems.map(([system, breaks]) => [system.name, breaks, system] as const))(
    '%s breaks %s within 3,000 schedules',
    async (_, invariant, system) => {
      const since = performance.now()
      const isFound = breaking(invariant)
      let found: ScheduleResult | undefined
      const { schedules } = await runSeeds(system, 0, 3_000, undefined, (failures) => {
        found ??= failures.find(isFound)
        return found !== undefined
      })
      printCount(`schedules until "${system.name}" broke ${invariant}`, schedules, since)
      expect(found).toBeDefined()
    },
  )

  it('is shown as a short chart with the command that repeats it', async () => {
    const [system] = flawedSystems.find(([{ name }]) => name === 'inline fulfil') ?? []
    if (system === undefined) throw new TypeError('Cannot find the system')
    const { failures } = await runSeeds(system, 0, 200)
    const [first] = failures.filter(breaking('I1'))
    const shrunk = first === undefined ? null : await shrink(first.seed, system)
    if (first === undefined || shrunk === null) throw new TypeError('Cannot find a failure')
    const chart = drawChart(shrunk, first.seed, system.name).split('\n')
    expect(chart.length).toBeLessThan(24)
    expect(chart.at(-2)).toMatch(/^✗ I1 ORD-1 was fulfilled \d times$/)
    expect(chart.at(-1)).toBe(
      `repeat: npm run simulate -- --seed ${first.seed} --system "inline fulfil"`,
    )
  })

  // The first needs three turns of two payments each; the second fails only once all else has succeeded; the third needs
  // an order that expired before its deposit is shown.
  const long = ['records a stale attempt', 'marks before sending', 'seen late is late']
  const brief = flawedSystems.filter(([{ name }]) => !long.includes(name))

  it.each(brief.map(([system, breaks]) => [system.name, breaks, system] as const))(
    '%s is drawn in at most 12 turns',
    async (_, invariant, system) => {
      const seeds: number[] = []
      await runSeeds(system, 0, 1_000, undefined, (failures) => {
        seeds.splice(
          0,
          seeds.length,
          ...failures.filter(breaking(invariant)).map(({ seed }) => seed),
        )
        return seeds.length >= 4
      })
      let fewest = Number.POSITIVE_INFINITY
      for (const seed of seeds) {
        if (fewest > 12) fewest = (await shrink(seed, system, invariant))?.lines.length ?? fewest
      }
      expect(fewest).toBeLessThanOrEqual(12)
    },
  )
})
