import { setImmediate as untilQuiet } from 'node:timers/promises'
import { judgeSchedule } from '../checkers/invariants.ts'
import type { Design } from '../systems/system.ts'
import { createReach, type Reach } from './coverage.ts'
import { type Chance, createChance } from './prng.ts'
import { createWorld, type World } from './simulation.ts'

/** What one schedule came to. */
export interface Outcome {
  readonly seed: number
  readonly broken: readonly string[]
  readonly hash: number
}

/** What many schedules came to; of those that broke something the first few are kept. */
export interface Tally {
  readonly schedules: number
  readonly hash: number
  readonly failures: readonly Outcome[]
  readonly reach: Readonly<Record<string, number>>
}

/** How many worlds move side by side: waiting until all of them are quiet costs as much as for one. */
const sideBySide = 32
const maxFailures = 5

/** A schedule under way. */
export interface Moving {
  /** Takes its next step; gives what it broke once it has ended, and null before. */
  step(): readonly string[] | null
  /** A number that two runs of one seed share, and hardly anything else does. */
  readonly hash: number
}

/**
 * Runs schedules side by side, from a seed up to, not including, another, or until the failures are enough.
 * `open` begins the schedule of a seed.
 */
export async function runAll(
  open: (seed: number) => Moving,
  from: number,
  to: number,
  onProgress: (done: number) => void = () => undefined,
  isEnough: (failures: readonly Outcome[]) => boolean = () => false,
): Promise<Omit<Tally, 'reach'>> {
  const failures: Outcome[] = []
  let moving: { readonly seed: number; readonly schedule: Moving }[] = []
  let next = from
  let hash = 0
  let done = 0
  while (true) {
    for (; next < to && moving.length < sideBySide; next++) {
      moving.push({ seed: next, schedule: open(next) })
    }
    if (moving.length === 0) break
    moving = moving.filter(({ seed, schedule }) => {
      const broken = schedule.step()
      if (broken === null) return true
      done++
      // Worlds end in an order that depends on their neighbours; a sum does not.
      hash = (hash + schedule.hash) | 0
      if (broken.length > 0) failures.push({ seed, broken, hash: schedule.hash })
      return false
    })
    if (isEnough(failures)) break
    onProgress(done)
    await untilQuiet()
  }
  const first = failures.sort((a, b) => a.seed - b.seed).slice(0, maxFailures)
  return { schedules: done, hash: hash >>> 0, failures: first }
}

/** Runs the seeds from `from` up to, not including, `to`, or until the failures are enough. */
export async function runSeeds(
  design: Design,
  from: number,
  to: number,
  onProgress?: (done: number) => void,
  isEnough?: (failures: readonly Outcome[]) => boolean,
): Promise<Tally> {
  const reach = createReach()
  const open = (seed: number): Moving => {
    const world = createWorld(createChance(seed), design, reach)
    return {
      step() {
        const isLeft = world.step()
        const broken = judgeNow(world, reach)
        return isLeft && broken.length === 0 ? null : broken
      },
      get hash() {
        return world.hash
      },
    }
  }
  const tally = await runAll(open, from, to, onProgress, isEnough)
  return { ...tally, reach: reach.counts }
}

function judgeNow(world: World, reach: Reach): readonly string[] {
  if (world.stage === null) return []
  const evidence = world.gather()
  if (world.stage === 'day') countEvents(evidence.events, reach)
  return judgeSchedule(evidence, world.stage)
}

function countEvents(events: ReturnType<World['gather']>['events'], reach: Reach): void {
  const before = new Map<string, string>()
  for (const { merchant_uid, kind, status } of events) {
    reach.event(before.get(merchant_uid) ?? 'pending', kind)
    before.set(merchant_uid, status)
  }
}

/** Runs one schedule to its end and gives what it broke. */
export async function runOne(
  chance: Chance,
  design: Design,
  tell?: (line: string) => void,
): Promise<readonly string[]> {
  const [broken = []] = await runWorlds([
    createWorld(chance, design, createReach(), tell === undefined ? {} : { tell }),
  ])
  return broken
}

/** Runs worlds to their ends, side by side, and gives what each of them broke. */
export async function runWorlds(worlds: readonly World[]): Promise<readonly (readonly string[])[]> {
  const reach = createReach()
  const results: (readonly string[])[] = worlds.map(() => [])
  let moving = worlds.map((world, at) => ({ world, at }))
  while (moving.length > 0) {
    moving = moving.filter(({ world, at }) => {
      const isLeft = world.step()
      const broken = judgeNow(world, reach)
      results[at] = broken
      return isLeft && broken.length === 0
    })
    await untilQuiet()
  }
  return results
}
