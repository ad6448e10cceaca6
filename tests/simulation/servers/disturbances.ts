import { setTimeout as sleep } from 'node:timers/promises'
import type { CuttingProxy } from '../../../packages/sql/test/transactions/cutting-proxy.ts'
import type { FaultWindow } from '../blackbox/checkers/http-history.ts'
import type { Prng } from '../engine/prng.ts'
import type { StormDatabase } from './databases/database.ts'
import type { Instances } from './instances.ts'

/** What a disturbance acts on. */
export interface Disturbed {
  readonly instances: Instances
  readonly database: StormDatabase
  readonly proxy: CuttingProxy
  readonly prng: Prng
}

/** Something that goes wrong for a while. */
export interface Disturbance {
  /** What clients notice at most. */
  readonly kind: FaultWindow['kind']
  /** Resolves when it is over. */
  readonly strike: (disturbed: Disturbed) => Promise<void>
}

/** The disturbances, by name. */
export const disturbances = {
  /** One instance is killed and started again. */
  'instance killed': {
    kind: 'crash',
    strike: ({ instances, prng }) => instances.restart(prng.below(instances.count)),
  },
  /** The database server is killed and, after a while, started again on its disk. */
  'database killed': {
    kind: 'database',
    async strike({ database, prng }) {
      await database.kill()
      await sleep(prng.below(1_500))
      await database.start()
    },
  },
  /** Connections break at a COMMIT: before it reaches the server, or after it took effect. */
  'connections cut': {
    kind: 'database',
    async strike({ proxy, prng }) {
      proxy.cut(...Array.from({ length: 12 }, () => (prng.below(2) === 1 ? 'before' : 'after')))
      await sleep(1_000)
      proxy.cancelCuts()
    },
  },
  /** Another program locks rows in the other order. */
  deadlocks: {
    kind: 'database',
    async strike({ database, prng }) {
      const before = database.countConflicts()
      for (let times = 1; times <= 40; times++) {
        await database.lockOnce()
        // It goes on until one was met.
        if (times >= 10 && database.countConflicts() > before) return
        await sleep(prng.below(40))
      }
    },
  },
  /** The database takes no writes. */
  'read-only': {
    kind: 'database',
    async strike({ database, prng }) {
      await database.setReadOnly(true)
      await sleep(prng.below(800))
      await database.setReadOnly(false)
    },
  },
  /** The disk of the database is full. */
  'disk full': {
    kind: 'database',
    async strike({ database, prng }) {
      await database.setFull(true)
      await sleep(prng.below(800))
      await database.setFull(false)
    },
  },
  /** Everything that is sent to the database takes longer. */
  slow: {
    kind: 'database',
    async strike({ proxy, prng }) {
      proxy.delay(20 + prng.below(100))
      await sleep(1_500)
      proxy.delay(0)
    },
  },
} as const satisfies Readonly<Record<string, Disturbance>>

export type DisturbanceName = keyof typeof disturbances
