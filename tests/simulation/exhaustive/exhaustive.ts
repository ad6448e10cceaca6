import { setImmediate as untilSettled } from 'node:timers/promises'
import { allGuards, type Guards } from '../engine/fake-database.ts'
import { interleave } from './orderings.ts'
import { type ChannelPlan, type CommitOutcome, faultless, Race, stepsPerChannel } from './race.ts'

/** Which races are run in every ordering of their steps. */
export type RaceSpace =
  /** Three channels, nothing fails. */
  | 'three channels without faults'
  /** Two channels, each crashing after every number of steps. */
  | 'two channels and all pairs of crashes'
  /** Two channels, each commit with each of its three outcomes. */
  | 'two channels and all outcomes of their commits'
  /** Three channels, one of them crashing after each number of steps. */
  | 'three channels and each single crash'
  /** Three channels, one of them with each outcome of its commit. */
  | 'three channels and each outcome of one commit'

/** How many races were run, and the first violations. */
export interface ExhaustiveResult {
  readonly races: number
  readonly violations: readonly string[]
}

const commits: readonly CommitOutcome[] = ['ok', 'before', 'after']
const crashPoints = Array.from({ length: stepsPerChannel + 1 }, (_, crashesAfter) => crashesAfter)
const crashing = (crashesAfter: number): ChannelPlan => ({ ...faultless, crashesAfter })
const withCommit = (commit: CommitOutcome): ChannelPlan => ({ ...faultless, commit })
/** Each of three channels in turn with another plan than the others. */
const oneOfThree = (plan: ChannelPlan): readonly (readonly ChannelPlan[])[] =>
  [0, 1, 2].map((at) => [faultless, faultless, faultless].with(at, plan))

const raceSpaces: Readonly<Record<RaceSpace, readonly (readonly ChannelPlan[])[]>> = {
  'three channels without faults': [[faultless, faultless, faultless]],
  'two channels and all pairs of crashes': crashPoints.flatMap((one) =>
    crashPoints.map((other) => [crashing(one), crashing(other)]),
  ),
  'two channels and all outcomes of their commits': commits.flatMap((one) =>
    commits.map((other) => [withCommit(one), withCommit(other)]),
  ),
  'three channels and each single crash': crashPoints
    .slice(0, -1)
    .flatMap((at) => oneOfThree(crashing(at))),
  'three channels and each outcome of one commit': commits
    .slice(1)
    .flatMap((commit) => oneOfThree(withCommit(commit))),
}

const maxConcurrent = 64

/** Runs one of `parts` parts of all orderings of a space. */
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
    await untilSettled()
  }
  await Promise.all(races.filter((race) => race.hasFaults).map((race) => race.recover()))
}
