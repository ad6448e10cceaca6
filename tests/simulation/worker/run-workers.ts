import { setImmediate as untilSettled } from 'node:timers/promises'
import { createPrng, type Prng } from '../engine/prng.ts'
import {
  type RunningSchedule,
  type RunSummary,
  runSchedules,
  type ScheduleResult,
} from '../engine/run-schedules.ts'
import { makeCryptoPrompt } from './bindings/crypto.ts'
import { readMigrations, Sqlite } from './bindings/sqlite.ts'
import { createWorkerSimulation } from './simulation/worker-simulation.ts'
import type { SqlMutant } from './sql-mutants.ts'

/** Runs schedules of the whole worker from a seed up to, not including, another, or until the failures are enough. */
export async function runWorkers(
  from: number,
  to: number,
  mutant: SqlMutant,
  onProgress?: (done: number) => void,
  isEnough?: (failures: readonly ScheduleResult[]) => boolean,
): Promise<RunSummary> {
  makeCryptoPrompt()
  const migrations = readMigrations()
  const free: Sqlite[] = []
  const coverage: Record<string, number> = {}
  const count = (key: string): void => {
    coverage[key] = (coverage[key] ?? 0) + 1
  }
  const { splitsBatches } = mutant
  const start = (seed: number): RunningSchedule => {
    const sqlite = free.pop() ?? new Sqlite(migrations, mutant.patch)
    sqlite.begin()
    const simulation = createWorkerSimulation(createPrng(seed), { sqlite, splitsBatches, count })
    return {
      step() {
        if (simulation.step()) return null
        sqlite.rollback()
        free.push(sqlite)
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

/** Runs one schedule to its end and gives its violations. */
export async function runWorker(
  prng: Prng,
  mutant: SqlMutant,
  log?: (line: string) => void,
): Promise<readonly string[]> {
  makeCryptoPrompt()
  const sqlite = new Sqlite(readMigrations(), mutant.patch)
  sqlite.begin()
  const { splitsBatches } = mutant
  const count = (): void => undefined
  const simulation = createWorkerSimulation(prng, {
    sqlite,
    splitsBatches,
    count,
    ...(log === undefined ? {} : { log }),
  })
  while (simulation.step()) await untilSettled()
  return simulation.violations
}
