import { setImmediate as untilSettled } from 'node:timers/promises'
import { createPrng, type Prng } from '../engine/prng.ts'
import {
  type RunningSchedule,
  type RunSummary,
  runSchedules,
  type ScheduleResult,
} from '../engine/run-schedules.ts'
import { makeCryptoPrompt } from './bindings/crypto.ts'
import type { OpenComposition } from './compositions/composition.ts'
import { createWorkerSimulation } from './simulation/worker-simulation.ts'

/** Runs schedules of the whole server from a seed up to, not including, another, or until the failures are enough. */
export async function runWorkers(
  from: number,
  to: number,
  open: OpenComposition,
  onProgress?: (done: number) => void,
  isEnough?: (failures: readonly ScheduleResult[]) => boolean,
): Promise<RunSummary> {
  makeCryptoPrompt()
  const coverage: Record<string, number> = {}
  const count = (key: string): void => {
    coverage[key] = (coverage[key] ?? 0) + 1
  }
  const start = (seed: number): RunningSchedule => {
    const { composition, close } = open()
    const simulation = createWorkerSimulation(createPrng(seed), { composition, count })
    return {
      step() {
        if (simulation.step()) return null
        close()
        return simulation.violations
      },
      get hash() {
        return simulation.hash
      },
    }
  }
  const summary = await runSchedules(start, from, to, onProgress, isEnough)
  return { ...summary, coverage }
}

/**
 * Runs schedules until one breaks an invariant, `most` at most.
 *
 * @returns How many were run, and how many of them broke one of the invariants.
 */
export async function runUntilBroken(
  open: OpenComposition,
  invariants: readonly string[],
  most: number,
): Promise<{ readonly schedules: number; readonly broken: number }> {
  const isFound = ({ violations }: ScheduleResult): boolean =>
    violations.some((each) => invariants.some((invariant) => each.startsWith(`${invariant} `)))
  const { schedules, failures } = await runWorkers(0, most, open, undefined, (all) =>
    all.some(isFound),
  )
  return { schedules, broken: failures.filter(isFound).length }
}

/** Runs one schedule to its end and gives its violations. */
export async function runWorker(
  prng: Prng,
  open: OpenComposition,
  log?: (line: string) => void,
): Promise<readonly string[]> {
  makeCryptoPrompt()
  const { composition, close } = open()
  const count = (): void => undefined
  const simulation = createWorkerSimulation(prng, {
    composition,
    count,
    ...(log === undefined ? {} : { log }),
  })
  while (simulation.step()) await untilSettled()
  close()
  return simulation.violations
}
