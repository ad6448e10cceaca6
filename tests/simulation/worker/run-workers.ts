import { setImmediate as untilQuiet } from 'node:timers/promises'
import { type Chance, createChance } from '../engine/prng.ts'
import { type Moving, type Outcome, runAll, type Tally } from '../engine/run-schedules.ts'
import { makeCryptoPrompt } from './bindings/crypto.ts'
import { readMigrations, Sqlite } from './bindings/sqlite.ts'
import type { Flaw } from './sql-mutants.ts'
import { createWorkerWorld } from './worker-simulation.ts'

/** Runs schedules of the whole worker from a seed up to, not including, another, or until one breaks. */
export async function runWorkers(
  from: number,
  to: number,
  flaw: Flaw,
  onProgress?: (done: number) => void,
  isEnough?: (failures: readonly Outcome[]) => boolean,
): Promise<Tally> {
  makeCryptoPrompt()
  const migrations = readMigrations()
  const free: Sqlite[] = []
  const reach: Record<string, number> = {}
  const count = (key: string): void => {
    reach[key] = (reach[key] ?? 0) + 1
  }
  const { isSundered } = flaw
  const open = (seed: number): Moving => {
    const sqlite = free.pop() ?? new Sqlite(migrations, flaw.patch)
    sqlite.begin()
    const world = createWorkerWorld(createChance(seed), { sqlite, isSundered, count })
    return {
      step() {
        if (world.step()) return null
        sqlite.rollback()
        free.push(sqlite)
        return world.broken
      },
      get hash() {
        return world.hash
      },
    }
  }
  const tally = await runAll(open, from, to, onProgress, isEnough)
  return { ...tally, reach }
}

/** Runs one schedule to its end and gives what it broke. */
export async function runWorker(
  chance: Chance,
  flaw: Flaw,
  tell?: (line: string) => void,
): Promise<readonly string[]> {
  makeCryptoPrompt()
  const sqlite = new Sqlite(readMigrations(), flaw.patch)
  sqlite.begin()
  const { isSundered } = flaw
  const count = (): void => undefined
  const world = createWorkerWorld(chance, {
    sqlite,
    isSundered,
    count,
    ...(tell === undefined ? {} : { tell }),
  })
  while (world.step()) await untilQuiet()
  return world.broken
}
