import type { Client } from '@quayside/client'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { D1Store } from './store/d1.ts'

/** Everything the app works with. */
export interface Rooms {
  readonly config: Config
  readonly store: D1Store
  readonly client: Client
  readonly log: Log
}
