import { setImmediate as untilSettled } from 'node:timers/promises'
import { checkInvariants } from '../checkers/invariants.ts'
import type { SystemUnderTest } from '../systems/system.ts'
import { type Coverage, createCoverage } from './coverage.ts'
import { createPrng, type Prng } from './prng.ts'
import { createSimulation, type Simulation } from './simulation.ts'

/** The result of one schedule. */
export interface ScheduleResult {
  readonly seed: number
  readonly violations: readonly string[]
  readonly hash: number
}

/** The result of many schedules; of those that failed the first few are kept. */
export interface RunSummary {
  readonly schedules: number
  readonly hash: number
  readonly failures: readonly ScheduleResult[]
  readonly coverage: Readonly<Record<string, number>>
}

/** How many simulations advance side by side: waiting until all of them have settled costs as much as for one. */
const maxConcurrent = 32
const maxFailures = 5

/** A schedule that is running. */
export interface RunningSchedule {
  /** Takes its next step; gives its violations once it has ended, and null before. */
  step(): readonly string[] | null
  /** A number that two runs of one seed share, and two seeds hardly ever do. */
  readonly hash: number
}

/**
 * Runs schedules side by side, from a seed up to, not including, another, or until the failures are enough.
 * `start` begins the schedule of a seed.
 */
export async function runSchedules(
  start: (seed: number) => RunningSchedule,
  from: number,
  to: number,
  onProgress: (done: number) => void = () => undefined,
  isEnough: (failures: readonly ScheduleResult[]) => boolean = () => false,
): Promise<Omit<RunSummary, 'coverage'>> {
  const failures: ScheduleResult[] = []
  let running: { readonly seed: number; readonly schedule: RunningSchedule }[] = []
  let next = from
  let hash = 0
  let done = 0
  while (true) {
    for (; next < to && running.length < maxConcurrent; next++) {
      running.push({ seed: next, schedule: start(next) })
    }
    if (running.length === 0) break
    running = running.filter(({ seed, schedule }) => {
      const violations = schedule.step()
      if (violations === null) return true
      done++
      // The order in which schedules end depends on what runs beside them; a sum does not.
      hash = (hash + schedule.hash) | 0
      if (violations.length > 0) failures.push({ seed, violations, hash: schedule.hash })
      return false
    })
    if (isEnough(failures)) break
    onProgress(done)
    await untilSettled()
  }
  const first = failures.sort((a, b) => a.seed - b.seed).slice(0, maxFailures)
  return { schedules: done, hash: hash >>> 0, failures: first }
}

/** Runs the seeds from `from` up to, not including, `to`, or until the failures are enough. */
export async function runSeeds(
  system: SystemUnderTest,
  from: number,
  to: number,
  onProgress?: (done: number) => void,
  isEnough?: (failures: readonly ScheduleResult[]) => boolean,
): Promise<RunSummary> {
  const coverage = createCoverage()
  const start = (seed: number): RunningSchedule => {
    const simulation = createSimulation(createPrng(seed), system, coverage)
    return {
      step() {
        const isLeft = simulation.step()
        const violations = checkNow(simulation, coverage)
        return isLeft && violations.length === 0 ? null : violations
      },
      get hash() {
        return simulation.hash
      },
    }
  }
  const summary = await runSchedules(start, from, to, onProgress, isEnough)
  return { ...summary, coverage: coverage.counts }
}

function checkNow(simulation: Simulation, coverage: Coverage): readonly string[] {
  if (simulation.checkpoint === null) return []
  const history = simulation.collectHistory()
  if (simulation.checkpoint === 'day') countEvents(history.events, coverage)
  return checkInvariants(history, simulation.checkpoint)
}

function countEvents(
  events: ReturnType<Simulation['collectHistory']>['events'],
  coverage: Coverage,
): void {
  const before = new Map<string, string>()
  for (const { merchant_uid, kind, status } of events) {
    coverage.event(before.get(merchant_uid) ?? 'pending', kind)
    before.set(merchant_uid, status)
  }
}

/** Runs one schedule to its end and gives its violations. */
export async function runOneSchedule(
  prng: Prng,
  system: SystemUnderTest,
  log?: (line: string) => void,
): Promise<readonly string[]> {
  const [violations = []] = await runSimulations([
    createSimulation(prng, system, createCoverage(), log === undefined ? {} : { log }),
  ])
  return violations
}

/** Runs simulations to their ends, side by side, and gives the violations of each. */
export async function runSimulations(
  simulations: readonly Simulation[],
): Promise<readonly (readonly string[])[]> {
  const coverage = createCoverage()
  const results: (readonly string[])[] = simulations.map(() => [])
  let running = simulations.map((simulation, at) => ({ simulation, at }))
  while (running.length > 0) {
    running = running.filter(({ simulation, at }) => {
      const isLeft = simulation.step()
      const violations = checkNow(simulation, coverage)
      results[at] = violations
      return isLeft && violations.length === 0
    })
    await untilSettled()
  }
  return results
}
