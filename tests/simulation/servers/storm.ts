import { createCuttingProxy } from '../../../packages/sql/test/transactions/cutting-proxy.ts'
import type { PrivateServer } from '../../servers/server-process.ts'
import type { FaultWindow } from '../blackbox/checkers/http-history.ts'
import type { StartDeployment } from '../blackbox/environment.ts'
import type { Nemesis } from '../blackbox/nemesis.ts'
import { type CheckedHistory, runBatch } from '../blackbox/run-histories.ts'
import { createPrng } from '../engine/prng.ts'
import { createMariadbStormDatabase } from './databases/mariadb.ts'
import { createPostgresStormDatabase } from './databases/postgres.ts'
import { type DisturbanceName, type Disturbed, disturbances } from './disturbances.ts'
import { type InstanceProgram, startInstances } from './instances.ts'

/** The databases that storms run on. */
export type DatabaseKind = 'PostgreSQL' | 'MariaDB'

/** Histories at once, on instances and a database that are disturbed. */
export interface Storm {
  readonly kind: DatabaseKind
  readonly instances: number
  /** What happens, one after the other. */
  readonly strikes: readonly DisturbanceName[]
  /** The first seed of its histories, and of the disturbances. */
  readonly seed: number
  readonly histories: number
  /** Whether MariaDB responds to a commit before it is on the disk, which is wrong on purpose. */
  readonly isForgetful?: boolean
}

/** What a storm runs on. */
export interface StormGround {
  readonly server: PrivateServer
  readonly program: InstanceProgram
}

/** A storm that is over. */
export interface StormResult {
  readonly checked: readonly CheckedHistory[]
  readonly orders: number
  readonly operations: number
  /** Transactions that the database ended because of others. */
  readonly conflicts: number
  readonly seconds: number
}

const createDatabase = {
  PostgreSQL: createPostgresStormDatabase,
  MariaDB: createMariadbStormDatabase,
} as const

/** How often a minute passes for the jobs. */
const jobsMs = 400
/** How often each reader of an order reads it. */
const readCount = 4

/** Runs a storm, lets the instances recover, and checks what was seen over HTTP. */
export async function runStorm(storm: Storm, ground: StormGround): Promise<StormResult> {
  const since = performance.now()
  const { kind, seed, histories, instances: count, isForgetful = false } = storm
  const database = await createDatabase[kind](ground.server, isForgetful)
  const conflictsBefore = database.countConflicts()
  const proxy = await createCuttingProxy(database.url)
  const disturbed = Promise.withResolvers<Disturbed>()
  const startDeployment: StartDeployment = async (peers) => {
    const { program } = ground
    const databaseUrl = proxy.through(database.url)
    const instances = await startInstances({ program, count, databaseUrl, peers })
    disturbed.resolve({ instances, database, proxy, prng: createPrng(seed + 7) })
    return instances
  }
  try {
    const nemesis = createStormNemesis(storm, ground, disturbed.promise)
    const seeds = Array.from({ length: histories }, (_, at) => seed + at)
    const checked = await runBatch(seeds, startDeployment, nemesis, readCount)
    const sum = (sizeOf: (each: CheckedHistory) => number): number =>
      checked.reduce((total, each) => total + sizeOf(each), 0)
    return {
      checked,
      orders: sum(({ history }) => history.orderSpecs.length),
      operations: sum(({ history }) => history.operations.length),
      conflicts: database.countConflicts() - conflictsBefore,
      seconds: (performance.now() - since) / 1000,
    }
  } finally {
    await proxy.close()
    await database.drop()
  }
}

/** Strikes while the histories run, one strike at a time, and now and then refuses an event. */
function createStormNemesis(
  { strikes, seed }: Storm,
  { program }: StormGround,
  started: Promise<Disturbed>,
): Nemesis {
  const faultWindows: FaultWindow[] = []
  // The last one begins when two thirds of the histories are over.
  const waiting = strikes.map((name, at) => ({ name, share: (at + 0.3) / strikes.length / 1.5 }))
  const refusals = createPrng(seed + 11)
  const tried = new Set<string>()
  let since = 0
  let hasEnded = false
  let striking: Promise<void> | null = null
  let lastJobsAt = 0

  const strike = async (name: DisturbanceName): Promise<void> => {
    const from = performance.now()
    await disturbances[name].strike(await started)
    faultWindows.push({ kind: disturbances[name].kind, from, to: performance.now() })
    striking = null
  }
  return {
    faultWindows,
    async start() {
      since = performance.now()
    },
    async tick(environment, share) {
      const [next] = waiting
      if (striking === null && next !== undefined && share >= next.share) {
        waiting.shift()
        striking = strike(next.name)
        // It is awaited at the end, which reports what it throws.
        striking.catch(() => undefined)
      }
      if (!program.isControlled || performance.now() - lastJobsAt < jobsMs) return
      await environment.runCron()
      lastJobsAt = performance.now()
    },
    isDone: () => waiting.length === 0,
    async stop() {
      await striking
      hasEnded = true
      const to = performance.now()
      faultWindows.push({ kind: 'receiver', from: since, to })
      // By the clock of a busy machine, limits of the program end what is only slow.
      if (!program.isControlled) faultWindows.push({ kind: 'database', from: since, to })
      const { instances } = await started
      await instances.restartAll()
    },
    async faultLookups() {},
    receiverStatus(id) {
      if (hasEnded || tried.has(id)) return 204
      tried.add(id)
      return refusals.below(4) === 3 ? 500 : 204
    },
  }
}
