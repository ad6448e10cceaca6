import { setImmediate as untilQuiet } from 'node:timers/promises'
import { allGuards, type Guards } from '../engine/fake-database.ts'
import { interleave } from './orderings.ts'
import { type ChannelPlan, type CommitOutcome, faultless, Race, stepsPerChannel } from './race.ts'

/** Which races are run in every order of their steps. */
export type RaceSpace =
  /** Three channels, nothing fails. */
  | 'three calm channels'
  /** Two channels, each dying after every number of steps. */
  | 'two channels and all pairs of deaths'
  /** Two channels, each commit meeting each of its three outcomes. */
  | 'two channels and all outcomes of their commits'
  /** Three channels, one of them dying after each number of steps. */
  | 'three channels and each single death'
  /** Three channels, one of them meeting each outcome of its commit. */
  | 'three channels and each outcome of one commit'

/** How many races were run, and the first that went wrong. */
export interface ExhaustiveResult {
  readonly races: number
  readonly violations: readonly string[]
}

const commits: readonly CommitOutcome[] = ['ok', 'before', 'after']
const crashPoints = Array.from({ length: stepsPerChannel + 1 }, (_, crashesAfter) => crashesAfter)
const crashing = (crashesAfter: number): ChannelPlan => ({ ...faultless, crashesAfter })
const withCommit = (commit: CommitOutcome): ChannelPlan => ({ ...faultless, commit })
/** One lane of three that fares otherwise. */
const oneOfThree = (plan: ChannelPlan): readonly (readonly ChannelPlan[])[] =>
  [0, 1, 2].map((at) => [faultless, faultless, faultless].with(at, plan))

const raceSpaces: Readonly<Record<RaceSpace, readonly (readonly ChannelPlan[])[]>> = {
  'three calm channels': [[faultless, faultless, faultless]],
  'two channels and all pairs of deaths': crashPoints.flatMap((one) =>
    crashPoints.map((other) => [crashing(one), crashing(other)]),
  ),
  'two channels and all outcomes of their commits': commits.flatMap((one) =>
    commits.map((other) => [withCommit(one), withCommit(other)]),
  ),
  'three channels and each single death': crashPoints
    .slice(0, -1)
    .flatMap((at) => oneOfThree(crashing(at))),
  'three channels and each outcome of one commit': commits
    .slice(1)
    .flatMap((commit) => oneOfThree(withCommit(commit))),
}

const maxConcurrent = 64

/** Runs one part of `parts` of all orders of a field. */
export async function runEveryOrdering(
  space: RaceSpace,
  part: number,
  parts: number,
  onProgress?: (races: number) => void,
  guards: Guards = allGuards,
): Promise<ExhaustiveResult> {
  const violations: string[] = []
  let races = 0
  let batch: Race[] = []
  const runBatch = async (): Promise<void> => {
    await runTogether(batch)
    races += batch.length
    for (const race of batch) {
      const violation = race.check()
      if (violation !== null && violations.length < 5)
        violations.push(`${space}: ${violation} in ${race.path}`)
    }
    batch = []
    onProgress?.(races)
  }
  for (const plans of raceSpaces[space]) {
    let at = 0
    for (const ordering of interleave(plans.length, stepsPerChannel)) {
      if (at++ % parts !== part) continue
      batch.push(new Race(ordering, plans, guards))
      if (batch.length === maxConcurrent) await runBatch()
    }
  }
  await runBatch()
  return { races, violations }
}

async function runTogether(races: readonly Race[]): Promise<void> {
  for (let isLeft = races.length > 0; isLeft; ) {
    isLeft = false
    for (const race of races) if (race.step()) isLeft = true
    await untilQuiet()
  }
  await Promise.all(races.filter((race) => race.hasFaults).map((race) => race.recover()))
}
