import { setImmediate as untilQuiet } from 'node:timers/promises'
import { type Chance, createChance } from '../chance.ts'
import type { Outcome, Tally } from '../run.ts'
import { makeCryptoPrompt } from './crypto.ts'
import type { Flaw } from './flaws.ts'
import { readMigrations, Sqlite } from './sqlite.ts'
import { createWorkerWorld, type WorkerWorld } from './world.ts'

/** How many worlds move side by side: waiting until all of them are quiet costs as much as for one. */
const sideBySide = 32
const maxFailures = 5

interface Moving {
  readonly seed: number
  readonly world: WorkerWorld
  readonly sqlite: Sqlite
}

/** Runs schedules of the whole worker from a seed up to, not including, another, or until one breaks. */
export async function runWorkers(
  from: number,
  to: number,
  flaw: Flaw,
  onProgress: (done: number) => void = () => undefined,
  isEnough: (failures: readonly Outcome[]) => boolean = () => false,
): Promise<Tally> {
  makeCryptoPrompt()
  const migrations = readMigrations()
  const free: Sqlite[] = []
  const reach: Record<string, number> = {}
  const count = (key: string): void => {
    reach[key] = (reach[key] ?? 0) + 1
  }
  const failures: Outcome[] = []
  let moving: Moving[] = []
  let next = from
  let hash = 0
  let done = 0
  const open = (seed: number): Moving => {
    const sqlite = free.pop() ?? new Sqlite(migrations, flaw.patch)
    sqlite.begin()
    const { isSundered } = flaw
    return {
      seed,
      sqlite,
      world: createWorkerWorld(createChance(seed), { sqlite, isSundered, count }),
    }
  }
  while (true) {
    while (next < to && moving.length < sideBySide) moving.push(open(next++))
    if (moving.length === 0) break
    moving = moving.filter(({ seed, world, sqlite }) => {
      const isLeft = world.step()
      if (isLeft) return true
      sqlite.rollback()
      free.push(sqlite)
      done++
      hash = (hash + world.hash) | 0
      const { broken } = world
      if (broken.length > 0) failures.push({ seed, broken, hash: world.hash })
      return false
    })
    if (isEnough(failures)) break
    onProgress(done)
    await untilQuiet()
  }
  const first = failures.sort((a, b) => a.seed - b.seed).slice(0, maxFailures)
  return { schedules: done, hash: hash >>> 0, failures: first, reach }
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
