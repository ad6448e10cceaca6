import type { Client } from '@quayside/client'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { Store } from './ports/store.ts'
import type { Sleep } from './timers.ts'

/** What the use cases need. */
export interface Deps {
  readonly config: Config
  readonly store: Store
  readonly client: Client
  readonly log: Log
  readonly now: () => Date
  readonly sleep: Sleep
}

/** What jobs need: they wait for nothing. */
export type JobDeps = Omit<Deps, 'sleep'>
