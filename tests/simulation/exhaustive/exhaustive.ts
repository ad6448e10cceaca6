import { setImmediate as untilQuiet } from 'node:timers/promises'
import { allGuards, type Guards } from '../engine/fake-database.ts'
import { interleave } from './orderings.ts'
import { type Commit, calm, type Lane, Race, stepsOfChannel } from './race.ts'

/** Which races are run in every order of their steps. */
export type Field =
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
export interface Exhausted {
  readonly races: number
  readonly wrong: readonly string[]
}

const commits: readonly Commit[] = ['ok', 'before', 'after']
const deaths = Array.from({ length: stepsOfChannel + 1 }, (_, diesAfter) => diesAfter)
const dying = (diesAfter: number): Lane => ({ ...calm, diesAfter })
const meeting = (commit: Commit): Lane => ({ ...calm, commit })
/** One lane of three that fares otherwise. */
const each = (lane: Lane): readonly (readonly Lane[])[] =>
  [0, 1, 2].map((at) => [calm, calm, calm].with(at, lane))

const fields: Readonly<Record<Field, readonly (readonly Lane[])[]>> = {
  'three calm channels': [[calm, calm, calm]],
  'two channels and all pairs of deaths': deaths.flatMap((one) =>
    deaths.map((other) => [dying(one), dying(other)]),
  ),
  'two channels and all outcomes of their commits': commits.flatMap((one) =>
    commits.map((other) => [meeting(one), meeting(other)]),
  ),
  'three channels and each single death': deaths.slice(0, -1).flatMap((at) => each(dying(at))),
  'three channels and each outcome of one commit': commits
    .slice(1)
    .flatMap((commit) => each(meeting(commit))),
}

const sideBySide = 64

/** Runs one part of `parts` of all orders of a field. */
export async function exhaust(
  field: Field,
  part: number,
  parts: number,
  onProgress?: (races: number) => void,
  guards: Guards = allGuards,
): Promise<Exhausted> {
  const wrong: string[] = []
  let races = 0
  let batch: Race[] = []
  const finish = async (): Promise<void> => {
    await runTogether(batch)
    races += batch.length
    for (const race of batch) {
      const what = race.judge()
      if (what !== null && wrong.length < 5) wrong.push(`${field}: ${what} in ${race.path}`)
    }
    batch = []
    onProgress?.(races)
  }
  for (const lanes of fields[field]) {
    let at = 0
    for (const order of interleave(lanes.length, stepsOfChannel)) {
      if (at++ % parts !== part) continue
      batch.push(new Race(order, lanes, guards))
      if (batch.length === sideBySide) await finish()
    }
  }
  await finish()
  return { races, wrong }
}

async function runTogether(races: readonly Race[]): Promise<void> {
  for (let isLeft = races.length > 0; isLeft; ) {
    isLeft = false
    for (const race of races) if (race.step()) isLeft = true
    await untilQuiet()
  }
  await Promise.all(races.filter((race) => race.isWounded).map((race) => race.repair()))
}
