import type { Config } from './config/config.ts'
import type { Log } from './log.ts'
import type { PayeeDeps } from './payees.ts'
import type { Store } from './ports/store.ts'
import type { Sleep } from './timers.ts'

/** What the use cases need. */
export interface Deps extends PayeeDeps {
  readonly config: Config
  readonly store: Store
  readonly log: Log
  readonly now: () => Date
  readonly sleep: Sleep
}

/** What jobs need: they wait for nothing. */
export type JobDeps = Omit<Deps, 'sleep'>
