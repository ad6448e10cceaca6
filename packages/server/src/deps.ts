import type { Client } from '@quayside/client'
import type { LookupGuard } from '@quayside/hono'
import type { MiddlewareHandler } from 'hono'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { Store } from './ports/store.ts'
import type { Sleep } from './timers.ts'

/** Everything the app works with. */
export interface Deps {
  readonly config: Config
  readonly store: Store
  /** Has an event of the outbox tried at once. */
  readonly enqueueEvent: (eventId: string) => void
  readonly client: Client
  /** Stands between the doors and the provider. */
  readonly lookupGuard: LookupGuard
  /** Stands before the completion routes, against addresses that ask far too often; null without one. */
  readonly rateLimit: MiddlewareHandler | null
  readonly log: Log
  readonly now: () => Date
  readonly sleep: Sleep
}

/** What repair works with: no door leads here. */
export type JobDeps = Pick<Deps, 'config' | 'store' | 'client' | 'log' | 'now'>
