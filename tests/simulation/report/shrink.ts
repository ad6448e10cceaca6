import { createPrng, createReplayPrng } from '../engine/prng.ts'
import { runOneSchedule } from '../engine/run-schedules.ts'
import type { SystemUnderTest } from '../systems/system.ts'
import { condense } from './chart.ts'
import type { ShrunkSchedule } from './shrunk.ts'

/** The draws of a schedule that fails, with its trace and its violations. */
interface FailingSchedule extends ShrunkSchedule {
  readonly draws: readonly number[]
}

/** No choice of a workload needs a larger draw. */
const maxDraw = 9
/** How many new tails are tried for each prefix. */
const tailTries = 12
/** How many schedules a reduction may run. */
const maxRuns = 12_000

/**
 * Reduces the schedule of a failing seed; null when the seed does not fail, or breaks another invariant than the given
 * one.
 */
export async function shrink(
  seed: number,
  system: SystemUnderTest,
  invariant?: string,
): Promise<ShrunkSchedule | null> {
  const draws: number[] = []
  const first = await runOneSchedule(createPrng(seed, draws), system)
  const target = invariant ?? first[0]?.split(' ')[0]
  let left = maxRuns
  const run = async (candidate: readonly number[]): Promise<FailingSchedule | null> => {
    if (left-- <= 0) return null
    const lines: string[] = []
    const violations = await runOneSchedule(createReplayPrng(candidate), system, (line) =>
      lines.push(line),
    )
    const isSame = violations.some((each) => each.startsWith(`${target} `))
    return isSame ? { draws: candidate, lines: condense(lines, violations), violations } : null
  }
  let best = await run(draws)
  for (let before: FailingSchedule | null = null; best !== before; ) {
    before = best
    for (const next of [shorten, change, redrawTail])
      if (best !== null) best = await next(best, run)
  }
  return best
}

type RunDraws = (draws: readonly number[]) => Promise<FailingSchedule | null>

/** Removes draws, or replaces them by zero: many at once, then fewer. */
async function shorten(failing: FailingSchedule, run: RunDraws): Promise<FailingSchedule> {
  let best = failing
  for (let size = Math.ceil(best.draws.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.draws.length; ) {
      const { draws } = best
      const shorter = simplerOrNull(await run(draws.toSpliced(at, size)), best)
      if (shorter === null) {
        best = simplerOrNull(await run(draws.slice().fill(0, at, at + size)), best) ?? best
        at += size
      } else best = shorter
    }
  }
  return best
}

/** Replaces single draws: zero is the simplest draw, and yet another one may leave out a whole notice. */
async function change(failing: FailingSchedule, run: RunDraws): Promise<FailingSchedule> {
  let best = failing
  for (let at = 0; at < best.draws.length; at++) {
    for (let draw = 0; draw <= maxDraw; draw++) {
      if (draw === best.draws[at]) continue
      best = simplerOrNull(await run(best.draws.with(at, draw)), best) ?? best
    }
  }
  return best
}

/** Keeps a prefix and draws a new tail: the tail of a long schedule is seldom the shortest one. */
async function redrawTail(failing: FailingSchedule, run: RunDraws): Promise<FailingSchedule> {
  let best = failing
  for (let at = 0; at < best.draws.length; at++) {
    for (let tail = 0; tail < tailTries; tail++) {
      const prng = createPrng(at * tailTries + tail)
      const drawn = Array.from({ length: best.draws.length - at }, () => prng.below(maxDraw + 1))
      best = simplerOrNull(await run([...best.draws.slice(0, at), ...drawn]), best) ?? best
    }
  }
  return best
}

/** The candidate, if it is the simpler one: first by its turns, then by its draws. */
function simplerOrNull(
  candidate: FailingSchedule | null,
  best: FailingSchedule,
): FailingSchedule | null {
  if (candidate === null) return null
  const fewer = best.lines.length - candidate.lines.length
  return fewer > 0 || (fewer === 0 && costOf(candidate.draws) < costOf(best.draws))
    ? candidate
    : null
}

/** Fewer draws are simpler, and so are smaller ones. */
function costOf(draws: readonly number[]): number {
  return draws.reduce((sum, draw) => sum + 1 + Math.min(draw, maxDraw) / 10, 0)
}
