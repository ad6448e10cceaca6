import { createChance, createReplay } from '../engine/prng.ts'
import { runOne } from '../engine/run-schedules.ts'
import type { Design } from '../systems/system.ts'
import { fold } from './chart.ts'
import type { Shrunk } from './shrunk.ts'

/** The draws of a schedule that fails, and what came of them. */
interface Failing extends Shrunk {
  readonly draws: readonly number[]
}

/** Draws beyond this are all alike to a story. */
const highest = 9
/** How many other ends are tried for each beginning. */
const tails = 12
/** How many schedules a reduction may run. */
const patience = 12_000

/**
 * Reduces the schedule of a failing seed; null when the seed does not fail, or breaks something else than the
 * invariant that is asked for.
 */
export async function shrink(
  seed: number,
  design: Design,
  invariant?: string,
): Promise<Shrunk | null> {
  const draws: number[] = []
  const first = await runOne(createChance(seed, draws), design)
  const what = invariant ?? first[0]?.split(' ')[0]
  let left = patience
  const run = async (candidate: readonly number[]): Promise<Failing | null> => {
    if (left-- <= 0) return null
    const lines: string[] = []
    const broken = await runOne(createReplay(candidate), design, (line) => lines.push(line))
    const isSame = broken.some((each) => each.startsWith(`${what} `))
    return isSame ? { draws: candidate, lines: fold(lines, broken), broken } : null
  }
  let best = await run(draws)
  for (let before: Failing | null = null; best !== before; ) {
    before = best
    for (const next of [shorten, change, guess]) if (best !== null) best = await next(best, run)
  }
  return best
}

type Run = (draws: readonly number[]) => Promise<Failing | null>

/** Takes draws away, or calms them: many at once, then fewer. */
async function shorten(failing: Failing, run: Run): Promise<Failing> {
  let best = failing
  for (let size = Math.ceil(best.draws.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.draws.length; ) {
      const { draws } = best
      const shorter = better(await run(draws.toSpliced(at, size)), best)
      if (shorter === null) {
        best = better(await run(draws.slice().fill(0, at, at + size)), best) ?? best
        at += size
      } else best = shorter
    }
  }
  return best
}

/** Draws something else: nought is the calmest draw, and yet another one may leave out a whole notice. */
async function change(failing: Failing, run: Run): Promise<Failing> {
  let best = failing
  for (let at = 0; at < best.draws.length; at++) {
    for (let draw = 0; draw <= highest; draw++) {
      if (draw === best.draws[at]) continue
      best = better(await run(best.draws.with(at, draw)), best) ?? best
    }
  }
  return best
}

/** Keeps a beginning and draws the rest anew: what is left of a long schedule is seldom its shortest end. */
async function guess(failing: Failing, run: Run): Promise<Failing> {
  let best = failing
  for (let at = 0; at < best.draws.length; at++) {
    for (let tail = 0; tail < tails; tail++) {
      const chance = createChance(at * tails + tail)
      const drawn = Array.from({ length: best.draws.length - at }, () => chance.below(highest + 1))
      best = better(await run([...best.draws.slice(0, at), ...drawn]), best) ?? best
    }
  }
  return best
}

/** The candidate, if it is the simpler one: first by what happens in it, then by what was drawn. */
function better(candidate: Failing | null, best: Failing): Failing | null {
  if (candidate === null) return null
  const fewer = best.lines.length - candidate.lines.length
  return fewer > 0 || (fewer === 0 && weigh(candidate.draws) < weigh(best.draws)) ? candidate : null
}

/** Fewer draws are simpler, and so are smaller ones. */
function weigh(draws: readonly number[]): number {
  return draws.reduce((sum, draw) => sum + 1 + Math.min(draw, highest) / 10, 0)
}
